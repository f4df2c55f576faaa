"""The phone page of a place (便民点): where it is, when it is open, what can be done there."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import Place, PublicService
from county.web.phone.parts import Link, Where, checked, maps, phones
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the page of a place shows. Texts are ready to draw."""

    title: str
    tags: tuple[str, ...]
    where: Where
    accessibility: tuple[str, ...]
    services: tuple[Link, ...]
    checked: str


def place_page(place: Place, services: Sequence[PublicService], words: Words) -> PlacePage:
    """`services` are those that the place offers."""
    return PlacePage(
        title=place.title,
        tags=tuple(filter(None, [place.category, place.town])),
        where=Where(
            title="",
            address=place.address,
            window="",
            opening_hours=place.opening_hours,
            phones=phones(place.phone),
            complaints=(),
            maps=maps(place, words),
        ),
        accessibility=place.accessibility,
        services=tuple(
            Link(words.pick(service.title, service.title_en), f"/m/service/{service.id}")
            for service in services
        ),
        checked=checked(place, words),
    )
