"""Working days.

Counted as 政府信息公开条例 (2019) and 行政许可法 art. 82 have it: the day of receipt is day 0, holidays do not
count, weekends declared working days do. A year whose calendar is not confirmed is estimated from the statutory
holidays of 全国年节及纪念日放假办法 (2024): Monday to Friday without them, and without the days in lieu of those
that fall on a weekend. Whatever touches such a year is an estimate and must be shown as one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from catalog.records import CalendarYear

DAY = timedelta(days=1)
SATURDAY = 5

FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Month and day of the holidays of the solar calendar."""

MOON: dict[int, tuple[str, str, str, str]] = {
    2026: ("02-17", "04-05", "06-19", "09-25"),
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
    2036: ("01-28", "04-04", "05-30", "10-04"),
}
"""Year → 春节, 清明, 端午, 中秋. Years that are not here are estimated from the solar holidays alone."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a time limit; `estimated` when it rests on a year that is not confirmed."""

    date: date
    estimated: bool


def due(received: date, working_days: int, calendar: Iterable[CalendarYear]) -> Due:
    """The `working_days`-th working day strictly after `received`; zero is the day of receipt itself.

    Raises ValueError for a negative number, OverflowError beyond the year 9999.
    """
    if working_days < 0:
        raise ValueError(f"{working_days} working days")
    years = _confirmed(calendar)
    day, left, estimated = received, working_days, False
    while left:
        day += DAY
        estimated = estimated or day.year not in years
        left -= _is_working_day(day, years)
    return Due(day, estimated)


def is_working_day(day: date, calendar: Iterable[CalendarYear]) -> bool:
    """Whether offices work on `day`; outside the confirmed years an estimate."""
    return _is_working_day(day, _confirmed(calendar))


def calendar_year(year: int, is_workday: Callable[[date], bool], confirmed: bool = True) -> CalendarYear:
    """The calendar of one year, from a function that knows which days are worked.

    Whatever `is_workday` raises for a year it does not know is passed on.
    """
    first = date(year, 1, 1)
    days = [first + n * DAY for n in range((date(year + 1, 1, 1) - first).days)]
    return CalendarYear(
        id=str(year),
        confirmed=confirmed,
        holidays=tuple(day for day in days if not _is_weekend(day) and not is_workday(day)),
        working_weekends=tuple(day for day in days if _is_weekend(day) and is_workday(day)),
    )


def _confirmed(calendar: Iterable[CalendarYear]) -> dict[int, CalendarYear]:
    return {int(year.id): year for year in calendar if year.confirmed and year.id.isdecimal()}


def _is_working_day(day: date, years: dict[int, CalendarYear]) -> bool:
    year = years.get(day.year)
    if year is None:
        return not _is_weekend(day) and day not in _statutory(day.year)
    return day in year.working_weekends if _is_weekend(day) else day not in year.holidays


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


@cache
def _statutory(year: int) -> frozenset[date]:
    """The statutory holidays of a year with their days in lieu."""
    days = {date(year, month, day) for month, day in FIXED}
    if year in MOON:
        spring, *others = (date.fromisoformat(f"{year}-{day}") for day in MOON[year])
        days |= {spring + n * DAY for n in range(-1, 3)} | set(others)
    off = set(days)
    for day in sorted(day for day in days if _is_weekend(day)):
        while day in off or _is_weekend(day):
            day += DAY
        off.add(day)
    return frozenset(off)
