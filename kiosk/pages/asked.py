"""What a page is asked with and what it answers, and the parts that pages of several subjects share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.box import Status
from catalog.directory import item_title
from catalog.links import host, phone_url
from catalog.records import County, DisclosureItem, LifeEvent, Participation, Place, Policy, PublicService
from kiosk.catalogue import Catalogue
from kiosk.handoff import qr_matrix
from kiosk.profile import PROFILES, Profile
from kiosk.settings import NOWHERE, Position
from kiosk.visit import ANSWERS, Visit
from screens.notice.page import NoticePage
from screens.shared.item import Handoff, Tile
from screens.shared.words import Words

ICONS = {
    "accessibility": "human-handsup",
}
RECORDS: dict[
    str,
    type[PublicService]
    | type[LifeEvent]
    | type[Policy]
    | type[Participation]
    | type[Place]
    | type[DisclosureItem],
] = {
    "service": PublicService,
    "life_event": LifeEvent,
    "policy": Policy,
    "participation": Participation,
    "place": Place,
    "disclosure": DisclosureItem,
}
"""Kinds that can be carried away."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The name of the screen and what it shows; `title` is its name in the breadcrumb."""

    screen: str
    page: Any
    title: str = ""
    handoff: Handoff | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a page depends on besides its route."""

    catalogue: Catalogue
    visit: Visit
    now: datetime
    words: Words
    other: Words
    status: Status | None = None
    called: datetime | None = None
    """When a guide was called, while that call is open."""
    position: Position = NOWHERE
    profile: Profile = PROFILES["county"]


def notice(name: str, asked: Asked) -> Shown | None:
    """The notice called `name`, or None."""
    words = asked.words
    try:
        title = words(f"notice-{name}-title")
        text = words(f"notice-{name}-text", desk=desk(asked))
    except KeyError:
        return None
    page = NoticePage(ICONS.get(name, "information"), title, text, words("to-home"), "home")
    return Shown("notice", page, title)


def desk(asked: Asked) -> str:
    """Where the guide desk is, in words."""
    found = asked.catalogue.guide_desk
    return asked.words("desk-where", floor=found[0], title=found[1]) if found else asked.words("desk")


def handoff(kind: str, record_id: str, asked: Asked) -> Handoff:
    """The code of one record, and its buttons. Empty when the county has no address."""
    county, words = asked.catalogue.county, asked.words
    if county is None:
        return Handoff()
    url = address(kind, record_id, county, asked)
    chosen = asked.visit.has_chosen(kind, record_id)
    return Handoff(
        url=url,
        matrix=qr_matrix(url),
        host=host(county.public_url),
        title=words("scan-to-take"),
        text=words("scan-text"),
        choose_label=words("in-basket" if chosen else "add-to-basket"),
        choose_icon="playlist-check" if chosen else "playlist-plus",
        choose_route=f"do/choose/{kind}/{record_id}",
        larger_label=words("larger-code"),
        larger_route=f"handoff/{kind}/{record_id}",
    )


def address(kind: str, record_id: str, county: County, asked: Asked) -> str:
    """The phone page of a record, or of what was answered about one."""
    key, answers = (kind, record_id), ""
    if kind == ANSWERS:
        from kiosk.walks import carried, key_of, walk_of

        key = key_of(record_id)
        walk = walk_of(key, asked.catalogue, asked.visit)
        answers = carried(walk, asked.catalogue) if walk else ""
    url = phone_url(county.public_url, *key, asked.catalogue.manifest.edition, answers)
    if kind == "policy" and asked.visit.traits:
        from kiosk.pages.matching import clauses_fragment

        url += clauses_fragment(record_id, asked)
    return url


def choice(kind: str, record_id: str, asked: Asked) -> Tile | None:
    """What stands for a record on the take-away list; None when the edition does not have it."""
    if kind == ANSWERS:
        from kiosk.walks import key_of, walk_of

        walk, words = walk_of(key_of(record_id), asked.catalogue, asked.visit), asked.words
        title = words("ask-of", title=words.either(walk.flow.title, walk.flow.title_en)) if walk else ""
        return Tile(title, "", f"handoff/{kind}/{record_id}", "clipboard-check") if walk else None
    record_type = RECORDS.get(kind)
    record = asked.catalogue.store.get(record_type, record_id) if record_type else None
    if record is None:
        return None
    if isinstance(record, DisclosureItem):
        title = item_title(record)
    else:
        title = asked.words.either(record.title, getattr(record, "title_en", ""))
    return Tile(title, "", f"handoff/{kind}/{record_id}", "qrcode")
