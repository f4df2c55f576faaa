"""One bulletin in full, with what 突发事件应对法 (2024) art. 64 wants said."""

from dataclasses import dataclass
from datetime import datetime

from catalog.levels import level
from catalog.records import Bulletin
from screens.bulletin.current import local
from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class Fact:
    """What something is called, and what it is."""

    label: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """A bulletin. `source` says who issued it and when; `note` that it is not in the visitor's language.

    `scan` stands beside the QR code. `all_label` leads to the other bulletins, where there are any.
    """

    icon: str = "bullhorn"
    kind: str = ""
    source: str = ""
    title: str = ""
    note: str = ""
    body: str = ""
    facts: tuple[Fact, ...] = ()
    measures_title: str = ""
    measures: tuple[str, ...] = ()
    phone_label: str = ""
    phone: str = ""
    scan: str = ""
    all_label: str = ""


@dataclass(frozen=True, slots=True)
class BulletinList:
    """What the screen of the events draws: a title, a line, and entries."""

    title: str = ""
    text: str = ""
    events: tuple[Tile, ...] = ()


def bulletin_page(bulletin: Bulletin, now: datetime, words: Words, others: int = 0) -> BulletinPage:
    """A bulletin at `now`; `others` are in force beside it."""
    urgent = bulletin.bulletin_kind == "emergency"
    return BulletinPage(
        icon="alert-octagon" if urgent else "bullhorn",
        kind=words("emergency" if urgent else "bulletin"),
        source=" · ".join(part for part in (bulletin.issuer, _issued(bulletin, now, words)) if part),
        title=bulletin.title,
        note=words("bulletin-chinese-only") if words.language != "zh" else "",
        body=bulletin.body,
        facts=_facts(bulletin, now, words),
        measures_title=words("bulletin-measures") if bulletin.measures else "",
        measures=bulletin.measures,
        phone_label=words("bulletin-phone" if urgent else "phone") if bulletin.phone else "",
        phone=bulletin.phone,
        scan=words("bulletin-scan"),
        all_label=words("bulletins-all", count=others + 1) if others else "",
    )


def level_text(text: str, words: Words) -> str:
    """A level with the name of its colour, since colour alone must not say it; else as the office wrote it."""
    number = level(text)
    return words(f"level-{number}") if number else text


def bulletin_tile(bulletin: Bulletin, now: datetime, words: Words) -> Tile:
    """A bulletin to choose from a list."""
    urgent = bulletin.bulletin_kind == "emergency"
    parts = (level_text(bulletin.level, words), bulletin.issuer, _until(bulletin, now, words))
    return Tile(
        bulletin.title,
        " · ".join(part for part in parts if part),
        f"bulletin/{bulletin.id}",
        "alert-octagon" if urgent else "bullhorn",
    )


def _facts(bulletin: Bulletin, now: datetime, words: Words) -> tuple[Fact, ...]:
    starts, ends = local(bulletin.starts, now), local(bulletin.ends, now)
    facts = (
        (words("bulletin-type"), bulletin.event_type),
        (words("bulletin-level"), level_text(bulletin.level, words)),
        (words("bulletin-area"), bulletin.area),
        (words("bulletin-from"), words.moment(starts, now) if starts else ""),
        (words("bulletin-until"), words.moment(ends, now) if ends else _until(bulletin, now, words)),
    )
    return tuple(Fact(label, text) for label, text in facts if text)


def _until(bulletin: Bulletin, now: datetime, words: Words) -> str:
    ends = local(bulletin.ends, now)
    if ends is not None:
        return words("until", moment=words.moment(ends, now))
    return words("bulletin-until-lifted") if bulletin.bulletin_kind == "emergency" else ""


def _issued(bulletin: Bulletin, now: datetime, words: Words) -> str:
    issued = local(bulletin.issued, now)
    return words("bulletin-issued", moment=words.moment(issued, now)) if issued else ""
