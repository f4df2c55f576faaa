"""The phone page of a window (窗口) of the service hall: what its sign says, and what is done there."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import FloorPlan, Place, PublicService
from catalog.records.county import Window
from county.web.phone.parts import Link, Where, maps, phones
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class WindowPage:
    """What the page of a window shows. Texts are ready to draw."""

    title: str
    kicker: str
    particulars: tuple[tuple[str, str], ...]
    where: Where
    services: tuple[Link, ...]


def window_page(
    plan: FloorPlan, window: Window, places: Sequence[Place], services: Sequence[PublicService], words: Words
) -> WindowPage:
    """`places` and `services` are all of the edition's; those that concern the window are picked."""
    zone = next((zone for zone in plan.zones if (zone.floor, zone.code) == (window.floor, window.zone)), None)
    hall = next((place for place in places if place.title == plan.title), None)
    texts = {
        "handles": window.handles,
        "organisation": window.organisation,
        "zone": zone.title if zone else "",
    }
    return WindowPage(
        title=words("where.window", floor=window.floor, window=window.code),
        kicker=plan.title,
        particulars=tuple((words(f"window.{name}"), text) for name, text in texts.items() if text),
        where=Where(
            title=plan.title,
            address=plan.address,
            window="",
            opening_hours=plan.opening_hours,
            phones=phones(hall.phone) if hall else (),
            complaints=(),
            maps=maps(hall, words) if hall else (),
        ),
        services=_services(window, services, words),
    )


def _services(window: Window, services: Sequence[PublicService], words: Words) -> tuple[Link, ...]:
    done = [one for one in services if (one.channel.floor, one.channel.window) == (window.floor, window.code)]
    return tuple(Link(words.pick(one.title, one.title_en), f"/m/service/{one.id}") for one in done)
