"""Recurring duties (按季度公开 …): the periods, and when the publication for each falls due. Pure.

A period's information is formed on its last day; it is due so many working days later (条例 art. 26).
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from catalog.calendar import Due
from catalog.records import CalendarYear, DisclosureRule
from county.supervision.timeliness import State, judge
from county.wording import Words

Rhythm = Literal["monthly", "quarterly", "yearly"]
MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}
MOST = 12
"""So many periods back are looked at."""


@dataclass(frozen=True, slots=True)
class Period:
    """`name` is 2026-11, 2026-Q4 or 2026; both days are inclusive."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be published for one period, and how that stands; `published` is when it was."""

    period: Period
    due: Due
    state: State
    published: date | None = None


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The period that `day` lies in."""
    months = MONTHS[rhythm]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    name = {
        "monthly": f"{day.year}-{first:02}",
        "quarterly": f"{day.year}-Q{(first + 2) // 3}",
        "yearly": str(day.year),
    }[rhythm]
    end = date(day.year, last, monthrange(day.year, last)[1])
    return Period(name, date(day.year, first, 1), end)


def said(name: str, words: Words) -> str:
    """The name of a period in words."""
    year, _, part = name.partition("-")
    rhythm = "quarterly" if part.startswith("Q") else "monthly" if part else "yearly"
    return words(f"supervision.period-{rhythm}", year=year, part=part.lstrip("Q0"))


def named(name: str) -> Period | None:
    """The period of a name such as 2026-Q4, None when it names none."""
    year, _, part = name.partition("-")
    if len(year) != 4 or not year.isascii() or not year.isdecimal() or year == "0000":
        return None
    if not part:
        return period_of("yearly", date(int(year), 1, 1)) if name == year else None
    if len(part) == 2 and part[0] == "Q" and part[1] in "1234":
        return period_of("quarterly", date(int(year), int(part[1]) * 3, 1))
    if len(part) == 2 and part.isascii() and part.isdecimal() and 1 <= int(part) <= 12:
        return period_of("monthly", date(int(year), int(part), 1))
    return None


def rhythm_of(rule: DisclosureRule | None) -> Rhythm | None:
    """The rhythm of a rule that recurs."""
    return rule.kind if rule is not None and rule.kind in ("monthly", "quarterly", "yearly") else None


def periods(rhythm: Rhythm, since: date, today: date) -> list[Period]:
    """The periods from that of `since` to that of `today`, the newest first, at most MOST."""
    return list(_periods(rhythm, since, today))


def duties(
    rhythm: Rhythm,
    published: Mapping[str, date],
    since: date,
    today: date,
    calendar: Sequence[CalendarYear],
    grace: int,
    warn: int,
) -> list[Duty]:
    """What is due for each period since the item is on record, the newest first.

    `published` are the names of periods with the day of their publication.
    """
    rule = DisclosureRule(kind="within", value=grace, unit="working_day")
    found = []
    for period in _periods(rhythm, since, today):
        at = published.get(period.name)
        judgement = judge(rule, period.last, at, today, calendar, warn)
        assert judgement.due is not None
        found.append(Duty(period, judgement.due, judgement.state, at))
    return found


def _periods(rhythm: Rhythm, since: date, today: date) -> Iterator[Period]:
    period = period_of(rhythm, today)
    for _ in range(MOST):
        yield period
        if period.first <= since or period.first == date.min:
            return
        period = period_of(rhythm, period.first - timedelta(days=1))
