"""The box's memory, `state.db`: what it has already seen, so that nothing older is ever accepted.

python-tuf compares versions with its cached metadata only, and an empty cache makes it accept an older
repository. The marks here stand apart from that cache. A mark belongs to the keys under which it was made:
when a new root gives a role other keys, its mark starts again, so that a county can recover from a stolen key
that was used to sign an absurdly high version. The newest signed time is kept likewise, under the keys of the
timestamp: this box's clock may stand still or be set back, but it is never believed to be earlier.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sync.errors import Untrusted
from sync.sealed import changing, copy, opened

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
        """Raises Unstorable."""
        self._path, self._connection = path, opened(path)

    def close(self) -> None:
        """Close the file; what changed goes into its spare as well."""
        changed = self._connection.total_changes
        self._connection.close()
        if changed:
            copy(self._path)

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

    def _changing(self) -> AbstractContextManager[sqlite3.Connection]:
        return changing(self._connection, self._path)


def _begin(connection: sqlite3.Connection, trial: Trial | None) -> None:
    connection.execute("DELETE FROM probation")
    if trial:
        began = trial.began.isoformat()
        connection.execute("INSERT INTO probation VALUES (?, ?, ?)", (trial.digest, began, trial.visits))
