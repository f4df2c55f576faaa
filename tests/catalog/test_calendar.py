"""Working days: the vectors come from the State Council's calendars of 2025 and 2026."""

from datetime import date

import chinese_calendar
import pytest

from catalog.calendar import Due, calendar_year, due, is_working_day
from catalog.records import CalendarYear

CALENDAR = [calendar_year(year, chinese_calendar.is_workday) for year in (2025, 2026)]


@pytest.mark.parametrize(
    ("received", "working_days", "last"),
    [
        ("2025-01-20", 20, "2025-02-21"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2025-12-15", 20, "2026-01-13"),
        ("2026-02-10", 7, "2026-02-26"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-04-28", 20, "2026-05-28"),
        ("2026-09-24", 15, "2026-10-22"),
        ("2026-09-28", 20, "2026-10-30"),
        ("2026-12-01", 20, "2026-12-29"),
    ],
)
def test_counts_holidays_and_working_weekends(received: str, working_days: int, last: str) -> None:
    found = due(date.fromisoformat(received), working_days, CALENDAR)
    assert found == Due(date.fromisoformat(last), estimated=False)


def test_beyond_the_confirmed_years_is_an_estimate() -> None:
    assert due(date(2026, 12, 10), 20, CALENDAR) == Due(date(2027, 1, 8), estimated=True)


def test_an_unconfirmed_year_stays_an_estimate() -> None:
    draft = CalendarYear(id="2027", confirmed=False)
    assert due(date(2026, 12, 10), 20, [*CALENDAR, draft]) == Due(date(2027, 1, 8), estimated=True)


def test_a_confirmed_next_year_is_no_estimate() -> None:
    confirmed = CalendarYear(id="2027", confirmed=True, holidays=(date(2027, 1, 1),))
    assert due(date(2026, 12, 10), 20, [*CALENDAR, confirmed]) == Due(date(2027, 1, 8), estimated=False)


def test_estimates_leave_out_statutory_holidays_and_their_days_in_lieu() -> None:
    spring = [day for day in range(1, 15) if not is_working_day(date(2027, 2, day), [])]
    assert spring == [5, 6, 7, 8, 9, 10, 13, 14]


def test_no_days_is_the_day_of_receipt() -> None:
    assert due(date(2026, 10, 1), 0, CALENDAR) == Due(date(2026, 10, 1), estimated=False)


def test_refuses_a_negative_number() -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        due(date(2026, 10, 1), -1, CALENDAR)


def test_a_calendar_year_lists_only_exceptions() -> None:
    year = CALENDAR[1]
    assert year.id == "2026"
    assert [day.isoformat()[5:] for day in year.working_weekends] == [
        "01-04", "02-14", "02-28", "05-09", "09-20", "10-10",
    ]  # fmt: skip
    assert all(day.weekday() < 5 for day in year.holidays)


def test_passes_on_what_an_unknown_year_raises() -> None:
    with pytest.raises(NotImplementedError):
        calendar_year(2050, chinese_calendar.is_workday)
