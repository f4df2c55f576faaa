"""The file `state.db`, in which the box keeps what must not be lost or changed: marks, and its talk with the county.

A seal over all rows shows what decayed, a number as well as a text, of which SQLite's own check knows nothing. A
damaged file is put aside as `state.db.damaged`, and its spare takes its place.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from catalog import durable
from catalog.text import digest, encode
from sync.errors import unstorable

_SCHEMA = """
BEGIN IMMEDIATE;
COMMIT;
PRAGMA synchronous = EXTRA;
CREATE TABLE IF NOT EXISTS mark (role TEXT PRIMARY KEY, keys TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS history (edition INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS moment (name TEXT PRIMARY KEY, at TEXT NOT NULL, keys TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS probation (digest TEXT PRIMARY KEY, began TEXT NOT NULL, visits INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rejected (digest TEXT PRIMARY KEY, program INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS delivered (
    outbox INTEGER, kind TEXT, sequence INTEGER NOT NULL, PRIMARY KEY (outbox, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS request (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS seal (one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL);
"""
"""Begins by finding out whether the file can be written."""
_SEALED = ("mark", "history", "moment", "probation", "rejected", "delivered", "request")
_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def spare_of(path: Path) -> Path:
    """Where the copy is that takes the file's place."""
    return path.with_name(path.name + ".spare")


def opened(path: Path) -> sqlite3.Connection:
    """The file; its spare where it is gone or damaged; a new one where both are. Raises Unstorable."""
    try:
        connection = _recovered(path, spare_of(path))
    except (sqlite3.Error, OSError) as error:
        raise unstorable(error, path) from error
    if not spare_of(path).exists():
        copy(path)
    return connection


def copy(path: Path) -> None:
    """Make the spare what the file is. On a disk without room for that it stays what it was."""
    with suppress(OSError):
        durable.replace(spare_of(path), path.read_bytes())


@contextmanager
def changing(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction, sealed when it changes anything. Raises Unstorable."""
    before = connection.total_changes
    try:
        with connection:
            yield connection
            if connection.total_changes > before:
                connection.execute("INSERT OR REPLACE INTO seal VALUES (1, ?)", (_seal(connection),))
    except sqlite3.Error as error:
        raise unstorable(error, path) from error


def _recovered(path: Path, spare: Path, tries: int = 2) -> sqlite3.Connection:
    if spare.exists() and not path.exists():
        os.replace(spare, path)
    try:
        return _checked(path, spare.exists())
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if not tries or not _is_damage(error, path):
            raise
    path.replace(path.with_name(path.name + ".damaged"))
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    return _recovered(path, spare, tries - 1)


def _is_damage(error: Exception, path: Path) -> bool:
    """Whether it is the file that is at fault, not the disk. Python cannot read every message of SQLite about one."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in _DAMAGE or (code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK))


def _checked(path: Path, known: bool) -> sqlite3.Connection:
    """The file, sealed. One without a seal is a new one, unless it is `known` that there was one before."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        if not known:
            with connection:
                connection.execute("INSERT OR IGNORE INTO seal VALUES (1, ?)", (_seal(connection),))
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        seals = connection.execute("SELECT digest FROM seal").fetchall()
        if verdict != "ok" or _expected() - _tables(connection) or seals != [(_seal(connection),)]:
            raise sqlite3.DatabaseError(verdict)
    except BaseException:
        connection.close()
        raise
    return connection


def _seal(connection: sqlite3.Connection) -> str:
    """The digest of all rows, which shows what SQLite's own check does not: a bit that decayed inside one."""
    rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in _SEALED}
    return digest(encode({name: found for name, found in rows.items() if found}))


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}


@cache
def _expected() -> frozenset[str]:
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(_SCHEMA)
        return frozenset(_tables(empty))
