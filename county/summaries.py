"""A line per record, so that lists are filtered, sorted and paged without reading any text.

The line tells of the record's newest revision that was not replaced. It is written in the transaction that writes
the revision; a trigger makes it follow a change of state.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, delete, func, insert, or_, select

from catalog.offices import Offices
from catalog.records import DisclosureItem, PublicOrganisation, PublicService
from catalog.text import decode_record
from county.belonging import owners
from county.database.editing import record_summary
from county.database.tables import revision
from county.difference import title_of

Key = tuple[str, str]
"""Kind and id of a record."""

_NAMING = ("disclosure", "policy", "bulletin", "participation", "emergency_plan")
"""The kinds whose offices are found by the names in their texts."""

_CHUNK = 300


def renew(connection: Connection, keys: Iterable[Key] | None = None) -> None:
    """Write the lines of the records `keys` anew, or of all. To be called inside `writing`."""
    wanted = list(dict.fromkeys(_all(connection) if keys is None else keys))
    if any(kind == "organisation" for kind, _ in wanted):
        wanted += _named_in_words(connection, set(wanted))
    offices = _offices(connection)
    for start in range(0, len(wanted), _CHUNK):
        _write(connection, wanted[start : start + _CHUNK], offices)


def _all(connection: Connection) -> list[Key]:
    rows = connection.execute(select(revision.c.kind, revision.c.record).distinct())
    return [(row.kind, row.record) for row in rows]


def _named_in_words(connection: Connection, besides: set[Key]) -> list[Key]:
    """Records whose offices are found by name, which a change of an office's name touches."""
    rows = connection.execute(
        select(record_summary.c.kind, record_summary.c.record).where(record_summary.c.kind.in_(_NAMING))
    )
    return [(row.kind, row.record) for row in rows if (row.kind, row.record) not in besides]


def _offices(connection: Connection) -> Offices:
    rows = connection.execute(_current([("organisation", None)]))
    texts = (decode_record(row.kind, row.text) for row in rows if row.text is not None)
    return Offices(text for text in texts if isinstance(text, PublicOrganisation))


def _write(connection: Connection, keys: Sequence[Key], offices: Offices) -> None:
    """Replace the lines of `keys`. A record of which nothing is left but replaced drafts has none."""
    connection.execute(delete(record_summary).where(_among(record_summary, keys)))
    lines = [_line(row, offices) for row in connection.execute(_current(keys))]
    if lines:
        connection.execute(insert(record_summary), lines)


def _line(row: Row[Any], offices: Offices) -> dict[str, Any]:
    record = decode_record(row.kind, row.text) if row.text is not None else None
    title = row.record if record is None else title_of(record)
    belongs_to = [] if record is None else sorted(owners(record, offices))
    aliases = getattr(record, "aliases", ())
    return {
        "kind": row.kind,
        "record": row.record,
        "current": row.number,
        "state": row.state,
        "withdrawn": row.body is None,
        "published": row.published,
        "title": title,
        "organisations": f" {' '.join(belongs_to)} ",
        "area": record.field if isinstance(record, DisclosureItem | PublicService) else "",
        "words": "\n".join((title, row.record, *aliases)).lower(),
        "author": row.author,
        "updated": row.created,
    }


def _current(keys: Sequence[tuple[str, str | None]]) -> Select[Any]:
    """The newest revisions that were not replaced; `text` is the newest there is, also of a record withdrawn since.

    `published` is the newest approved revision, NULL when that withdrew the record.
    """
    kept = revision.c.state != "replaced"
    newest = (
        select(
            func.max(revision.c.number).label("number"),
            func.max(revision.c.number).filter(revision.c.body.is_not(None)).label("text"),
            func.max(revision.c.number).filter(revision.c.state == "approved").label("published"),
        )
        .where(kept, _among(revision, keys))
        .group_by(revision.c.kind, revision.c.record)
        .subquery()
    )
    text = revision.alias()
    return (
        select(revision, text.c.body.label("text"), newest.c.published)
        .join(newest, newest.c.number == revision.c.number)
        .outerjoin(text, text.c.number == newest.c.text)
    )


def _among(table: Table, keys: Sequence[tuple[str, str | None]]) -> ColumnElement[bool]:
    """The rows of these records; an id None means all of the kind."""
    groups: dict[str, list[str | None]] = {}
    for kind, record in keys:
        groups.setdefault(kind, []).append(record)
    return or_(
        *(
            table.c.kind == kind
            if None in records
            else and_(table.c.kind == kind, table.c.record.in_(records))
            for kind, records in groups.items()
        )
    )
