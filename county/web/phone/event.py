"""The phone page of a life or business event (一件事): several services, one list of papers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from catalog.records import Channel, LifeEvent, Place, PublicService
from county.web.phone.papers import PaperGroup, paper_groups
from county.web.phone.parts import NO_GUIDE, Link, Where, building_of, checked, paragraphs, phones, place_of
from county.web.phone.service import time_and_fee, where, window_of
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class Stop:
    """One window and the services that are done there."""

    window: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Building:
    """One building to go to and the windows in it, in walking order. `name` is how offices write it."""

    name: str
    where: Where
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the page of an event shows. Texts are ready to draw; the services stand in the order of doing.

    `guide` is the data of its guided questions, empty when it has none.
    """

    title: str
    other_title: str
    kicker: str
    summary: tuple[str, ...]
    papers: tuple[PaperGroup, ...]
    buildings: tuple[Building, ...]
    services: tuple[Link, ...]
    checked: str
    guide: Markup


def event_page(
    event: LifeEvent,
    services: Sequence[PublicService],
    places: Sequence[Place],
    words: Words,
    guide: Markup = NO_GUIDE,
) -> EventPage:
    """`services` are the event's, in its order; `places` are all of the edition's; `guide` as of phone.guide."""
    title = words.pick(event.title, event.title_en)
    return EventPage(
        title=title,
        other_title=event.title if title != event.title else "",
        kicker=words("event.kicker", count=len(services)),
        summary=paragraphs(event.summary),
        papers=paper_groups(services, words),
        buildings=_buildings(event, services, places, words),
        services=tuple(
            Link(
                words.pick(service.title, service.title_en), f"/m/service/{service.id}", _note(service, words)
            )
            for service in services
        ),
        checked=checked(event, words),
        guide=guide,
    )


def _note(service: PublicService, words: Words) -> str:
    return words("list.dot").join(fact.value for fact in time_and_fee(service, words))


def _buildings(
    event: LifeEvent, services: Sequence[PublicService], places: Sequence[Place], words: Words
) -> tuple[Building, ...]:
    grouped: dict[str, list[PublicService]] = {}
    for service in services:
        if building := building_of(service.channel.address):
            grouped.setdefault(building, []).append(service)
    return tuple(_building(event, found, places, words) for found in grouped.values())


def _building(
    event: LifeEvent, services: Sequence[PublicService], places: Sequence[Place], words: Words
) -> Building:
    ranked = sorted(services, key=lambda service: (service.channel.floor or 0, service.channel.window))
    stops: dict[str, list[str]] = {}
    for service in ranked:
        window = window_of(service.channel, words)
        stops.setdefault(window, []).append(words.pick(service.title, service.title_en))
    return Building(
        name=building_of(services[0].channel.address),
        where=_where(services[0].channel, places, f"/m/event/{event.id}.ics", words),
        stops=tuple(Stop(window, tuple(titles)) for window, titles in stops.items()),
    )


def _where(channel: Channel, places: Sequence[Place], reminder: str, words: Words) -> Where:
    """The building rather than one of its windows: its own hours and telephone when it is a known place."""
    place = place_of(channel.address, places)
    first = where(channel, places, reminder, words)
    if place is None:
        return replace(first, title=building_of(channel.address), window="", complaints=())
    return replace(
        first, window="", opening_hours=place.opening_hours, phones=phones(place.phone), complaints=()
    )
