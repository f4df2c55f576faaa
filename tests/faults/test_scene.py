"""Control of all fault tests: each promise that a box breaks is noticed."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from catalog.box import active_path
from catalog.outbox import outbox_path
from tests.faults.scene import Scene


def _cut_store(state: Path) -> None:
    """I1."""
    (path,) = state.glob("editions/*.db")
    path.write_bytes(path.read_bytes()[:-4096])


def _lose_pointer(state: Path) -> None:
    """I1."""
    active_path(state).unlink()


def _lose_row(state: Path) -> None:
    """I3."""
    with closing(sqlite3.connect(outbox_path(state))) as file, file:
        file.execute("DELETE FROM row WHERE sequence = 1")


def _leave_file(state: Path) -> None:
    """I5."""
    (state / "left-over.tmp").touch()


def _block_sync(state: Path) -> None:
    """I6."""
    shutil.rmtree(state / "objects")
    (state / "objects").touch()


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (_cut_store, "malformed"),
        (_lose_pointer, "no pointer"),
        (_lose_row, "4 rows of 5"),
        (_leave_file, "left-over.tmp"),
        (_block_sync, "Not a directory"),
    ],
)
def test_a_broken_promise_is_noticed(
    scene: Scene, tmp_path: Path, breaks: Callable[[Path], None], words: str
) -> None:
    state = scene.box(tmp_path / "box")
    breaks(state)
    with pytest.raises(Exception, match=words):
        scene.check_all(state)


def test_a_number_that_fell_is_noticed(scene: Scene, tmp_path: Path) -> None:
    """I2."""
    with pytest.raises(AssertionError, match="edition 1 after 2"):
        scene.check(scene.box(tmp_path / "box"), least=2)


def test_a_whole_box_passes(scene: Scene, tmp_path: Path) -> None:
    assert scene.check_all(scene.box(tmp_path / "box")) == 1
