"""Who waits, since when, and who goes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, insert, update
from sqlalchemy.exc import IntegrityError

from catalog.outbox import Call, Row
from catalog.text import encode
from county.database.engine import writing
from county.database.fleet import kiosk
from county.database.guiding import guide_call
from county.errors import Refused
from county.guiding.calls import LASTS, finish, open_calls, take
from county.insight.receiving import receive
from tests.county.catalogue import NOW

MINUTE = timedelta(minutes=1)


def enrol(connection: Connection, name: str, title: str) -> None:
    row = {
        "id": name,
        "name": title,
        "zone": "hall",
        "public_key": name,
        "state": "in service",
        "enrolled": NOW,
    }
    connection.execute(insert(kiosk).values(**row))


def call(
    connection: Connection, place: str, name: str, at: datetime, arrived: datetime, state: str = "asked"
) -> None:
    body = encode(Call(call=name, state=state, at=at))  # type: ignore[arg-type]
    number = int.from_bytes(f"{place}{name}{state}".encode()) % 1_000_000
    received = receive(connection, place, [Row(f"{place}-{name}-{state}", "call", number, body)], arrived)
    assert received.kept == 1


@pytest.fixture
def hall(engine: Engine) -> Engine:
    with writing(engine) as connection:
        enrol(connection, "one", "一号机")
        enrol(connection, "two", "二号机")
        call(connection, "one", "a", NOW - 10 * MINUTE, NOW - 9 * MINUTE)
        call(connection, "two", "b", NOW - 2 * MINUTE, NOW - 2 * MINUTE)
    return engine


def test_who_waits_newest_first(hall: Engine) -> None:
    with hall.connect() as connection:
        found = open_calls(connection, NOW)
    assert [(one.kiosk_name, one.minutes(NOW), one.taken_by) for one in found] == [
        ("二号机", 2, ""),
        ("一号机", 10, ""),
    ]


def test_a_call_ends_when_it_is_withdrawn_or_old(hall: Engine) -> None:
    with writing(hall) as connection:
        call(connection, "one", "a", NOW, NOW, "withdrawn")
        assert [one.kiosk for one in open_calls(connection, NOW)] == ["two"]
        assert open_calls(connection, NOW - 2 * MINUTE + LASTS) == []


def test_a_clock_that_is_wrong_is_not_believed(hall: Engine) -> None:
    with writing(hall) as connection:
        call(connection, "one", "c", NOW - timedelta(days=400), NOW - MINUTE)
        call(connection, "one", "d", NOW + timedelta(hours=5), NOW - MINUTE)
        found = {one.call: one.minutes(NOW) for one in open_calls(connection, NOW)}
    assert (found["c"], found["d"]) == (1, 1)


def test_a_call_that_came_late_is_as_old_as_it_is(hall: Engine) -> None:
    with writing(hall) as connection:
        call(connection, "one", "e", NOW - 29 * MINUTE, NOW)
        assert {one.call: one.minutes(NOW) for one in open_calls(connection, NOW)}["e"] == 29
        assert "e" not in {one.call for one in open_calls(connection, NOW + 2 * MINUTE)}


def test_a_kiosk_that_nobody_knows_still_calls(hall: Engine) -> None:
    with writing(hall) as connection:
        call(connection, "three", "f", NOW, NOW)
        assert open_calls(connection, NOW)[0].kiosk_name == "three"


def test_the_first_goes(hall: Engine) -> None:
    with writing(hall) as connection:
        take(connection, "one", "a", "li", NOW)
        take(connection, "one", "a", "li", NOW)
        assert {one.call: one.taken_by for one in open_calls(connection, NOW)} == {"a": "li", "b": ""}
        with pytest.raises(Refused, match="li"):
            take(connection, "one", "a", "wang", NOW)
        finish(connection, "one", "a", "wang", NOW)
        assert [one.call for one in open_calls(connection, NOW)] == ["b"]
        for act in (take, finish):
            with pytest.raises(Refused, match="结束"):
                act(connection, "one", "a", "wang", NOW)


def test_who_was_helped_without_a_word_is_helped(hall: Engine) -> None:
    with writing(hall) as connection:
        finish(connection, "two", "b", "li", NOW)
        assert [one.call for one in open_calls(connection, NOW)] == ["a"]
        with pytest.raises(Refused):
            finish(connection, "two", "no-such", "li", NOW)


def test_what_happened_stands(hall: Engine) -> None:
    with writing(hall) as connection:
        take(connection, "one", "a", "li", NOW)
    for change in (delete(guide_call), update(guide_call).values(person="wang")):
        with pytest.raises(IntegrityError), writing(hall) as connection:
            connection.execute(change)
