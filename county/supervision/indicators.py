"""The five indicators of 五全 (江苏, 2020): whole process of power and of service, all elements, channels, evaluation.

No official formula is known; these are ours, and docs/supervision.md says how each is computed. Pure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from catalog.records import DisclosureItem, PublicService, Record, Survey
from county.supervision.completeness import missing

Name = Literal["power", "service", "elements", "channels", "evaluation"]
PHASES = {"before", "during", "after"}
ONLINE = {"政府网站", "两微一端", "精准推送", "广播电视"}
"""Channels of the directory that reach people where they are; the others are places to go to or paper."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """`met` of `of` things are as they should be."""

    name: Name
    met: int
    of: int

    @property
    def percent(self) -> float | None:
        """None where there is nothing to measure."""
        return None if not self.of else 100 * self.met / self.of


def indicators(records: Sequence[Record]) -> tuple[Indicator, ...]:
    """All five, in the order of their names in the seed."""
    services = [record for record in records if isinstance(record, PublicService)]
    items = [record for record in records if isinstance(record, DisclosureItem)]
    surveyed = any(isinstance(record, Survey) for record in records)
    tests: tuple[tuple[Name, Sequence[Record], Callable[[Record], bool]], ...] = (
        ("power", services, _power),
        ("service", services, _process),
        ("elements", items, lambda item: isinstance(item, DisclosureItem) and not missing(item)),
        ("channels", items, _channels),
        ("evaluation", services, lambda service: surveyed and _complaints(service)),
    )
    return tuple(Indicator(name, sum(test(one) for one in of), len(of)) for name, of, test in tests)


def _power(service: Record) -> bool:
    """Its legal basis is said, and of every step under way who takes it."""
    if not isinstance(service, PublicService):
        return False
    steps = [step for step in service.steps if step.phase == "during"]
    return bool(service.legal_resources and steps) and all(step.actor for step in steps)


def _process(service: Record) -> bool:
    """There are steps before, during and after."""
    return isinstance(service, PublicService) and {step.phase for step in service.steps} >= PHASES


def _channels(item: Record) -> bool:
    """At least one channel that reaches people where they are, and one to go to."""
    if not isinstance(item, DisclosureItem):
        return False
    ticked = set(item.channels)
    return bool(ticked & ONLINE and ticked - ONLINE - {"其他"})


def _complaints(service: Record) -> bool:
    return isinstance(service, PublicService) and bool(service.channel.complaints_phone)
