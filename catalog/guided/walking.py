"""The windows of several services as one walk through the hall, and the visits that this saves.

The walk is the same for everybody, wherever it is shown: floor by floor, and on a floor always to the nearest window
not yet passed, from where the zone of the kiosks is on the plan, or the entrance. Windows that are not on the plan
follow, in the order of doing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import Channel, FloorPlan, PublicService
from catalog.records.county import Window

_STARTS = ("体验", "入口", "门")
_LIFTS = ("电梯", "扶梯", "楼梯")

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stop:
    """A window or an office, and what is done there, in the order of doing. `on_plan` is its window on the plan."""

    channel: Channel
    services: tuple[PublicService, ...]
    on_plan: bool = False


@dataclass(frozen=True, slots=True)
class Visits:
    """How often one must come when each service is done by itself, and when they are done together.

    Services of which the number is not known are not counted; `unknown` says how many these are.
    """

    separate: int
    together: int
    unknown: int = 0

    @property
    def saved(self) -> int:
        """Visits that doing them together saves."""
        return self.separate - self.together


def stops(services: Sequence[PublicService], plan: FloorPlan | None) -> tuple[Stop, ...]:
    """The windows of these services, each once, in the order of walking."""
    found: dict[tuple[str, int | None, str], list[PublicService]] = {}
    for service in services:
        channel = service.channel
        if channel.address or channel.window:
            found.setdefault((channel.address, channel.floor, channel.window), []).append(service)
    ranks = {} if plan is None else walk(plan)
    ranked = [(rank_of(some[0].channel, plan, ranks), tuple(some)) for some in found.values()]
    return tuple(
        Stop(some[0].channel, some, rank is not None)
        for rank, some in sorted(ranked, key=lambda one: len(ranks) if one[0] is None else one[0])
    )


def rank_of(channel: Channel, plan: FloorPlan | None, ranks: dict[tuple[int, str], int]) -> int | None:
    """Where the channel's window comes in the walk; None when it is not on the plan.

    An address begins with the building; an office leaves out the name of the county.
    """
    building = building_of(channel)
    if plan is None or channel.floor is None or not plan.title.endswith(building):
        return None
    return ranks.get((channel.floor, channel.window))


def building_of(channel: Channel) -> str:
    """The first word of the address, which names the building; empty without an address."""
    return channel.address.split(maxsplit=1)[0] if channel.address.strip() else ""


def walk(plan: FloorPlan) -> dict[tuple[int, str], int]:
    """Floor and code of every window → its place in the walk, from 0."""
    order: dict[tuple[int, str], int] = {}
    spot = (0.0, 0.0)
    for floor in sorted({window.floor for window in plan.windows}):
        spot = _entry(plan, floor, _LIFTS if order else _STARTS) or spot
        left = sorted((window for window in plan.windows if window.floor == floor), key=lambda one: one.code)
        while left:
            nearest = min(left, key=lambda window: _distance(window, spot))
            left.remove(nearest)
            spot = nearest.x, nearest.y
            order.setdefault((floor, nearest.code), len(order))
    return order


def visits(services: Sequence[PublicService]) -> Visits:
    """Services in one building are done on the same day, so there one comes as often as the most demanding asks."""
    known: dict[str, list[int]] = {}
    for service in services:
        if service.visits is not None:
            known.setdefault(building_of(service.channel), []).append(service.visits)
    return Visits(
        separate=sum(sum(counts) for counts in known.values()),
        together=sum(max(counts) for counts in known.values()),
        unknown=sum(service.visits is None for service in services),
    )


def _entry(plan: FloorPlan, floor: int, kinds: Sequence[str]) -> Spot | None:
    """Where one comes onto the floor: the first facility of the first of these kinds."""
    here = [facility for facility in plan.facilities if facility.floor == floor]
    found = ((one.x, one.y) for kind in kinds for one in here if kind in one.kind)
    return next(found, None)


def _distance(window: Window, spot: Spot) -> float:
    """Squared, which orders the same."""
    return (window.x - spot[0]) ** 2 + (window.y - spot[1]) ** 2
