"""What the records are called that kiosks counted, drafts and withdrawn ones too."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from catalog.records import KIND_OF, Record
from catalog.text import decode_record
from county.database.editing import record_summary
from county.database.tables import revision

R = TypeVar("R", bound=Record)


def titles(connection: Connection, kind: str) -> Mapping[str, str]:
    """Id → title of every record of a kind."""
    rows = connection.execute(
        select(record_summary.c.record, record_summary.c.title).where(record_summary.c.kind == kind)
    )
    return {row.record: row.title for row in rows}


def title(connection: Connection) -> Callable[[str, str], str]:
    """Kind and id → title, or the id of what is not known."""
    known: dict[str, Mapping[str, str]] = {}

    def found(kind: str, record_id: str) -> str:
        if kind not in known:
            known[kind] = titles(connection, kind)
        return known[kind].get(record_id, record_id)

    return found


def offices(connection: Connection) -> Mapping[str, str]:
    """Id of a service → id of the office that provides it."""
    rows = connection.execute(
        select(record_summary.c.record, record_summary.c.organisations).where(
            record_summary.c.kind == "service"
        )
    )
    return {row.record: row.organisations.split()[0] for row in rows if row.organisations.strip()}


def texts(connection: Connection, record_type: type[R]) -> Mapping[str, R]:
    """Id → newest text of every record of a type that is not withdrawn."""
    kind = KIND_OF[record_type]
    rows = connection.scalars(
        select(revision.c.body)
        .join(record_summary, record_summary.c.current == revision.c.number)
        .where(record_summary.c.kind == kind, revision.c.body.is_not(None))
    )
    records: Sequence[Record] = [decode_record(kind, body) for body in rows if body is not None]
    return {record.id: record for record in records if isinstance(record, record_type)}
