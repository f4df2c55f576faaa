"""A year of the working calendar as people look at it, and as the public files of the yearly notice have it. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from catalog.records import CalendarYear
from county.errors import Refused

SATURDAY = 5
YEARS = range(2000, 2100)
"""Years that can be edited."""


@dataclass(frozen=True, slots=True)
class Day:
    """`flipped`: a weekday that is off, or a weekend that is worked."""

    date: date
    weekend: bool
    flipped: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday to Sunday; None is a day of another month."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


class _Day(msgspec.Struct, frozen=True):
    date: date
    isOffDay: bool  # noqa: N815  the file's own name
    name: str = ""


class _Notice(msgspec.Struct, frozen=True):
    year: int
    days: tuple[_Day, ...]


def months(year: CalendarYear) -> tuple[Month, ...]:
    """The twelve months."""
    flipped = {*year.holidays, *year.working_weekends}
    return tuple(_month(int(year.id), number, flipped) for number in range(1, 13))


def from_flipped(
    year: int, flipped: Iterable[date], confirmed: bool, base: CalendarYear | None
) -> CalendarYear:
    """The year in which these days are the other way round than their weekday says."""
    days = sorted({day for day in flipped if day.year == year})
    record = base or CalendarYear(id=str(year), confirmed=confirmed)
    return msgspec.structs.replace(
        record,
        confirmed=confirmed,
        holidays=tuple(day for day in days if day.weekday() < SATURDAY),
        working_weekends=tuple(day for day in days if day.weekday() >= SATURDAY),
    )


def read_notice(text: str | bytes, year: int) -> tuple[date, ...]:
    """The flipped days of `year` in the usual public JSON: `{year, days: [{name, date, isOffDay}]}`.

    Days of other years that a notice names are left out. Raises Refused, saying what is wrong.
    """
    try:
        notice = msgspec.json.decode(text, type=_Notice)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(f"读不懂这份 JSON:{error}。要有 year 和 days，每天有 date 和 isOffDay") from error
    days = [day for day in notice.days if day.date.year == year]
    if not days:
        raise Refused(f"这份 JSON 里没有 {year} 年的日期")
    said: dict[date, bool] = {}
    for day in days:
        if said.setdefault(day.date, day.isOffDay) != day.isOffDay:
            raise Refused(f"{day.date} 既写放假又写上班，请核对")
    return tuple(sorted(day for day, off in said.items() if off == (day.weekday() < SATURDAY)))


def year_of(text: str) -> int:
    """The year in an address. Raises Refused for one that cannot be edited."""
    if not text.isascii() or not text.isdecimal() or len(text) != 4 or int(text) not in YEARS:
        raise Refused(f"年份要在 {YEARS.start} 到 {YEARS.stop - 1} 之间")
    return int(text)


def _month(year: int, number: int, flipped: set[date]) -> Month:
    first = date(year, number, 1)
    days: list[Day | None] = [None] * first.weekday()
    for offset in range(monthrange(year, number)[1]):
        day = first + timedelta(days=offset)
        days.append(Day(day, day.weekday() >= SATURDAY, day in flipped))
    days += [None] * (-len(days) % 7)
    return Month(number, tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7)))
