"""The box's memory, `state.db`: what it has already seen, so that nothing older is ever accepted.

python-tuf compares versions with its cached metadata only, and an empty cache makes it accept an older
repository. The marks here stand apart from that cache. A mark belongs to the keys under which it was made:
when a new root gives a role other keys, its mark starts again, so that a county can recover from a stolen key
that was used to sign an absurdly high version. The newest signed time is kept likewise, under the keys of the
timestamp: this box's clock may stand still or be set back, but it is never believed to be earlier.

A seal over all rows shows what decayed, a number as well as a text. What changed is kept in a spare as well, which
takes the place of a damaged file.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from catalog import durable
from catalog.text import digest, encode
from sync import memory
from sync.errors import Untrusted, unstorable

_SCHEMA = f"""
BEGIN IMMEDIATE;
COMMIT;
{memory.SCHEMA}
PRAGMA synchronous = EXTRA;
CREATE TABLE IF NOT EXISTS mark (role TEXT PRIMARY KEY, keys TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS history (edition INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS moment (name TEXT PRIMARY KEY, at TEXT NOT NULL, keys TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS probation (digest TEXT PRIMARY KEY, began TEXT NOT NULL, visits INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rejected (digest TEXT PRIMARY KEY, program INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS seal (one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL);
"""
"""Begins by finding out whether the file can be written."""
_SEALED = ("mark", "history", "moment", "probation", "rejected")
_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
SPARE = "state.db.spare"
MomentName = Literal["issued", "scrubbed"]
NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """The highest version seen of a role under these keys."""

    role: str
    keys: str
    version: int


@dataclass(frozen=True, slots=True)
class Trial:
    """An edition on probation: since when, and how many visits the kiosk had counted then."""

    digest: str
    began: datetime
    visits: int


class Marks:
    """High-water marks, moments, the editions that were active, and those that failed at this kiosk."""

    def __init__(self, path: Path) -> None:
        """Raises Unstorable. A damaged file is put aside as `state.db.damaged`, and the spare takes its place."""
        self._path, self._spare = path, path.with_name(SPARE)
        try:
            self._connection = _recovered(path, self._spare)
        except (sqlite3.Error, OSError) as error:
            raise unstorable(error, path) from error

    def close(self) -> None:
        """Close the file, and copy what changed; a disk without room for that has it at the next change."""
        changed = self._connection.total_changes
        self._connection.close()
        if changed or not self._spare.exists():
            with suppress(OSError):
                durable.replace(self._spare, self._path.read_bytes())

    def raise_to(self, seen: Iterable[Mark]) -> None:
        """Remember what was seen. Raises Untrusted, and remembers nothing, when any of it is older."""
        with self._changing() as connection:
            for mark in seen:
                row = connection.execute(
                    "SELECT keys, version FROM mark WHERE role = ?", (mark.role,)
                ).fetchone()
                if row == (mark.keys, mark.version):
                    continue
                if row and row[0] == mark.keys and row[1] > mark.version:
                    raise Untrusted(
                        f"rollback: {mark.role} went back from version {row[1]} to {mark.version}", "rollback"
                    )
                connection.execute(
                    "INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", (mark.role, mark.keys, mark.version)
                )

    def newest(self) -> int:
        """The highest edition number seen; 0 at first."""
        with self._changing() as connection:
            row = connection.execute("SELECT version FROM mark WHERE role = 'edition'").fetchone()
        return int(row[0]) if row else 0

    def moment(self, name: MomentName) -> datetime:
        """The newest time that was signed, or when everything was last gone through; NEVER at first."""
        with self._changing() as connection:
            row = connection.execute("SELECT at FROM moment WHERE name = ?", (name,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else NEVER

    def remember(self, name: MomentName, at: datetime, keys: str = "") -> None:
        """Change a moment."""
        with self._changing() as connection:
            connection.execute("INSERT OR REPLACE INTO moment VALUES (?, ?, ?)", (name, at.isoformat(), keys))

    def keep_time_of(self, keys: str) -> None:
        """Forget a time that was signed with other keys of the timestamp: they may have been stolen."""
        with self._changing() as connection:
            connection.execute("DELETE FROM moment WHERE name = 'issued' AND keys <> ?", (keys,))

    def history(self) -> list[tuple[int, str]]:
        """(edition, digest) of the editions that were made active, newest first."""
        with self._changing() as connection:
            return connection.execute("SELECT edition, digest FROM history ORDER BY edition DESC").fetchall()

    def activated(self, edition: int, trial: Trial) -> None:
        """Remember an edition as the newest one, on probation. Those before the previous one are forgotten."""
        with self._changing() as connection:
            connection.execute("INSERT OR REPLACE INTO history VALUES (?, ?)", (edition, trial.digest))
            connection.execute(
                "DELETE FROM history WHERE edition NOT IN "
                "(SELECT edition FROM history ORDER BY edition DESC LIMIT 2)"
            )
            _begin(connection, trial)

    def trial(self) -> Trial | None:
        """The edition on probation, if one is."""
        with self._changing() as connection:
            row = connection.execute("SELECT digest, began, visits FROM probation").fetchone()
        return Trial(row[0], datetime.fromisoformat(row[1]), row[2]) if row else None

    def begin(self, trial: Trial | None) -> None:
        """Put an edition on probation, or none."""
        with self._changing() as connection:
            _begin(connection, trial)

    def reject(self, digest: str, program: int) -> None:
        """The edition failed at this kiosk with this version of the program: never take it again with it."""
        with self._changing() as connection:
            connection.execute("INSERT OR REPLACE INTO rejected VALUES (?, ?)", (digest, program))
            connection.execute("DELETE FROM history WHERE digest = ?", (digest,))
            _begin(connection, None)

    def rejected(self, program: int) -> frozenset[str]:
        """The digests of editions that failed with this version of the program."""
        with self._changing() as connection:
            rows = connection.execute("SELECT digest FROM rejected WHERE program = ?", (program,))
            return frozenset(row[0] for row in rows)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        before = self._connection.total_changes
        try:
            with self._connection as connection:
                yield connection
                if connection.total_changes > before:
                    connection.execute("INSERT OR REPLACE INTO seal VALUES (1, ?)", (_seal(connection),))
        except sqlite3.Error as error:
            raise unstorable(error, self._path) from error


def _begin(connection: sqlite3.Connection, trial: Trial | None) -> None:
    connection.execute("DELETE FROM probation")
    if trial:
        began = trial.began.isoformat()
        connection.execute("INSERT INTO probation VALUES (?, ?, ?)", (trial.digest, began, trial.visits))


def _recovered(path: Path, spare: Path, tries: int = 2) -> sqlite3.Connection:
    """The file; its spare where it is gone or damaged; a new one where both are. Raises sqlite3.Error, OSError."""
    if spare.exists() and not path.exists():
        os.replace(spare, path)
    try:
        return _opened(path, spare.exists())
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


def _opened(path: Path, known: bool) -> sqlite3.Connection:
    """The file, sealed. One without a seal is a new one, unless it is `known` that there was one before."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        if not known:
            with connection:
                connection.execute("INSERT OR IGNORE INTO seal VALUES (1, ?)", (_seal(connection),))
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        seals = connection.execute("SELECT digest FROM seal").fetchall()
        if verdict != "ok" or _TABLES - _tables(connection) or seals != [(_seal(connection),)]:
            raise sqlite3.DatabaseError(verdict)
    except BaseException:
        connection.close()
        raise
    return connection


def _seal(connection: sqlite3.Connection) -> str:
    """The digest of all rows, which shows what SQLite's own check does not: a bit that decayed inside one."""
    rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in _SEALED}
    return digest(encode({name: found for name, found in rows.items() if found}))


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}


with closing(sqlite3.connect(":memory:")) as empty:
    empty.executescript(_SCHEMA)
    _TABLES = _tables(empty)
