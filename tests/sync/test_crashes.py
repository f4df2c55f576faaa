"""A crash or a full disk at any system call that changes a file, then a healthy pull."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

from catalog.box import read_active
from sync.errors import Unstorable
from sync.marks import Marks
from tests.sync.conftest import Box
from tests.sync.double import services

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
        "UPDATE probation SET began = '?'",
        "UPDATE mark SET keys = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_memory_with_a_text_that_decayed_is_put_aside(box: Box, decay: str) -> None:
    """SQLite's own check says ok of it."""
    box.county.publish(services(2))
    box.pull()
    with closing(sqlite3.connect(box.state / "state.db")) as file, file:
        file.execute("INSERT OR REPLACE INTO moment VALUES ('scrubbed', '2026-11-22T00:00:00+00:00', '')")
        file.execute(decay)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    box.county.publish(services(3))
    assert box.pull().edition == box.check() == 2
    assert (box.state / "state.db.damaged").exists()


def test_a_lost_or_damaged_pointer_is_made_again(box: Box) -> None:
    box.county.publish(services(2))
    box.pull()
    (box.state / "active.json").write_bytes(b"{")
    assert box.pull().objects == 0
    assert box.check() == 1
