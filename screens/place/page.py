"""The page of one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import Place
from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """Something to know about the place, with its name above it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the place screen shows. Texts are ready to draw; a section without entries has an empty title."""

    title: str = ""
    chips: tuple[str, ...] = ()
    facts_title: str = ""
    facts: tuple[Line, ...] = ()
    access_title: str = ""
    access: tuple[str, ...] = ()
    services_title: str = ""
    services: tuple[Tile, ...] = ()


def place_page(place: Place, far: str, services: Sequence[Tile], words: Words) -> PlacePage:
    """`far` says how far it is; `services` are those that can be done there."""
    facts = (
        Line(words("address"), place.address or place.town),
        Line(words("opening-hours"), place.opening_hours),
        Line(words("phone"), place.phone),
    )
    return PlacePage(
        title=place.title,
        chips=tuple(text for text in (far, place.category, place.town) if text),
        facts_title=words("place-facts"),
        facts=tuple(fact for fact in facts if fact.text),
        access_title=words("place-access") if place.accessibility else "",
        access=place.accessibility,
        services_title=words("place-services", count=len(services)) if services else "",
        services=tuple(services),
    )
