"""The page of one life stage."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import LifeEvent, LifeStage, PublicOrganisation, PublicService
from screens.shared.item import Tile
from screens.shared.onward import onward
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class StagePage:
    """Events and services of one stage; a section without entries has an empty title."""

    title: str = ""
    events_title: str = ""
    events: tuple[Tile, ...] = ()
    services_title: str = ""
    services: tuple[Tile, ...] = ()
    empty: str = ""
    onward: tuple[Tile, ...] = ()


def stage_page(
    stage: LifeStage,
    events: Sequence[LifeEvent],
    services: Sequence[PublicService],
    offices: Sequence[PublicOrganisation],
    words: Words,
) -> StagePage:
    """Of all events and services, those of `stage`."""
    own_events = sorted((e for e in events if stage.id in e.life_stages), key=lambda e: (e.order, e.id))
    own_services = sorted((s for s in services if stage.id in s.life_stages), key=lambda s: (s.title, s.id))
    names = {office.id: office.short_title or office.title for office in offices}
    return StagePage(
        title=words.either(stage.title, stage.title_en),
        events_title=words("events-heading") if own_events else "",
        events=tuple(event_tile(event, words) for event in own_events),
        services_title=words("services-heading", count=len(own_services)) if own_services else "",
        services=tuple(service_tile(service, names, words) for service in own_services),
        empty="" if own_events or own_services else words("nothing-here"),
        onward=() if own_events or own_services else onward(words),
    )


def event_tile(event: LifeEvent, words: Words) -> Tile:
    """A life event as an entry."""
    hint = words("event-hint", count=len(event.services))
    return Tile(
        words.either(event.title, event.title_en),
        hint,
        f"event/{event.id}",
        "check-decagram",
        event.order % 6,
    )


def service_tile(service: PublicService, offices: dict[str, str], words: Words) -> Tile:
    """A service as an entry; the hint says where and how long."""
    parts = [offices.get(service.competent_authority, ""), window_text(service, words)]
    parts.append(words.time_limit(service.promised_time_limit))
    return Tile(
        words.either(service.title, service.title_en),
        " · ".join(part for part in parts if part),
        f"service/{service.id}",
        "file-document",
    )


def window_text(service: PublicService, words: Words) -> str:
    """Floor and window in words, or the office's own line when it names none."""
    channel = service.channel
    if channel.floor and channel.window:
        return words("floor-window", floor=channel.floor, window=channel.window)
    return channel.address
