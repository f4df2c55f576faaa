"""What several services come to when they are done together: visits, time and fees."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.guided.walking import building_of
from catalog.records import Cost, PublicService, TimeLimit

_DAYS = {"on_the_spot": 0.0, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "working_day": 1.4}
"""A unit in days, near enough to say which of two limits is longer."""

_FIXED = re.compile(r"(\d+(?:\.\d{1,2})?) *元(?:/\S{1,2})?")


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


@dataclass(frozen=True, slots=True)
class Fees:
    """What is charged, by whom, in the offices' own words; `total` in yuan, None when these words do not give it.

    `unknown` is of how many services nobody has said whether they charge something.
    """

    charged: tuple[tuple[PublicService, Cost], ...]
    total: Decimal | None
    unknown: int = 0


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


def longest(services: Sequence[PublicService]) -> TimeLimit | None:
    """The longest of the limits that the offices promise, as far as they say how long; None when none does."""
    limits = (service.promised_time_limit for service in services)
    known = [limit for limit in limits if limit is not None and _days(limit) is not None]
    return max(known, key=lambda limit: _days(limit) or 0.0, default=None)


def fees(services: Sequence[PublicService]) -> Fees:
    """The total is known when each service charges nothing or one fixed amount; several rows are often alternatives."""
    charged = tuple((service, cost) for service in services for cost in service.costs)
    fixed = [_FIXED.fullmatch(cost.amount.strip()) for _, cost in charged]
    single = all(len(service.costs) <= 1 for service in services)
    amounts = [Decimal(found[1]) for found in fixed if found]
    unknown = sum(not service.costs and not service.free for service in services)
    known = single and len(amounts) == len(charged) and not unknown
    return Fees(charged, sum(amounts, Decimal(0)) if known else None, unknown)


def _days(limit: TimeLimit) -> float | None:
    if limit.unit == "on_the_spot":
        return 0.0
    return None if limit.value is None else limit.value * _DAYS[limit.unit]
