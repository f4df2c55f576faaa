"""Deadlines in working days, and what comes first."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from catalog.calendar import calendar_year
from catalog.records import CalendarYear
from county.reviewing.queue import Urgency, queue
from county.reviewing.rules import rules
from county.reviewing.steps import DEFAULT
from county.reviewing.texts import submitted as waiting
from county.revisions import Change
from tests.county.catalogue import organisation
from tests.county.reviewing.cases import FIRST, SECOND, reviewer, submitted, take

CALENDAR = [calendar_year(2026, lambda day: day.weekday() < 5)]


@pytest.mark.parametrize(
    ("day", "calendar", "urgency"),
    [
        (22, CALENDAR, "later"),
        (23, CALENDAR, "soon"),
        (24, CALENDAR, "soon"),
        (25, CALENDAR, "late"),
        (27, [], "soon"),
    ],
)
def test_two_working_days_after_a_sunday(
    engine: Engine, day: int, calendar: list[CalendarYear], urgency: Urgency
) -> None:
    submitted(engine, Change.to(organisation(1)))
    with engine.connect() as connection:
        (text,) = queue(
            waiting(connection), FIRST, rules(connection), calendar, datetime(2026, 11, day, 3, tzinfo=UTC)
        )
    assert (text.due.date.isoformat(), text.urgency, text.mine) == ("2026-11-24", urgency, True)


def test_what_is_mine_comes_first(engine: Engine) -> None:
    theirs, mine, own = (
        submitted(engine, Change.to(organisation(n)), a) for n, a in ((1, "x"), (2, "x"), (3, "钱二"))
    )
    take(engine, [theirs], SECOND)
    with engine.connect() as connection:
        found = queue(waiting(connection), SECOND, DEFAULT, CALENDAR, datetime(2026, 11, 22, tzinfo=UTC))
        none = queue(
            waiting(connection), reviewer("x", "clerk"), DEFAULT, [], datetime(2026, 11, 22, tzinfo=UTC)
        )
    assert [each.text.number for each in found] == [mine, theirs, own]
    assert [each.mine for each in found] == [True, False, False]
    assert not any(each.mine for each in none)
