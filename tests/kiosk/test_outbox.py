"""The outbox: what was put is there, once and in order; nothing that happens to the file stops the kiosk."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalog.fleet import Delivered, delivered_path
from catalog.outbox import (
    KIND_OF,
    SCHEMA,
    Answers,
    Call,
    Counts,
    NotFound,
    Opinion,
    Rating,
    outbox_path,
    read_rows,
)
from catalog.text import encode
from kiosk.outbox import SET_ASIDE, Outbox

HOUR = datetime(2026, 11, 22, 9, tzinfo=UTC)
RATING = Rating(day=date(2026, 11, 22), survey="r", edition=3, about="service/x", answers={"overall": (1,)})
ANSWERS = Answers(
    day=date(2026, 11, 22), survey="s", edition=3, answers={"q1": ("self", "company"), "q2": (5,)}
)
CALL = Call(call="c", state="asked", at=HOUR)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(outbox_path(tmp_path))


def kept(tmp_path: Path) -> list[object]:
    return [row.value() for row in read_rows(outbox_path(tmp_path), {})]


def lost(tmp_path: Path) -> dict[str, int]:
    with sqlite3.connect(outbox_path(tmp_path)) as file:
        return {kind: number for kind, number in file.execute("SELECT kind, lost FROM line") if number}


def test_nothing_is_opened_before_the_first_row(outbox: Outbox, tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []
    assert outbox.put(CALL)
    outbox.close()
    assert list(tmp_path.iterdir()) == [outbox_path(tmp_path)]


def test_rows_are_read_as_they_were_put(outbox: Outbox, tmp_path: Path) -> None:
    values: list[Opinion | Call] = [RATING, ANSWERS, CALL]
    assert all(outbox.put(value) for value in values)
    assert outbox.add(HOUR, {"page/home": 2})
    assert kept(tmp_path) == [*values, Counts(hour=HOUR, counts={"page/home": 2})]


def test_a_row_is_on_the_disk_before_put_returns(outbox: Outbox) -> None:
    outbox.put(RATING)
    connection = outbox._connection
    assert connection is not None
    assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not connection.in_transaction


def test_sequences_grow_within_a_kind_and_say_nothing_of_others(outbox: Outbox, tmp_path: Path) -> None:
    for value in (RATING, CALL, RATING, ANSWERS, CALL, RATING):
        outbox.put(value)
    rows = read_rows(outbox_path(tmp_path), {})
    assert [(row.kind, row.sequence) for row in rows] == [
        *(("rating", n) for n in (1, 2, 3)),
        ("answers", 1),
        *(("call", n) for n in (1, 2)),
    ]
    assert len({row.id for row in rows}) == 6
    assert [
        row.sequence for row in read_rows(outbox_path(tmp_path), {"rating": 2, "answers": 1, "call": 2})
    ] == [3]
    assert len(read_rows(outbox_path(tmp_path), {}, most=2)) == 2


def test_counts_of_an_hour_are_one_row_that_grows(outbox: Outbox, tmp_path: Path) -> None:
    outbox.add(HOUR, {"page/home": 2, "page/service": 1})
    outbox.close()
    outbox.add(HOUR, {"page/home": 3})
    outbox.add(HOUR + timedelta(hours=1), {"page/home": 1})
    rows = read_rows(outbox_path(tmp_path), {})
    assert [row.value() for row in rows] == [
        Counts(hour=HOUR, counts={"page/home": 5, "page/service": 1}),
        Counts(hour=HOUR + timedelta(hours=1), counts={"page/home": 1}),
    ]
    assert [row.sequence for row in rows] == [2, 3]


def test_words_not_found_are_kept_once_a_day(outbox: Outbox, tmp_path: Path) -> None:
    words = [NotFound(day=day, words="滑雪场") for day in (date(2026, 11, 22), date(2026, 11, 23))]
    assert all(outbox.put_once(one) for one in (*words, *words, words[0]))
    outbox.close()
    assert outbox.put_once(words[0])
    assert kept(tmp_path) == words


def test_words_make_room_after_counts_and_before_calls(tmp_path: Path) -> None:
    outbox = Outbox(outbox_path(tmp_path), most_rows=3)
    outbox.put_once(NotFound(day=date(2026, 11, 22), words="滑雪场"))
    outbox.put(CALL)
    outbox.add(HOUR, {"page/home": 1})
    for left in ({"call", "not_found", "rating"}, {"call", "rating"}):
        assert outbox.put(RATING)
        assert {row.kind for row in read_rows(outbox_path(tmp_path), {})} == left


def test_when_full_the_oldest_counts_go_then_calls_and_never_an_opinion(tmp_path: Path) -> None:
    outbox = Outbox(outbox_path(tmp_path), most_rows=24)
    for hour in range(20):
        outbox.add(HOUR + timedelta(hours=hour), {"page/home": 1})
    for _ in range(4):
        outbox.put(CALL)
    said = [outbox.put(RATING) for _ in range(26)]
    assert said == [True] * 24 + [False] * 2
    rows = read_rows(outbox_path(tmp_path), {})
    assert {row.kind for row in rows} == {"rating"}
    assert lost(tmp_path) == {"counts": 20, "call": 4}
    outbox.close()
    assert not outbox.put(CALL)


def test_what_the_county_has_makes_room_for_what_it_has_not(tmp_path: Path) -> None:
    outbox = Outbox(outbox_path(tmp_path), most_rows=4)
    assert all(outbox.put(RATING) for _ in range(4))
    assert not outbox.put(ANSWERS)
    with sqlite3.connect(outbox_path(tmp_path)) as file:
        (number,) = file.execute("PRAGMA user_version").fetchone()
    for other in (number + 1, number):
        told = Delivered(outbox=other, sequences={"rating": 3, "counts": 9})
        delivered_path(tmp_path).write_bytes(encode(told))
        assert outbox.put(ANSWERS) == (other == number)
    assert kept(tmp_path) == [RATING, ANSWERS]
    assert lost(tmp_path) == {}


def test_dropped_rows_leave_their_sequence_unused(tmp_path: Path) -> None:
    outbox = Outbox(outbox_path(tmp_path), most_rows=1)
    for hour in range(3):
        outbox.add(HOUR + timedelta(hours=hour), {"page/home": 1})
    assert [row.sequence for row in read_rows(outbox_path(tmp_path), {})] == [3]


def test_a_file_as_large_as_it_may_be_gives_up_counts_for_a_rating(tmp_path: Path) -> None:
    outbox = Outbox(outbox_path(tmp_path), most_bytes=40 * 4096)
    many = {f"record/service/{number}": number for number in range(300)}
    hour = HOUR
    while not lost(tmp_path) if outbox.add(hour, many) else pytest.fail("counts make room for counts"):
        hour += timedelta(hours=1)
    long = Rating(
        day=RATING.day, survey="r", edition=1, answers={"q": tuple(f"value {n}" for n in range(500))}
    )
    assert all(outbox.put(long) for _ in range(5))
    assert outbox_path(tmp_path).stat().st_size <= 40 * 4096
    assert lost(tmp_path)["counts"] >= 1


@pytest.mark.parametrize(
    "damage", [b"not a database at all, but text" * 40, b"SQLite format 3\0" + bytes(5000)]
)
def test_a_broken_file_is_set_aside(outbox: Outbox, tmp_path: Path, damage: bytes) -> None:
    outbox_path(tmp_path).write_bytes(damage)
    (tmp_path / "outbox.db-journal").write_bytes(b"old")
    assert outbox.put(RATING)
    assert kept(tmp_path) == [RATING]
    assert (tmp_path / "outbox-broken-1.db").read_bytes() == damage


def test_a_file_with_other_tables_is_set_aside(outbox: Outbox, tmp_path: Path) -> None:
    with sqlite3.connect(outbox_path(tmp_path)) as file:
        file.execute("CREATE TABLE row (something TEXT)")
    assert outbox.put(RATING)
    assert kept(tmp_path) == [RATING]


def test_broken_files_do_not_pile_up(outbox: Outbox, tmp_path: Path) -> None:
    for _ in range(SET_ASIDE + 2):
        outbox.close()
        outbox_path(tmp_path).write_bytes(b"broken" * 200)
        assert outbox.put(RATING)
    assert len(list(tmp_path.glob("outbox-broken-*"))) == SET_ASIDE


def test_each_file_has_a_number_of_its_own(tmp_path: Path) -> None:
    numbers = set()
    for name in ("a.db", "b.db"):
        for _ in range(2):
            Outbox(tmp_path / name).put(RATING)
            with sqlite3.connect(tmp_path / name) as file:
                numbers.add(file.execute("PRAGMA user_version").fetchone()[0])
    assert len(numbers) == 2
    assert 0 not in numbers


def test_a_folder_that_is_not_there_or_not_ours_is_no_failure(tmp_path: Path) -> None:
    assert not Outbox(tmp_path / "nowhere" / "outbox.db").put(RATING)
    (tmp_path / "outbox.db").mkdir()
    assert not Outbox(outbox_path(tmp_path)).put(RATING)
    assert not Outbox(outbox_path(tmp_path)).add(HOUR, {"page/home": 1})


def test_a_full_disk_is_said_and_the_next_row_tried_again() -> None:
    """/dev/full answers every write with ENOSPC; a database cannot even be begun there."""
    assert not Outbox(Path("/dev/full")).put(RATING)


def test_a_file_in_use_is_said(outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.outbox.PATIENCE", 0)
    outbox.put(RATING)
    outbox.close()
    with sqlite3.connect(outbox_path(tmp_path), isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not outbox.put(RATING)
        other.execute("ROLLBACK")
    assert outbox.put(RATING)
    assert len(kept(tmp_path)) == 2


@cache
def healthy() -> bytes:
    """The bytes of an outbox with a row of each kind. No fixture, as examples are told with all that they get."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "outbox.db"
        outbox = Outbox(path)
        for value in (RATING, ANSWERS, CALL):
            outbox.put(value)
        outbox.close()
        return path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=40))
@example(places=[(4062, 128)])
@example(places=[(3901, 65)])
def test_whatever_happened_to_the_file_what_is_put_can_be_read(
    tmp_path: Path, places: list[tuple[int, int]]
) -> None:
    damaged = bytearray(healthy())
    for place, value in places:
        damaged[place % len(damaged)] = value
    outbox_path(tmp_path).write_bytes(damaged)
    outbox = Outbox(outbox_path(tmp_path))
    put = outbox.put(Rating(day=RATING.day, survey="late", edition=9, answers={}))
    outbox.close()
    if put:
        assert any(b'"late"' in row.body for row in read_rows(outbox_path(tmp_path), {}))


@pytest.mark.parametrize("damage", ["body = 7", "sequence = 'x'", "id = x'00'"])
def test_a_row_that_damage_made_something_else_is_left_out(tmp_path: Path, damage: str) -> None:
    outbox_path(tmp_path).write_bytes(healthy())
    with closing(sqlite3.connect(outbox_path(tmp_path), isolation_level=None)) as other:
        other.execute(f"UPDATE row SET {damage} WHERE kind = 'answers'")
    assert [row.kind for row in read_rows(outbox_path(tmp_path), {})] == ["rating", "call"]


def test_nothing_in_the_file_can_hold_a_person(outbox: Outbox, tmp_path: Path) -> None:
    """Every column and every field of a row is named here; a new one has to be thought about."""
    fields = {kind: sorted(struct.__struct_fields__) for struct, kind in KIND_OF.items()}
    assert fields == {
        "rating": ["about", "answers", "day", "edition", "survey"],
        "answers": ["about", "answers", "day", "edition", "survey"],
        "call": ["at", "call", "state"],
        "not_found": ["day", "words"],
        "counts": ["counts", "hour"],
    }
    assert SCHEMA.count("CREATE TABLE") == 2
    outbox.put(RATING)
    with sqlite3.connect(outbox_path(tmp_path)) as file:
        columns = [column[1] for column in file.execute("PRAGMA table_info(row)")]
    assert columns == ["id", "kind", "sequence", "body"]


def test_ids_do_not_tell_the_order(outbox: Outbox, tmp_path: Path) -> None:
    for _ in range(20):
        outbox.put(RATING)
    ids = [row.id for row in read_rows(outbox_path(tmp_path), {})]
    assert any(one > other for one, other in pairwise(ids))
    assert {one[12] for one in ids} == {"4"}


def test_what_was_dropped_does_not_stay_in_the_file(outbox: Outbox, tmp_path: Path) -> None:
    outbox.add(HOUR, {"record/service/planted-before": 1})
    with sqlite3.connect(outbox_path(tmp_path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() != (0,)
    connection = outbox._connection
    assert connection is not None
    with connection:
        connection.execute("DELETE FROM row")
    outbox.close()
    assert b"planted-before" not in outbox_path(tmp_path).read_bytes()
