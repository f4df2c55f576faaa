"""The windows of several services as one walk through the hall.

The walk is the same for everybody, wherever it is shown: floor by floor; on a floor always to the zone of windows that
begins nearest, and along its windows. It begins where the plan has the zone of the kiosks, or the entrance, and on
other floors at the lift. Windows that are not on the plan follow, by building, floor and sign.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.records import Channel, FloorPlan, PublicService
from catalog.records.county import Window

_STARTS = ("体验", "入口", "门")
_LIFTS = ("电梯", "扶梯", "楼梯")

_AFTER_BUILDING = re.compile(r"\s|(?:负|地下)?(?:\d+|[一二三四五六七八九十]+)(?:楼|层|F)")

Spot = tuple[float, float]
Ranks = Mapping[tuple[int, str], int]
"""Floor and code of a window on the plan → its place in the walk."""
Place = tuple[int, str, int, str]
"""Sorts as one walks."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A window or an office, and what is done there, in the order of doing. `on_plan` is its window on the plan."""

    channel: Channel
    services: tuple[PublicService, ...]
    on_plan: bool = False


def stops(services: Sequence[PublicService], plan: FloorPlan | None) -> tuple[Stop, ...]:
    """The windows of these services, each once, in the order of walking."""
    ranks = {} if plan is None else walk(plan)
    found: dict[tuple[str, int | None, str], list[PublicService]] = {}
    for service in services:
        channel = service.channel
        if channel.address or channel.window:
            found.setdefault((channel.address, channel.floor, channel.window), []).append(service)
    met = [
        Stop(some[0].channel, tuple(some), rank_of(some[0].channel, plan, ranks) is not None)
        for some in found.values()
    ]
    return tuple(sorted(met, key=lambda stop: place_of(stop.channel, plan, ranks)))


def place_of(channel: Channel, plan: FloorPlan | None, ranks: Ranks) -> Place:
    """Where a window comes in the walk: those on the plan first, the others by building, floor and sign."""
    rank = rank_of(channel, plan, ranks)
    if rank is not None:
        return rank, "", 0, ""
    return len(ranks), building_of(channel), channel.floor or 0, channel.window


def rank_of(channel: Channel, plan: FloorPlan | None, ranks: Ranks) -> int | None:
    """Where a window comes among those on the plan; None when it is not on it.

    An address begins with the building; an office leaves out the name of the county.
    """
    if plan is None or channel.floor is None or not plan.title.endswith(building_of(channel)):
        return None
    return ranks.get((channel.floor, channel.window))


def building_of(channel: Channel) -> str:
    """What the address says before its first blank or floor, which names the building; empty without an address."""
    return _AFTER_BUILDING.split(channel.address.strip(), maxsplit=1)[0]


def walk(plan: FloorPlan) -> dict[tuple[int, str], int]:
    """Floor and code of every window → its place in the walk, from 0."""
    order: dict[tuple[int, str], int] = {}
    spot = (0.0, 0.0)
    for floor in sorted({window.floor for window in plan.windows}):
        spot = _entry(plan, floor, _LIFTS if order else _STARTS) or spot
        zones = _zones(plan, floor)
        while zones:
            rows = [_from_nearer_end(zone, spot) for zone in zones]
            nearest = min(range(len(rows)), key=lambda index: _distance(rows[index][0], spot))
            row = rows[nearest]
            del zones[nearest]
            spot = row[-1].x, row[-1].y
            for window in row:
                order.setdefault((floor, window.code), len(order))
    return order


def _zones(plan: FloorPlan, floor: int) -> list[list[Window]]:
    """The windows of the floor by zone, in the order of their codes."""
    zones: dict[str, list[Window]] = {}
    for window in sorted(plan.windows, key=_code):
        if window.floor == floor:
            zones.setdefault(window.zone, []).append(window)
    return list(zones.values())


def _from_nearer_end(zone: list[Window], spot: Spot) -> list[Window]:
    return zone if _distance(zone[0], spot) <= _distance(zone[-1], spot) else zone[::-1]


def _code(window: Window) -> str:
    return window.code


def _entry(plan: FloorPlan, floor: int, kinds: Sequence[str]) -> Spot | None:
    """Where one comes onto the floor: the first facility of the first of these kinds."""
    here = [facility for facility in plan.facilities if facility.floor == floor]
    found = ((one.x, one.y) for kind in kinds for one in here if kind in one.kind)
    return next(found, None)


def _distance(window: Window, spot: Spot) -> float:
    """Squared, which orders the same."""
    return (window.x - spot[0]) ** 2 + (window.y - spot[1]) ** 2
