"""Publications against their deadlines: the vectors of the design, and that an estimate never alarms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import DisclosureRule
from county.supervision.timeliness import State, due_date, judge, shown_long_enough
from tests.county.supervision.grounds import CALENDAR, within

VECTORS = [
    ("2025-01-20", 20, "2025-02-21", False),
    ("2025-09-26", 20, "2025-10-30", False),
    ("2025-12-15", 20, "2026-01-13", False),
    ("2026-02-10", 7, "2026-02-26", False),
    ("2026-02-13", 20, "2026-03-19", False),
    ("2026-04-28", 20, "2026-05-28", False),
    ("2026-09-24", 15, "2026-10-22", False),
    ("2026-09-28", 20, "2026-10-30", False),
    ("2026-12-01", 20, "2026-12-29", False),
    ("2026-12-10", 20, "2027-01-08", True),
]
"""domain.md 7.4 and catalog.md."""


@pytest.mark.parametrize(("formed", "days", "last", "estimated"), VECTORS)
def test_working_days(formed: str, days: int, last: str, estimated: bool) -> None:
    limit = due_date(within(days), date.fromisoformat(formed), CALENDAR)
    assert limit is not None
    assert (limit.date.isoformat(), limit.estimated) == (last, estimated)


@pytest.mark.parametrize(("formed", "days", "last", "estimated"), VECTORS)
def test_the_day_after_the_last_is_late(formed: str, days: int, last: str, estimated: bool) -> None:
    start, end = date.fromisoformat(formed), date.fromisoformat(last)

    def state(published: date | None, today: date) -> State:
        return judge(within(days), start, published, today, CALENDAR, 5).state

    after = end + timedelta(days=1)
    assert state(start, after) == "on_time"
    assert state(end, after) == ("estimate" if estimated else "on_time")
    assert state(after, after) == ("estimate" if estimated else "late")
    assert state(None, end) == ("estimate" if estimated else "due_soon")
    assert state(None, after) == ("estimate" if estimated else "overdue")
    assert state(None, start) == ("estimate" if estimated else "pending")


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        (within(20, "day"), "2026-09-28"),  # 20 days after 09-05 is Friday 09-25, 中秋; then a weekend off
        (within(1, "day"), "2026-09-07"),  # a Sunday
        (within(24, "hour"), "2026-09-06"),
        (within(30, "hour"), "2026-09-07"),
        (within(0), "2026-09-05"),
    ],
)
def test_calendar_days_and_hours(rule: DisclosureRule, last: str) -> None:
    limit = due_date(rule, date(2026, 9, 5), CALENDAR)
    assert limit is not None
    assert limit.date.isoformat() == last
    assert not limit.estimated


@pytest.mark.parametrize("kind", ["at_once", "yearly", "permanent", "unknown"])
def test_what_names_no_number_cannot_be_computed(kind: str) -> None:
    rule = DisclosureRule(kind=kind)  # type: ignore[arg-type]
    assert judge(rule, date(2026, 1, 5), None, date(2026, 11, 1), CALENDAR, 5).state == "unknown"
    assert judge(None, date(2026, 1, 5), None, date(2026, 11, 1), CALENDAR, 5).state == "unknown"


def test_certain_before_the_unconfirmed_year() -> None:
    """Published in December 2026 what is due, as an estimate, in January 2027."""
    made = judge(within(20), date(2026, 12, 10), date(2026, 12, 31), date(2027, 2, 1), CALENDAR, 5)
    assert made.state == "on_time"
    assert made.due is not None
    assert made.due.estimated


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(DAYS, DAYS, st.none() | DAYS, st.integers(0, 60), st.sampled_from(["working_day", "day"]))
def test_an_estimate_is_never_late_or_overdue(
    start: date, today: date, published: date | None, days: int, unit: str
) -> None:
    made = judge(within(days, unit), start, published, today, CALENDAR, 5)
    assert made.due is not None
    if made.due.estimated:
        assert made.state in ("estimate", "on_time")
    if made.state == "overdue":
        assert published is None
        assert today > made.due.date


@pytest.mark.slow
@given(st.integers(1, 10**6))
def test_no_number_breaks_it(days: int) -> None:
    limit = due_date(within(min(days, 5000)), date(9990, 1, 1), CALENDAR)
    assert limit is None or limit.estimated


def test_how_long_it_stays_up() -> None:
    rule = within(10, display=7, display_unit="working_day")
    assert shown_long_enough(rule, date(2026, 9, 30), date(2026, 10, 16), CALENDAR) is True
    assert shown_long_enough(rule, date(2026, 9, 30), date(2026, 10, 14), CALENDAR) is False
    assert shown_long_enough(within(10), date(2026, 9, 30), date(2026, 9, 30), CALENDAR) is None
    assert shown_long_enough(rule, date(2026, 12, 30), date(2026, 12, 31), CALENDAR) is None
