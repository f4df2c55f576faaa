"""The phone page of a bulletin, with the elements of 突发事件应对法 (2024) art. 64 when it is an emergency."""

from dataclasses import dataclass
from datetime import datetime

from catalog.records import Bulletin
from county.clock import local
from county.web.phone.parts import Link, checked, moment, paragraphs, phones
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """What the page of a bulletin shows. Texts are ready to draw."""

    title: str
    emergency: bool
    over: bool
    tags: tuple[str, ...]
    body: tuple[str, ...]
    particulars: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    phones: tuple[Link, ...]
    checked: str


def bulletin_page(bulletin: Bulletin, now: datetime, words: Words) -> BulletinPage:
    """A bulletin is over when its end lies before `now` (aware)."""
    particulars = {
        "area": bulletin.area,
        "starts": moment(bulletin.starts) if bulletin.starts else "",
        "ends": moment(bulletin.ends) if bulletin.ends else "",
        "issuer": bulletin.issuer,
        "issued": moment(bulletin.issued) if bulletin.issued else "",
    }
    return BulletinPage(
        title=bulletin.title,
        emergency=bulletin.bulletin_kind == "emergency",
        over=bool(bulletin.ends and local(bulletin.ends) < now),
        tags=tuple(filter(None, [bulletin.event_type, bulletin.level])),
        body=paragraphs(bulletin.body),
        particulars=tuple((words(f"bulletin.{name}"), text) for name, text in particulars.items() if text),
        measures=bulletin.measures,
        phones=phones(bulletin.phone),
        checked=checked(bulletin, words),
    )
