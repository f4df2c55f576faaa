"""The box's memory, `state.db`: what it has already seen, so that nothing older is ever accepted.

python-tuf compares versions with its cached metadata only, and an empty cache makes it accept an older
repository. The marks here stand apart from that cache. A mark belongs to the keys under which it was made:
when a new root gives a role other keys, its mark starts again, so that a county can recover from a stolen key
that was used to sign an absurdly high version. The newest signed time is kept likewise, under the keys of the
timestamp: this box's clock may stand still or be set back, but it is never believed to be earlier.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sync.errors import Untrusted, unstorable

_SCHEMA = """
PRAGMA synchronous = EXTRA;
CREATE TABLE IF NOT EXISTS mark (role TEXT PRIMARY KEY, keys TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS history (edition INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS moment (name TEXT PRIMARY KEY, at TEXT NOT NULL, keys TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS probation (digest TEXT PRIMARY KEY, began TEXT NOT NULL, visits INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rejected (digest TEXT PRIMARY KEY, program INTEGER NOT NULL);
"""
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
        """Raises Unstorable. A damaged file is put aside as `state.db.damaged` and begun anew."""
        self._path = path
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError as error:
            raise unstorable(error, path) from error
        except sqlite3.DatabaseError:
            path.replace(path.with_name(path.name + ".damaged"))
            self._connection = _opened(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def raise_to(self, seen: Iterable[Mark]) -> None:
        """Remember what was seen. Raises Untrusted, and remembers nothing, when any of it is older."""
        with self._changing() as connection:
            for mark in seen:
                row = connection.execute(
                    "SELECT keys, version FROM mark WHERE role = ?", (mark.role,)
                ).fetchone()
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
        try:
            with self._connection:
                yield self._connection
        except sqlite3.Error as error:
            raise unstorable(error, self._path) from error


def _begin(connection: sqlite3.Connection, trial: Trial | None) -> None:
    connection.execute("DELETE FROM probation")
    if trial:
        began = trial.began.isoformat()
        connection.execute("INSERT INTO probation VALUES (?, ?, ?)", (trial.digest, began, trial.visits))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok" or not _is_ours(connection):
            raise sqlite3.DatabaseError(verdict)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether every text is one that this program writes: SQLite does not notice a bit that decayed inside one."""
    digests = "SELECT digest FROM history UNION ALL SELECT digest FROM probation UNION ALL SELECT digest FROM rejected"
    try:
        connection.execute("SELECT role, keys, version FROM mark").fetchall()
        times = connection.execute("SELECT at FROM moment UNION ALL SELECT began FROM probation").fetchall()
        return all(datetime.fromisoformat(at).tzinfo for (at,) in times) and all(
            re.fullmatch("[0-9a-f]{64}", digest) for (digest,) in connection.execute(digests)
        )
    except (sqlite3.OperationalError, ValueError, TypeError):
        return False
