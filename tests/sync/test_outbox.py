"""What sync does with an outbox file that a power cut left half written."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from catalog.outbox import SCHEMA, outbox_path, read_rows
from sync.memory import Memory
from sync.outbox import is_waiting

CUT_SHORT = """
import os, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("BEGIN IMMEDIATE")
for number in range(200):
    file.execute("INSERT INTO row VALUES (?, 'rating', ?, zeroblob(5000))", (f"x{number}", 1000 + number))
os._exit(0)
"""


def _written(state: Path) -> Path:
    """An outbox with one row."""
    path = outbox_path(state)
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(SCHEMA)
        file.execute("INSERT INTO row VALUES ('a', 'rating', 1, x'7b7d')")
    return path


def _is_waiting(state: Path) -> bool:
    with closing(Memory(state / "state.db")) as memory:
        return is_waiting(state, memory)


def test_what_was_left_half_written_is_undone_and_the_rest_delivered(tmp_path: Path) -> None:
    """Control: whoever may only read cannot read it."""
    path = _written(tmp_path)
    subprocess.run([sys.executable, "-c", CUT_SHORT, str(path)], check=True)
    with pytest.raises(sqlite3.OperationalError):
        read_rows(path, {})
    assert _is_waiting(tmp_path)
    assert [row.id for row in read_rows(path, {})] == ["a"]
    assert not path.with_name(f"{path.name}-journal").exists()


def test_what_the_kiosk_is_writing_stays_the_kiosks(tmp_path: Path) -> None:
    """Sync sees the last finished state and takes nothing out of the kiosk's hands."""
    path = _written(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as kiosk:
        kiosk.execute("BEGIN IMMEDIATE")
        kiosk.execute("DELETE FROM row")
        assert _is_waiting(tmp_path)
        kiosk.execute("COMMIT")
    assert not _is_waiting(tmp_path)


def test_no_outbox_is_made(tmp_path: Path) -> None:
    assert not _is_waiting(tmp_path)
    assert not outbox_path(tmp_path).exists()


def test_an_outbox_that_decayed_waits_for_the_kiosk(tmp_path: Path) -> None:
    """SQLite says so in words that Python cannot read; sync goes on."""
    path = outbox_path(tmp_path)
    with closing(sqlite3.connect(path)) as file:
        file.executescript(SCHEMA)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"CREATE TABLE row", b"CREATE \xd4ABLE row"))
    assert path.read_bytes() != whole
    with closing(Memory(tmp_path / "state.db")) as memory:
        assert not is_waiting(tmp_path, memory)
