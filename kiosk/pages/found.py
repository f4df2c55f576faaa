"""Found records as entries: what they are called, where they lead, and why they were found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from catalog.records import (
    RECORD_TYPES,
    Bulletin,
    DisclosureItem,
    LifeEvent,
    LifeStage,
    Participation,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
)
from catalog.records.county import Window
from catalog.search import Hit
from kiosk.pages.asked import Asked
from kiosk.pages.places import here
from screens.bulletin.current import in_force
from screens.bulletin.page import bulletin_tile
from screens.disclosure.page import item_tile
from screens.home.page import stage_tile
from screens.map.page import place_tile
from screens.participation.page import participation_tile
from screens.reader.policy import policy_tile
from screens.shared.item import Spans, Tile
from screens.stage.page import event_tile, service_tile

Mark = Callable[[str], Spans]
"""Says which parts of a text the query means."""

NAMES = {"title", "alias", "synonym"}
"""Fields of a record that are names of it."""

WINDOWS = 3
"""Windows of the hall that are offered."""


def entry(hit: Hit, mark: Mark, asked: Asked) -> Tile | None:
    """The entry of a hit; None when no page shows it now."""
    record = asked.catalogue.store.get(RECORD_TYPES[hit.kind], hit.id)
    tile = _TILES[hit.kind](record, asked) if hit.kind in _TILES and record is not None else None
    if tile is None:
        return None
    why = _why(hit, asked)
    hint = asked.words("list-dot").join(part for part in (why, tile.hint) if part)
    marks = hit.spans if tile.title == hit.title else mark(tile.title)
    return replace(tile, hint=hint, marks=marks, hint_marks=mark(why))


def _why(hit: Hit, asked: Asked) -> str:
    """What matched, when it is not the title: another name, or something that the record says."""
    if not hit.reason:
        return ""
    if hit.field in NAMES:
        return asked.words("search-reason", reason=hit.reason)
    return asked.words("search-mentions", reason=hit.reason)


def windows(texts: Sequence[str], mark: Mark, asked: Asked) -> list[Tile]:
    """The windows of the hall with one of these texts on their sign, or else those that handle what it names."""
    plan = asked.catalogue.plan
    signs = {text.upper() for text in texts if text}
    known = plan.windows if plan else ()
    found = [window for window in known if window.code.upper() in signs] or [
        window for window in known if any(len(text) > 1 and text in window.handles for text in texts)
    ]
    return [_window(window, mark, asked) for window in found[:WINDOWS]]


def _window(window: Window, mark: Mark, asked: Asked) -> Tile:
    title = asked.words("floor-window", floor=window.floor, window=window.code)
    hint = asked.words("list-dot").join(part for part in (window.organisation, window.handles) if part)
    route = f"floor/{window.floor}/{window.code}"
    return Tile(title, hint, route, "floor-plan", marks=mark(title), hint_marks=mark(hint))


def _service(service: PublicService, asked: Asked) -> Tile:
    names = {office.id: office.short_title or office.title for office in asked.catalogue.offices}
    return service_tile(service, names, asked.words)


def _office(office: PublicOrganisation, asked: Asked) -> Tile | None:
    """Leads to its first window in the hall, or else to what it publishes."""
    plan, names = asked.catalogue.plan, {office.id, office.title, office.short_title}
    first = next((w for w in (plan.windows if plan else ()) if w.organisation in names), None)
    if first:
        return Tile(office.title, office.hall_area, f"floor/{first.floor}/{first.code}", "bank")
    published = office.id in asked.catalogue.directory.offices
    return Tile(office.title, office.address, f"disclosure/office/{office.id}", "bank") if published else None


def _bulletin(bulletin: Bulletin, asked: Asked) -> Tile | None:
    return bulletin_tile(bulletin, asked.now, asked.words) if in_force(bulletin, asked.now) else None


def _place(place: Place, asked: Asked) -> Tile:
    return place_tile(place, asked.catalogue.ground, here(asked), asked.words)


def _participation(one: Participation, asked: Asked) -> Tile:
    return participation_tile(one, asked.now.date(), asked.words)


def _stage(stage: LifeStage, asked: Asked) -> Tile:
    return stage_tile(stage, asked.words)


def _event(event: LifeEvent, asked: Asked) -> Tile:
    return event_tile(event, asked.words)


def _policy(policy: Policy, asked: Asked) -> Tile:
    return policy_tile(policy, asked.words)


def _disclosure(item: DisclosureItem, asked: Asked) -> Tile:
    return item_tile(item, asked.words)


_TILES: dict[str, Callable[[Any, Asked], Tile | None]] = {
    "service": _service,
    "life_event": _event,
    "life_stage": _stage,
    "policy": _policy,
    "place": _place,
    "organisation": _office,
    "disclosure": _disclosure,
    "participation": _participation,
    "bulletin": _bulletin,
}
"""Kind of record → its entry. Other kinds have no page."""
