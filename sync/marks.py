"""The box's memory of what it has already seen, so that nothing older is ever accepted.

python-tuf compares versions with its cached metadata only, and an empty cache makes it accept an older
repository. The marks here stand apart from that cache. A mark belongs to the keys under which it was made:
when a new root gives a role other keys, its mark starts again, so that a county can recover from a stolen key
that was used to sign an absurdly high version.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.errors import Unstorable, Untrusted

_SCHEMA = """
PRAGMA synchronous = EXTRA;
CREATE TABLE IF NOT EXISTS mark (role TEXT PRIMARY KEY, keys TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS history (edition INTEGER PRIMARY KEY, digest TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """The highest version seen of a role under these keys."""

    role: str
    keys: str
    version: int


class Marks:
    """The high-water marks and the editions that were active, in `state.db`."""

    def __init__(self, path: Path) -> None:
        """Raises Unstorable. A damaged file is put aside as `state.db.damaged` and begun anew."""
        self._path = path
        try:
            self._connection = _opened(path)
        except sqlite3.OperationalError as error:
            raise Unstorable(f"{path}: {error}") from error
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
                    raise Untrusted(f"{mark.role} went back from version {row[1]} to {mark.version}")
                connection.execute(
                    "INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", (mark.role, mark.keys, mark.version)
                )

    def history(self) -> list[tuple[int, str]]:
        """(edition, digest) of the editions that were made active, newest first."""
        with self._changing() as connection:
            return connection.execute("SELECT edition, digest FROM history ORDER BY edition DESC").fetchall()

    def activated(self, edition: int, digest: str) -> None:
        """Remember an edition as the newest one. Those before the previous one are forgotten."""
        with self._changing() as connection:
            connection.execute("INSERT OR REPLACE INTO history VALUES (?, ?)", (edition, digest))
            connection.execute(
                "DELETE FROM history WHERE edition NOT IN "
                "(SELECT edition FROM history ORDER BY edition DESC LIMIT 2)"
            )

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._connection:
                yield self._connection
        except sqlite3.Error as error:
            raise Unstorable(f"{self._path}: {error}") from error


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
