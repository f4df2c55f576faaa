"""The one file that the kiosk writes: opinions, calls, words not found and counts on their way to the county.

A row that was `put` is on the disk before the visitor is thanked. Nothing that can happen to the file stops the
kiosk: a full disk or a locked file makes `put` say False, a broken file is set aside and a new one begun. The file is
opened when it is first needed, since a start has no time for it.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import msgspec

from catalog.fleet import Delivered, delivered_path
from catalog.outbox import KIND_OF, MOST_BYTES, MOST_ROWS, SCHEMA, Call, Counts, NotFound, Opinion
from catalog.text import encode

PAGE = 4096
PATIENCE = 0.5
"""Seconds that a visitor may wait for sync to stop reading."""

ROOM = 50
"""Rows that go at once when there is no room and the county has none of them yet: the oldest counts, then words, then
calls, never an opinion."""

NOT_OURS = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""What SQLite says of a file that is no database, a damaged one, or one with other tables."""

SET_ASIDE = 3
"""Broken files that are kept for somebody to look at."""

NEXT = "INSERT INTO line VALUES (?, 1, 0) ON CONFLICT (kind) DO UPDATE SET last = last + 1"

Write = Callable[[sqlite3.Connection], None]


class Outbox:
    """The outbox at `path`. `new_id` gives a text that no other row of any kiosk has."""

    def __init__(
        self,
        path: Path,
        most_rows: int = MOST_ROWS,
        most_bytes: int = MOST_BYTES,
        new_id: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._path, self._most_rows, self._most_bytes, self._new_id = path, most_rows, most_bytes, new_id
        self._connection: sqlite3.Connection | None = None

    def put(self, value: Opinion | Call) -> bool:
        """Keep what a visitor said. True when it would survive a power cut from now on."""
        return self._written(lambda to: self._insert(to, self._new_id(), KIND_OF[type(value)], encode(value)))

    def put_once(self, value: NotFound) -> bool:
        """Keep what was not found unless there is such a row. True when there is one from now on."""
        kind, body = KIND_OF[type(value)], encode(value)

        def write(to: sqlite3.Connection) -> None:
            if not to.execute("SELECT 1 FROM row WHERE kind = ? AND body = ?", (kind, body)).fetchone():
                self._insert(to, self._new_id(), kind, body)

        kept = self._written(write)
        self.close()  # an open file keeps pages in memory, and with them the words
        return kept

    def add(self, hour: datetime, counts: Mapping[str, int]) -> bool:
        """Add to the counts of the hour that begins at `hour`. True when they are kept."""
        return self._written(lambda to: self._add(to, hour, counts))

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _written(self, write: Write) -> bool:
        for _ in range(3):
            try:
                with self._open() as connection:
                    write(connection)
                return True
            except sqlite3.Error as error:
                self.close()
                if not self._mended(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF):
                    return False
        return False

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(
                self._path,
                timeout=PATIENCE,
                isolation_level="IMMEDIATE",
                cached_statements=0,  # a statement that is kept keeps what was answered
            )
            self._connection = connection
            if not _sound(connection):
                raise _failed(sqlite3.SQLITE_CORRUPT)
            connection.execute(f"PRAGMA page_size = {PAGE}")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA max_page_count = {self._most_bytes // PAGE}")
            connection.executescript(SCHEMA)
            if connection.execute("PRAGMA user_version").fetchone() == (0,):
                connection.execute(f"PRAGMA user_version = {1 + uuid4().int % 0x7FFFFFFF}")
        return self._connection

    def _insert(self, to: sqlite3.Connection, row_id: str, kind: str, body: bytes) -> None:
        (held,) = to.execute("SELECT count(*) FROM row").fetchone()
        if held >= self._most_rows and not self._make_room(to):
            raise _failed(sqlite3.SQLITE_TOOBIG)
        to.execute(NEXT, (kind,))
        to.execute(
            "INSERT OR REPLACE INTO row (id, kind, sequence, body) SELECT ?, kind, last, ? FROM line WHERE kind = ?",
            (row_id, body, kind),
        )

    def _add(self, to: sqlite3.Connection, hour: datetime, counts: Mapping[str, int]) -> None:
        row_id = hour.isoformat()
        found = to.execute("SELECT body FROM row WHERE id = ?", (row_id,)).fetchone()
        total = dict(_counts(found[0])) if found else {}
        for name, number in counts.items():
            total[name] = total.get(name, 0) + number
        self._insert(to, row_id, "counts", encode(Counts(hour=hour, counts=total)))

    def _mended(self, code: int) -> bool:
        """Whether it is worth trying again."""
        try:
            if code == sqlite3.SQLITE_FULL:
                with self._open() as connection:
                    return self._make_room(connection)
            if code in NOT_OURS:
                self._set_aside()
                return True
        except (sqlite3.Error, OSError):
            self.close()
        return False

    def _make_room(self, connection: sqlite3.Connection) -> bool:
        """Let go of what the county has; when that is nothing, drop what is worth least. False without either."""
        return _let_go(connection, self._path.parent) or _make_room(connection)

    def _set_aside(self) -> None:
        self.close()
        names = [self._path.with_name(f"outbox-broken-{number}.db") for number in range(1, SET_ASIDE + 1)]
        aside = next((name for name in names if not name.exists()), names[-1])
        self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        self._path.replace(aside)


def _counts(body: bytes) -> Mapping[str, int]:
    try:
        return msgspec.json.decode(body, type=Counts).counts
    except msgspec.MsgspecError:
        return {}


def _let_go(connection: sqlite3.Connection, state: Path) -> bool:
    """Remove opinions and calls that were delivered. Counts of an hour go on growing, and words that were not found
    must be known until the day is over, so these stay.
    """
    try:
        known = msgspec.json.decode(delivered_path(state).read_bytes(), type=Delivered)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return False
    if connection.execute("PRAGMA user_version").fetchone() != (known.outbox,):
        return False
    query = "DELETE FROM row WHERE kind = ? AND sequence <= ?"
    gone = [
        connection.execute(query, (kind, known.sequences.get(kind, 0))).rowcount
        for kind in ("rating", "answers", "call")
    ]
    return sum(gone) > 0


def _make_room(connection: sqlite3.Connection) -> bool:
    """Drop the oldest counts, else words that were not found, else calls, and note how many. False without any."""
    for kind in ("counts", "not_found", "call"):
        oldest = "SELECT id FROM row WHERE kind = ? ORDER BY sequence LIMIT ?"
        dropped = connection.execute(f"DELETE FROM row WHERE id IN ({oldest})", (kind, ROOM)).rowcount
        if dropped:
            connection.execute("UPDATE line SET lost = lost + ? WHERE kind = ?", (dropped, kind))
            return True
    return False


def _sound(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except UnicodeDecodeError:  # what SQLite says quotes the damage
        return False


def _failed(code: int) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(f"SQLite error {code}")
    error.sqlite_errorcode = code
    return error
