"""The store: one edition as a read-only SQLite file, built on the box that reads it.

A store is a pure function of the edition's signed text. Nobody opens a database that came over the network.
It is opened immutable: several processes may read it, none may write it, and it never changes in place.
Reading goes through the standard library's sqlite3 (docs/decisions/0006-store-without-orm.md).
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from catalog.edition import (
    Damaged,
    Manifest,
    ObjectReference,
    decode_manifest,
    logical_digest,
    walk,
)
from catalog.records import KIND_OF, RECORD_TYPES, Record
from catalog.text import decode_record, digest

if TYPE_CHECKING:
    from catalog.search.query import Index

R = TypeVar("R", bound=Record)

_SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE record (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
"""

_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file leads to; of a decayed name Python cannot even read SQLite's message."""


class _Identified(msgspec.Struct):
    id: str


class Store:
    """An open edition. Not thread-safe; close it when done. Every method raises Damaged when the file is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def index(self) -> "Index":
        """Search over the edition."""
        from catalog.search.query import Index  # here, because a start has no time for numbers

        return Index(self._connection)

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open the edition at `path` read-only. Raises Damaged when it is no store."""
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                cached_statements=0,  # a statement that is kept keeps what was searched
            )
            connection.executescript("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        except _UNREADABLE as error:
            raise Damaged(f"{path.name}: {error}") from error
        store = cls(connection)
        try:
            store._meta("manifest")
        except Damaged:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def manifest(self) -> Manifest:
        """The manifest that the store was built from."""
        return decode_manifest(self._meta("manifest"))

    @property
    def edition_digest(self) -> str:
        """SHA-256 of the manifest, in hex."""
        return digest(self._meta("manifest"))

    def get(self, record_type: type[R], record_id: str) -> R | None:
        """The record, or None."""
        kind = KIND_OF[record_type]
        rows = self._rows("SELECT body FROM record WHERE kind = ? AND id = ?", kind, record_id)
        return _decode(record_type, kind, rows[0][0]) if rows else None

    def many(self, record_type: type[R], ids: Iterable[str]) -> list[R]:
        """The records with these ids, in this order; unknown ids are left out."""
        found = (self.get(record_type, record_id) for record_id in ids)
        return [record for record in found if record is not None]

    def all(self, record_type: type[R]) -> list[R]:
        """All records of a type, ordered by id."""
        kind = KIND_OF[record_type]
        rows = self._rows("SELECT body FROM record WHERE kind = ? ORDER BY id", kind)
        return [_decode(record_type, kind, row[0]) for row in rows]

    def keys(self, kinds: Iterable[str]) -> list[tuple[str, str]]:
        """(kind, id) of every record of these kinds, sorted."""
        statement = "SELECT id FROM record WHERE kind = ? ORDER BY id"
        return [(kind, row[0]) for kind in sorted(kinds) for row in self._rows(statement, kind)]

    def lines(self) -> Iterable[tuple[str, str, bytes]]:
        """(kind, id, canonical line) of every record, sorted."""
        return self._connection.execute("SELECT kind, id, body FROM record ORDER BY kind, id")

    def verify(self) -> None:
        """Raises Damaged unless file and content are what the manifest states."""
        try:
            (verdict,) = self._connection.execute("PRAGMA integrity_check").fetchone()
            found = logical_digest(self.lines())
        except _UNREADABLE as error:
            raise Damaged(str(error)) from error
        if verdict != "ok":
            raise Damaged(verdict)
        if found != self.manifest.logical_digest:
            raise Damaged(f"content {found[:12]} differs from the stated {self.manifest.logical_digest[:12]}")

    def _meta(self, key: str) -> bytes:
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        if not rows:
            raise Damaged(f"no {key}")
        value: bytes = rows[0][0]
        return value

    def _rows(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except _UNREADABLE as error:
            raise Damaged(str(error)) from error


def build(path: Path, manifest: bytes, read: Callable[[ObjectReference], bytes]) -> None:
    """Write the store of an edition to a new file. `read` returns an object's checked text.

    The manifest is kept byte for byte, as it was signed; records of kinds this program does not know are kept as well.
    Raises Damaged; the file is then of no use.
    """
    from catalog.search.index import (
        build as build_search,  # the kiosk reads what was built, and starts sooner
    )

    lines = [
        (kind_root.kind, _id_of(line), line)
        for kind_root in decode_manifest(manifest).kinds
        for line in walk(kind_root.root, read)
    ]
    lines.sort()
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO meta VALUES ('manifest', ?)", (manifest,))
        connection.executemany("INSERT INTO record VALUES (?, ?, ?)", lines)
        build_search(connection, _known(lines))
        connection.commit()
        connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise Damaged(str(error)) from error
    finally:
        connection.close()


def _known(lines: Sequence[tuple[str, str, bytes]]) -> list[tuple[str, Record]]:
    return [
        (kind, _decode(RECORD_TYPES[kind], kind, line)) for kind, _, line in lines if kind in RECORD_TYPES
    ]


def _id_of(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=_Identified).id
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"record: {error}") from error


def _decode(record_type: type[R], kind: str, line: bytes) -> R:
    try:
        record = decode_record(kind, line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"{kind}: {error}") from error
    assert isinstance(record, record_type)
    return record
