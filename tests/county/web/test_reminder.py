from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import CalendarYear
from county.web.phone.reminder import Reminder, calendar, next_working_day

STAMP = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
YEAR = CalendarYear(
    id="2026",
    confirmed=True,
    holidays=(date(2026, 10, 1), date(2026, 10, 2)),
    working_weekends=(date(2026, 10, 10),),
)


def test_the_next_working_day_follows_the_countys_calendar() -> None:
    assert next_working_day(date(2026, 9, 30), [YEAR]) == date(2026, 10, 5)
    assert next_working_day(date(2026, 10, 9), [YEAR]) == date(2026, 10, 10)
    assert next_working_day(date(2026, 11, 20), []) == date(2026, 11, 23)


@pytest.mark.slow
@given(st.text(), st.text())
def test_any_text_stays_inside_its_line(title: str, description: str) -> None:
    reminder = Reminder(
        "uid", title, date(2026, 11, 23), "甲县，大厅", description, "http://zone.example/m/x"
    )
    lines = calendar(reminder, STAMP).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[-1] == ""
    unfolded = calendar(reminder, STAMP).replace("\r\n ", "").split("\r\n")
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded[:-1]]
    assert names.count("BEGIN") == names.count("END") == 3
    assert len(unfolded) == 20


def test_separators_are_escaped() -> None:
    reminder = Reminder("uid", "a;b,c\\d\ne", date(2026, 11, 23), "", "", "http://zone.example/m/x")
    assert r"SUMMARY:a\;b\,c\\d\ne" in calendar(reminder, STAMP)
