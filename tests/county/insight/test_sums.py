"""Sums over a year are those of what was delivered, and are read from an index."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event

from catalog.insight import KIOSK_DAYS, large, nameless, shared
from county.insight import counts
from county.insight.window import Window, places
from tests.county.insight.test_pages import deliver
from tests.county.insight.test_receiving import TODAY
from tests.county.insight.test_receiving import counts as counted

KIOSKS = ("east", "hall", "west")
NAMES = (
    *(f"record/service/{name}" for name in ("birth", "Birth", "出生", "a%", "a_b", "a/b", "ￜ", "~", "0")),
    *(
        "record/services/x",
        "record/service",
        "Record/service/birth",
        "record/policy/p",
        "visit",
        "visits",
        "page/home",
    ),
)
Delivered = list[tuple[str, date, str, int]]


@pytest.fixture
def delivered(engine: Engine) -> Delivered:
    """What three kiosks counted on days of a year: (kiosk, day, name, number)."""
    random, told = Random(3), Delivered()
    for number in range(60):
        kiosk, ago = random.choice(KIOSKS), random.randrange(380)
        hour = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC) - timedelta(days=ago)
        given = {name: random.randrange(1, 9) for name in random.sample(NAMES, 8)}
        deliver(engine, f"{kiosk}-{number}", [counted(1, hour, **given)])
        told += [(f"{kiosk}-{number}", hour.date(), name, times) for name, times in given.items()]
    return told


def windows() -> Iterator[Window]:
    year = Window(TODAY - timedelta(days=364), TODAY)
    yield year
    yield Window(TODAY - timedelta(days=200), TODAY - timedelta(days=100))
    yield Window(year.start, year.end, frozenset({"hall-3"}))
    yield Window(year.start, year.end, frozenset(f"hall-{number}" for number in range(60)))
    yield Window(year.start, year.end, frozenset())


def plain(delivered: Delivered, window: Window, prefix: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for kiosk, day, name, times in delivered:
        inside = window.start <= day <= window.end and (window.kiosks is None or kiosk in window.kiosks)
        if inside and name.startswith(prefix):
            found[name.removeprefix(prefix)] += times
    return dict(large(found))


@pytest.mark.parametrize("prefix", ["record/service/", "record/", "visit", "page/", ""])
def test_sums_are_those_of_what_was_delivered(engine: Engine, delivered: Delivered, prefix: str) -> None:
    with engine.connect() as connection:
        for window in windows():
            assert dict(counts.totals(connection, window, prefix)) == plain(delivered, window, prefix)


def test_weeks_add_up(engine: Engine, delivered: Delivered) -> None:
    year = next(windows())
    with engine.connect() as connection:
        for one in counts.looked_up(connection, year, "service"):
            for monday, number in one.weeks.items():
                week = Window(max(monday, year.start), monday + timedelta(days=6))
                assert plain(delivered, week, "record/service/")[one.name] == number


def test_every_kiosk_that_was_heard_can_be_chosen(engine: Engine, delivered: Delivered) -> None:
    with engine.connect() as connection:
        found = {place.value for place in places(connection) if place.kind == "kiosk"}
    assert found == {f"kiosk:{kiosk}" for kiosk, *_ in delivered}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sums_are_read_from_an_index(engine: Engine) -> None:
    """On SQLite; the plan of PostgreSQL follows the table's size."""
    asked: list[tuple[str, Any]] = []
    event.listen(
        engine, "before_cursor_execute", lambda _, __, said, given, *___: asked.append((said, given))
    )
    with engine.connect() as connection:
        for window in list(windows())[::3]:
            counts.totals(connection, window, "record/service/")
        for said, given in [one for one in asked if one[0].startswith("SELECT")]:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given).all()
            assert "COVERING INDEX ix_counted_name_day_kiosk_number (name>? AND name<?)" in plan[0][3]


def test_words_are_shared_as_they_are_read_one_by_one() -> None:
    random, choice = Random(5), ("社保卡", "张三", "夜市", "", "Night  Market", "night market", "跑步机")
    said = [
        (random.choice("abc"), TODAY - timedelta(days=random.randrange(4)), random.choice(choice))
        for _ in range(80)
    ]
    kept = {
        (kiosk, day, words)
        for kiosk, day, words in said
        if words and words == nameless(words, lambda _: True)
    }
    times = Counter(words for _, _, words in kept)
    assert shared(said) == {words: number for words, number in times.items() if number >= KIOSK_DAYS}
    assert "张三" in {words for _, _, words in said}
