"""Publications against their disclosure deadlines (公开时限). Pure.

Day 0 is the day on which the information was formed or changed (政府信息公开条例 art. 26). A date that rests on a
year whose calendar is not confirmed is an estimate: it never makes anything late or overdue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from catalog.calendar import Due, due, is_working_day
from catalog.records import CalendarYear, DisclosureRule

State = Literal["on_time", "pending", "due_soon", "overdue", "late", "unknown", "estimate"]
"""按时、期限内、即将到期、超期未公开、超期已公开、无法计算、预估."""
STATES: tuple[State, ...] = ("on_time", "pending", "due_soon", "overdue", "late", "unknown", "estimate")

DAY = timedelta(days=1)
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Judgement:
    """The last day for publishing, None when none can be computed, and how the publication stands to it."""

    due: Due | None
    state: State


def due_date(rule: DisclosureRule | None, start: date, calendar: Sequence[CalendarYear]) -> Due | None:
    """The last day for publishing what was formed or changed on `start`; None when the rule gives no date.

    Calendar days that end on a day off end on the next working day (民法典 art. 203); hours are rounded up to days.
    """
    if rule is None or rule.kind != "within" or rule.value is None:
        return None
    try:
        if rule.unit == "working_day":
            return due(start, rule.value, calendar)
        if rule.unit == "day":
            return _next_working_day(start + rule.value * DAY, calendar)
        if rule.unit == "hour":
            return Due(start - (-rule.value // HOURS_A_DAY) * DAY, estimated=False)
    except OverflowError:
        return None
    return None


def judge(
    rule: DisclosureRule | None,
    start: date,
    published: date | None,
    today: date,
    calendar: Sequence[CalendarYear],
    warn: int,
) -> Judgement:
    """How a publication of what was formed or changed on `start` stands to its deadline.

    `published` None means not yet; `warn` is how many working days before the last one it is called due soon.
    """
    limit = due_date(rule, start, calendar)
    if limit is None:
        return Judgement(None, "unknown")
    if published is not None:
        return Judgement(limit, _published(limit, start, published, calendar))
    if limit.estimated:
        return Judgement(limit, "estimate")
    if today > limit.date:
        return Judgement(limit, "overdue")
    soon = due(today, warn, calendar).date >= limit.date
    return Judgement(limit, "due_soon" if soon else "pending")


def shown_long_enough(
    rule: DisclosureRule | None, published: date, until: date, calendar: Sequence[CalendarYear]
) -> bool | None:
    """Whether it stayed up as long as the rule demands; None when it demands nothing or nobody can tell yet."""
    if rule is None or rule.display is None:
        return None
    shown = DisclosureRule(kind="within", value=rule.display, unit=rule.display_unit)
    limit = due_date(shown, published, calendar)
    if limit is None or limit.estimated:
        return None
    return until >= limit.date


def _published(limit: Due, start: date, published: date, calendar: Sequence[CalendarYear]) -> State:
    """On time for sure also when only days after the publication are unconfirmed."""
    if published > limit.date:
        return "estimate" if limit.estimated else "late"
    years = {int(year.id) for year in calendar if year.confirmed and year.id.isdecimal()}
    passed = range(start.year, published.year + 1)
    certain = published <= start or all(year in years for year in passed)
    return "on_time" if certain or not limit.estimated else "estimate"


def _next_working_day(day: date, calendar: Sequence[CalendarYear]) -> Due:
    confirmed = {year.id for year in calendar if year.confirmed}
    estimated = str(day.year) not in confirmed
    while not is_working_day(day, calendar):
        day += DAY
        estimated = estimated or str(day.year) not in confirmed
    return Due(day, estimated)
