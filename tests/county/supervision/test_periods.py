"""Recurring duties: periods, due dates, and what is not judged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county.supervision.periods import MONTHS, duties, named, period_of, periods
from tests.county.supervision.grounds import CALENDAR


@pytest.mark.parametrize(
    ("rhythm", "name", "first", "last"),
    [
        ("monthly", "2026-02", "2026-02-01", "2026-02-28"),
        ("quarterly", "2026-Q1", "2026-01-01", "2026-03-31"),
        ("yearly", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods(rhythm: str, name: str, first: str, last: str) -> None:
    period = period_of(rhythm, date(2026, 2, 28))  # type: ignore[arg-type]
    assert (period.name, period.first.isoformat(), period.last.isoformat()) == (name, first, last)
    assert named(name) == period


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_a_day_lies_in_its_period(day: date, rhythm: str) -> None:
    period = period_of(rhythm, day)  # type: ignore[arg-type]
    assert period.first <= day <= period.last
    if day.year >= 1000:
        assert named(period.name) == period


@given(st.text(max_size=9))
def test_other_names_name_nothing(text: str) -> None:
    period = named(text)
    assert period is None or period.name == text


def test_periods_before_the_record_are_not_judged() -> None:
    found = periods("quarterly", date(2026, 5, 20), date(2026, 11, 22))
    assert [period.name for period in found] == ["2026-Q4", "2026-Q3", "2026-Q2"]


def test_each_period_falls_due_after_its_end() -> None:
    published = {"2026-Q2": date(2026, 7, 20)}
    found = duties("quarterly", published, date(2026, 1, 1), date(2026, 11, 22), CALENDAR, 20, 5)
    assert [(duty.period.name, duty.due.date.isoformat(), duty.state) for duty in found] == [
        ("2026-Q4", "2027-01-29", "estimate"),
        ("2026-Q3", "2026-11-03", "overdue"),
        ("2026-Q2", "2026-07-28", "on_time"),
        ("2026-Q1", "2026-04-29", "overdue"),
    ]
