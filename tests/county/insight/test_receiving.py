"""What kiosks deliver is taken in once, whatever the line and the machines do to it."""

import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, strategies
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from catalog.outbox import KIND_OF, Answers, Call, Counts, NotFound, Rating, Row
from catalog.records.base import Value
from catalog.text import encode
from county.database.engine import connect, writing
from county.database.insight import counted, hourly, report
from county.errors import Refused
from county.insight import receiving
from county.insight.receiving import Received, receive
from tests.size import LONG

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOUR = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def row(value: Value, number: int, row_id: str = "") -> Row:
    kind = KIND_OF[type(value)]
    return Row(row_id or f"{kind}-{number}", kind, number, encode(value))


def counts(sequence: int, hour: datetime = HOUR, /, **names: int) -> Row:
    return row(Counts(hour=hour, counts=names), sequence, hour.isoformat())


def rating(number: int, day: date = TODAY, grade: int = 5) -> Row:
    value = Rating(day=day, survey="service-rating", edition=1, answers={"grade": (grade,)})
    return row(value, number)


def deliver(engine: Engine, *rows: Row, kiosk: str = "hall-1", outbox: int = 7) -> Received:
    with writing(engine) as connection:
        return receive(connection, kiosk, rows, NOW, outbox)


def totals(engine: Engine, kiosks: str = "%") -> dict[str, int]:
    query = select(counted.c.name, func.sum(counted.c.number)).group_by(counted.c.name)
    query = query.where(counted.c.kiosk.like(kiosks))
    with engine.connect() as connection:
        return {name: int(number) for name, number in connection.execute(query) if number}


def test_every_kind_is_kept(engine: Engine) -> None:
    rows = [
        rating(1),
        row(Answers(day=TODAY, survey="hall", edition=1, answers={"q1": ("a", "b")}), 1),
        row(Call(call="c", state="asked", at=NOW), 1),
        row(NotFound(day=TODAY, words="宠物托运"), 1),
        counts(1, visit=3),
        Row("later-1", "from_a_later_program", 1, b'{"some":"thing"}'),
    ]
    assert deliver(engine, *rows) == Received(kept=6, known=0)
    assert deliver(engine, *rows) == Received(kept=0, known=6)
    with engine.connect() as connection:
        days = {one.kind: one.day for one in connection.execute(select(report))}
    assert days.pop("from_a_later_program") is None
    assert set(days.values()) == {TODAY}
    assert totals(engine) == {"visit": 3}


def test_another_body_under_the_same_id_is_refused(engine: Engine) -> None:
    deliver(engine, rating(1, grade=5))
    received = deliver(engine, rating(1, grade=1), rating(2))
    assert [(one.id, one.reason) for one in received.refused] == [("rating-1", "conflict")]
    assert (received.kept, received.known) == (1, 0)
    assert deliver(engine, rating(1, grade=1), kiosk="hall-2").kept == 1


def test_two_bodies_in_one_delivery_are_noticed(engine: Engine) -> None:
    assert [one.reason for one in deliver(engine, rating(1), rating(1, grade=1)).refused] == ["conflict"]


def test_of_an_hour_the_newest_counts_stand(engine: Engine) -> None:
    deliver(engine, counts(5, visit=3, record=1))
    assert deliver(engine, counts(4, visit=9)).known == 1
    assert totals(engine) == {"visit": 3, "record": 1}
    deliver(engine, counts(6, visit=4))
    assert totals(engine) == {"visit": 4}
    assert [one.reason for one in deliver(engine, counts(6, visit=5)).refused] == ["conflict"]


def test_outbox_files_and_kiosks_add_up(engine: Engine) -> None:
    deliver(engine, counts(6, visit=4))
    deliver(engine, counts(1, visit=2), outbox=8)
    deliver(engine, counts(1, visit=1), kiosk="hall-2")
    assert totals(engine) == {"visit": 7}


def test_an_hour_counts_for_the_day_of_the_county(engine: Engine) -> None:
    deliver(engine, counts(1, datetime(2026, 11, 20, 16, 0, tzinfo=UTC), visit=1))
    with engine.connect() as connection:
        assert connection.scalars(select(counted.c.day)).all() == [date(2026, 11, 21)]


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2099, 1, 1), date(9999, 12, 31), date(1, 1, 1)])
def test_a_wrong_clock_loses_nothing_and_dates_nothing(engine: Engine, day: date) -> None:
    hour = datetime(day.year, day.month, day.day, tzinfo=UTC)
    received = deliver(engine, rating(1, day), counts(1, hour, visit=9))
    assert received.kept == 2 or (received.kept, received.refused[0].reason) == (1, "malformed")
    with engine.connect() as connection:
        assert connection.scalars(select(report.c.day)).all() == [None]
    assert totals(engine) == {}


HOSTILE = {
    "no JSON": Row("a", "rating", 1, b"{"),
    "no UTF-8": Row("a", "rating", 1, b'"\xff"'),
    "another shape": Row("a", "rating", 1, b"[]"),
    "no id": Row("", "rating", 1, rating(1).body),
    "an id with a line end": Row("a\nb", "rating", 1, rating(1).body),
    "a long id": Row("a" * 65, "rating", 1, rating(1).body),
    "a kind that is none": Row("a", "Rating'; --", 1, rating(1).body),
    "no sequence": Row("a", "rating", 0, rating(1).body),
    "a sequence beyond measure": Row("a", "rating", 2**63, rating(1).body),
    "counts below zero": counts(1, visit=-1),
    "counts beyond measure": counts(1, visit=10**9),
    "half hours": counts(1, HOUR + timedelta(minutes=30), visit=1),
    "a nameless count": row(Counts(hour=HOUR, counts={"": 1}), 1),
    "a control character": row(Counts(hour=HOUR, counts={"a\0": 1}), 1),
    "empty": Row("a", "not_yet_known", 1, b""),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_no_kiosk_says_is_refused_alone(engine: Engine, hostile: Row) -> None:
    received = deliver(engine, hostile, rating(2))
    assert [one.reason for one in received.refused] == ["malformed"]
    assert received.kept == 1


def test_large_rows_and_large_deliveries_are_refused(engine: Engine) -> None:
    big = Row("a", "later_kind", 1, encode("x" * receiving.MOST_BODY))
    assert [one.reason for one in deliver(engine, big).refused] == ["too_large"]
    with pytest.raises(Refused):
        deliver(engine, *[rating(number) for number in range(1, receiving.MOST_ROWS + 2)])


def test_one_kiosk_cannot_fill_the_database(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_A_DAY", 3)
    received = deliver(engine, *[rating(number) for number in range(1, 6)])
    assert (received.kept, [one.reason for one in received.refused]) == (3, ["too_many"] * 2)
    assert deliver(engine, rating(9, TODAY - timedelta(days=1))).kept == 1
    assert deliver(engine, rating(1)).known == 1


FORBIDDEN = {
    "changing what was said": "UPDATE report SET body = '{}'",
    "deleting what was said": "DELETE FROM report WHERE kind = 'rating'",
    "older counts": "UPDATE hourly SET sequence = sequence - 1, body = '{}'",
    "counts of another hour": "UPDATE hourly SET sequence = sequence + 1, kiosk = 'other'",
    "deleting counts": "DELETE FROM hourly",
    "a negative sum": "UPDATE counted SET number = -1",
}


@pytest.mark.parametrize("attempt", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_refuses(engine: Engine, attempt: str) -> None:
    deliver(engine, rating(1), counts(2, visit=1))
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text(attempt))


ROWS = strategies.tuples(
    strategies.sampled_from(["hall-1", "hall-2"]),
    strategies.integers(1, 2),
    strategies.integers(0, 2),
    strategies.integers(1, 6),
)
"""(kiosk, outbox, hour, sequence): counts whose number follows from the sequence."""


@pytest.mark.slow
def test_any_order_of_counts_comes_to_the_newest(sqlite_schema: Path, tmp_path: Path) -> None:
    engine = connect(f"sqlite+pysqlite:///{shutil.copy(sqlite_schema, tmp_path / 'test.db')}")
    runs = count()

    @given(strategies.lists(strategies.lists(ROWS, max_size=6), max_size=6))
    def property_holds(deliveries: Sequence[Sequence[tuple[str, int, int, int]]]) -> None:
        run = next(runs)
        newest: dict[tuple[str, int, int], int] = {}
        for delivery in deliveries:
            for kiosk, outbox, hour, sequence in delivery:
                row = counts(sequence, HOUR - timedelta(hours=hour), visit=sequence, other=sequence % 3)
                deliver(engine, row, kiosk=f"{kiosk}-{run}", outbox=outbox)
                key = (kiosk, outbox, hour)
                newest[key] = max(newest.get(key, 0), sequence)
        expected = Counter(visit=sum(newest.values()), other=sum(value % 3 for value in newest.values()))
        found = totals(engine, f"%-{run}")
        assert found == {name: number for name, number in expected.items() if number}

    property_holds()
    engine.dispose()


@pytest.mark.slow
def test_what_many_kiosks_gathered_over_a_bad_line(engine: Engine) -> None:
    """90 days of kiosks, at length 25, shuffled, half of the deliveries again: nothing lost or counted twice."""
    random = Random(5)
    kiosks = 25 if LONG and engine.dialect.name == "sqlite" else 2
    ledger: Counter[str] = Counter()
    deliveries: list[tuple[str, list[Row]]] = []
    for kiosk in (f"hall-{number}" for number in range(kiosks)):
        rows = [rating(number, TODAY - timedelta(days=number % 90)) for number in range(1, 3_801)]
        for number in range(1, 101):
            hour = HOUR - timedelta(hours=number)
            snapshots = [counts(number * 2 + step, hour, visit=number + step) for step in range(2)]
            ledger["visit"] += number + 1
            rows += snapshots
        random.shuffle(rows)
        batches = [rows[start : start + 1_000] for start in range(0, len(rows), 1_000)]
        deliveries += [(kiosk, batch) for batch in batches + random.choices(batches, k=2)]
    random.shuffle(deliveries)
    kept = 0
    for kiosk, batch in deliveries:
        received = deliver(engine, *batch, kiosk=kiosk)
        assert received.refused == ()
        kept += received.kept
    with engine.connect() as connection:
        stored = connection.scalar(select(func.count()).select_from(report))
        hours = connection.scalar(select(func.count()).select_from(hourly))
    assert (stored, hours) == (kiosks * 3_800, kiosks * 100)
    assert totals(engine) == ledger
    assert kept <= kiosks * 4_000
