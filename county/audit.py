"""The audit log: append-only, each entry's hash covering the one before it.

Its newest hash is signed into every edition, so a log that was rewritten afterwards shows.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from catalog.text import digest, encode
from county.database.tables import audit

START = "0" * 64
"""What stands before the first entry."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log. `detail` is canonical JSON."""

    number: int
    at: str
    person: str
    action: str
    detail: str
    previous: str
    hash: str


def append(connection: Connection, person: str, action: str, now: datetime, **detail: Any) -> None:
    """Log that `person` did `action`. To be called inside `writing`."""
    last = connection.execute(
        select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    ).first()
    number, previous = (1, START) if last is None else (last.number + 1, last.hash)
    entry = {
        "number": number,
        "at": now.astimezone(UTC).isoformat(),
        "person": person,
        "action": action,
        "detail": encode(detail).decode(),
        "previous": previous,
    }
    connection.execute(insert(audit).values(**entry, hash=digest(encode(entry))))


def head(connection: Connection) -> str:
    """The newest entry's hash."""
    return connection.scalar(select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)) or START


def entries(connection: Connection) -> list[Entry]:
    """The whole log, oldest first."""
    rows = connection.execute(select(audit).order_by(audit.c.number)).mappings()
    return [Entry(**row) for row in rows]


def hash_of(entry: Entry) -> str:
    """The hash that the entry ought to have."""
    covered = msgspec.structs.asdict(entry)
    covered.pop("hash")
    return digest(encode(covered))
