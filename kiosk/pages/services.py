"""Pages from the first touch to a service."""

from dataclasses import replace
from typing import Any

from catalog.codes import Key
from catalog.records import LifeEvent, LifeStage, PublicService
from catalog.records.base import Audience
from kiosk.pages.asked import Asked, Shown, handoff
from screens.attract.page import attract_page
from screens.event.page import event_page
from screens.events.page import events_page
from screens.home.page import home_page
from screens.service.page import service_page
from screens.shared.item import Tile
from screens.stage.page import event_tile, service_tile, stage_page

RELATED = 6
"""Related life events and services on a page."""

NEEDS = {
    "match": {"tag"},
    "map": {"place", "floor_plan"},
    "disclosure": {"disclosure"},
    "participation": {"participation"},
}
"""The first part of a route to which home leads → the kinds of records of which the county needs one to fill it."""


def attract(_: str, asked: Asked) -> Shown | None:
    """`attract`."""
    county = asked.catalogue.county
    if county is None:
        return None
    records = asked.catalogue
    return Shown(
        "attract", attract_page(county, records.events, records.policies, asked.now, asked.words, asked.other)
    )


def home(rest: str, asked: Asked) -> Shown:
    """`home` for persons, `home/business`."""
    audience: Audience = "business" if rest == "business" else "person"
    hints = not asked.visit.modes.large
    strip_above = bool(asked.visit.heard)
    bulletins = () if strip_above else asked.catalogue.bulletins
    page = home_page(audience, asked.catalogue.stages, bulletins, asked.now, asked.words, hints)
    ways = tuple(way for way in page.shortcuts if _filled(way.route, asked))
    return Shown("home", replace(page, shortcuts=ways), asked.words("home"))


def _filled(route: str, asked: Asked) -> bool:
    """Whether the county has something to show there."""
    name, _, rest = route.partition("/")
    if name == "events":
        return any(event.audience == rest for event in asked.catalogue.events)
    return name not in NEEDS or bool(NEEDS[name] & {root.kind for root in asked.catalogue.manifest.kinds})


def stage(rest: str, asked: Asked) -> Shown | None:
    """`stage/<id>`."""
    records = asked.catalogue
    stage = records.store.get(LifeStage, rest)
    if stage is None:
        return None
    page = stage_page(stage, records.events, records.services, records.offices, asked.words)
    return Shown("stage", page, page.title)


def events(rest: str, asked: Asked) -> Shown:
    """`events/<audience>`."""
    page = events_page("business" if rest == "business" else "person", asked.catalogue.events, asked.words)
    return Shown("events", page, page.title)


def event(rest: str, asked: Asked) -> Shown | None:
    """`event/<id>`."""
    store = asked.catalogue.store
    event = store.get(LifeEvent, rest)
    if event is None:
        return None
    page = event_page(event, store.many(PublicService, event.services), asked.catalogue.offices, asked.words)
    page = replace(page, ask=_ask(("life_event", rest), asked))
    return Shown("event", page, page.title, handoff("life_event", rest, asked))


def service(rest: str, asked: Asked) -> Shown | None:
    """`service/<id>` and `service/<id>/<part>`."""
    record_id, _, part = rest.partition("/")
    store = asked.catalogue.store
    service = store.get(PublicService, record_id)
    if service is None:
        return None
    office = next((o for o in asked.catalogue.offices if o.id == service.competent_authority), None)
    page = service_page(service, office, part, asked.words, asked.now.date())
    if page.papers_title:
        page = replace(page, ask=_ask(("service", record_id), asked))
    if page.facts:
        page = replace(page, ways=_ways(service, asked), **_related(service, asked))
    return Shown("service", page, page.title, handoff("service", record_id, asked))


def _ask(key: Key, asked: Asked) -> tuple[Tile, ...]:
    """The way to the guided questions about a record."""
    from kiosk.pages.guiding import ask_tile  # here, because a start has no time for questions

    tile = ask_tile(key, asked)
    return (tile,) if tile else ()


def _related(service: PublicService, asked: Asked) -> dict[str, Any]:
    """The life events that the service belongs to, and what else belongs to them."""
    records, words = asked.catalogue, asked.words
    events = [event for event in records.events if service.id in event.services]
    others = dict.fromkeys(other for event in events for other in event.services if other != service.id)
    names = {office.id: office.short_title or office.title for office in records.offices}
    tiles = [event_tile(event, words) for event in events]
    tiles += [service_tile(other, names, words) for other in records.store.many(PublicService, others)]
    return {"related_title": words("related") if tiles else "", "related": tuple(tiles[:RELATED])}


def _ways(service: PublicService, asked: Asked) -> tuple[Tile, ...]:
    """The window on the floor plan, and the places where the service is done."""
    from screens.floor.page import window_route  # here, because a start has no time for maps

    channel, words = service.channel, asked.words
    window = window_route(asked.catalogue.plan, channel.address, channel.floor, channel.window)
    places = [place.id for place in asked.catalogue.places if service.id in place.services]
    ways = (
        Tile(words("floor-show"), "", window, "map"),
        Tile(
            words("service-places", count=len(places)),
            "",
            f"group/{'+'.join(places)}" if places else "",
            "map-marker-radius",
        ),
    )
    return tuple(way for way in ways if way.route)
