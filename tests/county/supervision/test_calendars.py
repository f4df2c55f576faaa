"""A year to look at, and the public file of the yearly notice."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.calendar import is_working_day
from catalog.records import CalendarYear
from county.errors import Refused
from county.supervision.calendars import from_flipped, months, read_notice, year_of
from tests.county.supervision.grounds import CALENDAR

YEAR = next(year for year in CALENDAR if year.id == "2026")


def notice(days: list[tuple[str, bool]], year: int = 2026) -> str:
    """In the shape of the public files."""
    return json.dumps(
        {"year": year, "papers": [], "days": [{"name": "x", "date": d, "isOffDay": o} for d, o in days]}
    )


def test_a_year_is_twelve_months_of_its_days() -> None:
    shown = months(YEAR)
    days = [day for month in shown for week in month.weeks for day in week if day]
    assert [month.number for month in shown] == list(range(1, 13))
    assert len(days) == 365
    assert all(len(week) == 7 for month in shown for week in month.weeks)
    assert {day.date for day in days if day.flipped} == {*YEAR.holidays, *YEAR.working_weekends}
    assert all((day.weekend == day.flipped) == is_working_day(day.date, [YEAR]) for day in days)


def test_the_year_comes_back_from_its_flipped_days() -> None:
    assert from_flipped(2026, [*YEAR.holidays, *YEAR.working_weekends], True, None) == YEAR
    other = from_flipped(2026, [date(2025, 1, 1)], False, YEAR)
    assert (other.confirmed, other.holidays) == (False, ())


def test_the_public_file() -> None:
    text = notice(
        [
            ("2026-01-01", True),
            ("2026-01-03", True),
            ("2026-01-04", False),
            ("2026-01-05", False),
            ("2025-12-31", True),
        ]
    )
    assert read_notice(text, 2026) == (date(2026, 1, 1), date(2026, 1, 4))
    assert read_notice(text.encode(), 2026) == read_notice(text, 2026)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "读不懂"),
        ("[]", "读不懂"),
        ("{", "读不懂"),
        ('{"year": 2026}', "读不懂"),
        (notice([("2026-13-01", True)]), "读不懂"),
        (notice([]), "没有 2026"),
        (notice([("2025-01-01", True)]), "没有 2026"),
        (notice([("2026-01-01", True), ("2026-01-01", False)]), "既写放假又写上班"),
    ],
)
def test_other_files_are_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_notice(text, 2026)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_file_breaks_it(data: bytes | str) -> None:
    with pytest.raises(Refused):
        read_notice(data, 2026)


@pytest.mark.slow
@given(st.sets(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=40))
def test_any_ticks_make_a_year(flipped: set[date]) -> None:
    made = from_flipped(2024, flipped, True, None)
    assert {*made.holidays, *made.working_weekends} == flipped
    assert all(is_working_day(day, [made]) == (day.weekday() >= 5) for day in flipped)


@pytest.mark.parametrize("text", ["", "26", "2١26", "1999", "2100", "20260"])
def test_years_that_nobody_edits(text: str) -> None:
    with pytest.raises(Refused):
        year_of(text)


def test_a_leap_year() -> None:
    shown = months(CalendarYear(id="2024", confirmed=True))
    assert sum(1 for week in shown[1].weeks for day in week if day) == 29
