"""A crash or a full disk at any system call that changes a file, then a healthy pull."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

from catalog.box import read_active
from catalog.outbox import Row
from sync.errors import Unstorable, Untrusted
from sync.marks import Marks
from sync.memory import Memory
from sync.sealed import spare_of
from tests.sync.conftest import Box
from tests.sync.double import NOW, services

CALLS = ("replace", "fsync", "unlink", "open", "mkdir", "symlink")


class Crash(BaseException):
    """Nothing in the program catches this, as nothing can catch a power cut."""


FAILURES = pytest.mark.parametrize(
    "error", [Crash, lambda: OSError(ENOSPC, "No space left on device")], ids=["crash", "full"]
)


def _fail_at(monkeypatch: pytest.MonkeyPatch, step: int, error: Callable[[], BaseException]) -> list[str]:
    """Raise at the `step`th call that changes a file; returns the growing list of calls."""
    made: list[str] = []

    def failing(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*arguments: Any, **options: Any) -> Any:
            made.append(name)
            if len(made) == step:
                raise error()
            return call(*arguments, **options)

        return wrapper

    for name in CALLS:
        monkeypatch.setattr(os, name, failing(name, getattr(os, name)))
    monkeypatch.setattr(Path, "open", failing("Path.open", Path.open))
    monkeypatch.setattr(Marks, "activated", failing("activated", Marks.activated))
    return made


def _behind(folder: Path) -> Box:
    box = Box(folder)
    box.county.publish(services(10))
    box.pull()
    box.county.rotate("timestamp")
    box.county.publish(services(10, phone="0951-2000000"))
    return box


def _copy(box: Box, folder: Path) -> Box:
    shutil.copytree(box.state, folder, symlinks=True)
    return Box(folder, box.county)


@pytest.mark.slow
@FAILURES
def test_after_a_failure_at_any_step_the_box_is_whole_and_the_next_pull_succeeds(
    tmp_path: Path, error: Callable[[], BaseException]
) -> None:
    behind = _behind(tmp_path / "behind")
    baseline = _copy(behind, tmp_path / "healthy")
    baseline.pull()
    step, made = 0, [""]
    while len(made) > step - 1:
        step += 1
        box = _copy(behind, tmp_path / f"box-{step}")
        with pytest.MonkeyPatch.context() as monkeypatch:
            made = _fail_at(monkeypatch, step, error)
            with suppress(Crash, Unstorable):
                box.pull()
        reached = box.check()
        assert reached in (1, 2)
        assert box.pull().edition == 2
        assert box.check() == 2
        assert box.files() == baseline.files()
    assert step > 20


@pytest.mark.slow
@FAILURES
def test_a_first_pull_that_fails_at_any_step_is_made_good(
    tmp_path: Path, error: Callable[[], BaseException]
) -> None:
    step, made = 0, [""]
    while len(made) > step - 1:
        step += 1
        box = Box(tmp_path / f"box-{step}")
        box.state.mkdir()
        box.county.publish(services(2))
        with pytest.MonkeyPatch.context() as monkeypatch:
            made = _fail_at(monkeypatch, step, error)
            with suppress(Crash, Unstorable):
                box.pull()
        assert read_active(box.state) is None or box.check() == 1
        assert box.pull().edition == 1
        assert box.check() == 1


def test_the_database_on_a_full_disk_is_no_fault_of_the_county(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.county.publish(services(2))

    def full(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("catalog.search.index.build", full)
    with pytest.raises(Unstorable, match="full"):
        box.pull()


def test_too_little_space_is_said_before_anything_is_built(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.county.publish(services(2))
    monkeypatch.setattr("tests.sync.conftest.RESERVE", 1 << 60)
    with pytest.raises(Unstorable, match="free space"):
        box.pull()
    assert not (box.state / "editions").exists()


def test_a_damaged_memory_is_put_aside_and_the_pointer_still_counts(box: Box) -> None:
    box.county.publish(services(2))
    box.pull()
    (box.state / "state.db").write_bytes(b"no database at all, not even a bit of one" * 100)
    assert box.pull().edition == 1
    assert (box.state / "state.db.damaged").exists()
    assert box.check() == 1


@pytest.mark.parametrize(
    "decay",
    [
        "UPDATE history SET digest = upper(digest)",
        "UPDATE history SET digest = CAST(x'ff' || substr(digest, 2) AS TEXT)",
        "UPDATE moment SET at = replace(at, '-', '?')",
        "UPDATE mark SET keys = CAST(x'ff' AS TEXT)",
        "UPDATE mark SET version = version + 64",
        "UPDATE delivered SET sequence = sequence + 64",
        "UPDATE request SET number = number + 1",
        "UPDATE seal SET digest = ''",
        "DELETE FROM seal",
        "ALTER TABLE mark RENAME COLUMN role TO rolf",
        "ALTER TABLE request RENAME COLUMN number TO numbes",
    ],
)
def test_a_memory_that_decayed_is_replaced_by_its_spare(box: Box, decay: str) -> None:
    """SQLite's own check says ok of it."""
    box.county.publish(services(2))
    box.pull()
    with closing(Memory(box.state / "state.db")) as memory:
        memory.next_number(5)
        memory.acknowledge(7, [Row("id", "call", 3, b"")])
    with closing(Marks(box.state / "state.db")) as marks:
        marks.remember("scrubbed", NOW)
    known = _marks(box)
    with closing(sqlite3.connect(box.state / "state.db")) as file, file:
        assert file.execute(decay).rowcount
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert _marks(box) == known
    assert (box.state / "state.db.damaged").exists()
    box.county.publish(services(3))
    assert box.pull().edition == box.check() == 2


def test_a_memory_with_any_byte_changed_is_replaced_by_its_spare(box: Box) -> None:
    """Every byte of its header, and a few hundred of the others."""
    box.county.publish(services(2))
    box.pull()
    known, path = _marks(box), box.state / "state.db"
    whole, chance = path.read_bytes(), random.Random(5)
    written = [place for place, byte in enumerate(whole) if byte and place >= 100]
    for place in [*range(100), *chance.sample(written, 200)]:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert _marks(box) == known, place
        assert spare_of(path).read_bytes()[100:] == whole[100:], place


def _marks(box: Box) -> list[object]:
    with closing(Marks(box.state / "state.db")) as marks:
        return [marks.newest(), marks.history(), marks.trial(), marks.moment("scrubbed"), marks.rejected(1)]


@pytest.mark.parametrize("spare", [True, False])
def test_a_box_that_lost_its_memory_takes_nothing_older(box: Box, spare: bool) -> None:
    """Nor does it call an older state of the county confirmed, when the cached metadata is gone as well."""
    box.county.publish(services(2))
    older = box.county.at_this_moment()
    box.county.publish(services(3))
    box.pull()
    shutil.rmtree(box.state / "metadata")
    known = _marks(box)
    (box.state / "state.db").write_bytes(b"")
    if spare:
        assert _marks(box) == known
    else:
        spare_of(box.state / "state.db").unlink()
    with pytest.raises(Untrusted, match="rollback"):
        box.pull(older)
    assert box.check() == 2
    box.county.publish(services(4))
    assert box.pull().edition == 3


@pytest.mark.parametrize("change", [b'"edition":2', b'"edition":0'])
def test_a_pointer_with_another_number_is_made_again(box: Box, change: bytes) -> None:
    """It would keep every edition out that the county makes until then."""
    box.county.publish(services(2))
    box.pull()
    pointer = box.state / "active.json"
    pointer.write_bytes(pointer.read_bytes().replace(b'"edition":1', change))
    box.pull()
    assert box.check() == 1
    box.county.publish(services(3))
    assert box.pull().edition == box.check() == 2


def test_a_lost_or_damaged_pointer_is_made_again(box: Box) -> None:
    box.county.publish(services(2))
    box.pull()
    (box.state / "active.json").write_bytes(b"{")
    assert box.pull().objects == 0
    assert box.check() == 1
