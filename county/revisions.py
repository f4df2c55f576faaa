"""Revisions of records: the text as it was, is, and may become.

A text is never changed, only followed by another. What is published of a record is its newest approved revision.
Drafts never touch it. An approval is of a content hash: three people give it (county.reviewing), except while the
county is founded. Functions that write are called inside `writing`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Select, and_, func, insert, select, update

from catalog.records import KIND_OF, Record
from catalog.text import content_hash, decode_record, digest, encode_record, kind_of
from county import summaries
from county.database.tables import edition, review, revision
from county.errors import Refused

R = TypeVar("R", bound=Record)

WITHDRAWN = digest(b"")
"""The content hash of a revision that withdraws its record."""

OPEN = ("draft", "submitted")


@dataclass(frozen=True, slots=True)
class Change:
    """What a record shall become; `record` None withdraws it."""

    kind: str
    id: str
    record: Record | None

    @classmethod
    def to(cls, record: Record) -> "Change":
        """The change that makes `record` the text of its kind and id."""
        return cls(kind_of(record), record.id, record)

    @property
    def content_hash(self) -> str:
        """What an approval of this change is bound to."""
        return WITHDRAWN if self.record is None else content_hash(self.record)


def add_drafts(connection: Connection, changes: Sequence[Change], author: str, now: datetime) -> list[int]:
    """Add a draft for each change, replacing the record's open revision. Returns their numbers, in order."""
    if not changes:
        return []
    _replace_open(connection, changes)
    rows = [
        {
            "kind": change.kind,
            "record": change.id,
            "body": None if change.record is None else encode_record(change.record).decode(),
            "content_hash": change.content_hash,
            "state": "draft",
            "author": author,
            "created": now,
        }
        for change in changes
    ]
    added = insert(revision).returning(revision.c.number, sort_by_parameter_order=True)
    numbers = list(connection.scalars(added, rows))
    summaries.renew(connection, ((change.kind, change.id) for change in changes))
    return numbers


def approve_founding(connection: Connection, numbers: Sequence[int], person: str, now: datetime) -> None:
    """Approve drafts without a review, which the database allows until the first edition is published.

    Raises Refused when one is closed or the county is founded.
    """
    if not numbers:
        return
    if founded(connection):
        raise Refused("已发布过版本：内容须经三级审核，不能再直接批准")
    between = revision.c.number.between(min(numbers), max(numbers))
    found = {row.number: row for row in connection.execute(select(revision).where(between))}
    closed = [number for number in numbers if number not in found or found[number].state not in OPEN]
    if closed:
        raise Refused(f"修订 {closed[0]} 不存在或已办结，不能批准")
    reviews = [
        {
            "revision": number,
            "content_hash": found[number].content_hash,
            "step": "import",
            "verdict": "approved",
            "reviewer": person,
            "at": now,
        }
        for number in numbers
    ]
    connection.execute(insert(review), reviews)
    for chunk in _chunks(numbers):
        connection.execute(update(revision).where(revision.c.number.in_(chunk)).values(state="approved"))


def founded(connection: Connection) -> bool:
    """Whether an edition was ever published: from then on every text is reviewed."""
    published = select(edition.c.number).where(edition.c.state == "published").limit(1)
    return connection.scalar(published) is not None


def discard(connection: Connection, number: int) -> None:
    """Close an open revision that nobody wants any more. Raises Refused when it is not open."""
    closed = connection.execute(
        update(revision)
        .where(revision.c.number == number, revision.c.state.in_(OPEN))
        .values(state="replaced")
    )
    if closed.rowcount != 1:
        raise Refused(f"修订 {number} 不存在或已办结")
    named = select(revision.c.kind, revision.c.record).where(revision.c.number == number)
    summaries.renew(connection, [(row.kind, row.record) for row in connection.execute(named)])


def newest_approved() -> Select[tuple[int, str, str, str | None]]:
    """Query for (number, kind, record, body) of every record's newest approved revision, withdrawn ones too."""
    newest = _newest().subquery()
    return select(revision.c.number, revision.c.kind, revision.c.record, revision.c.body).join(
        newest, newest.c.number == revision.c.number
    )


def published(connection: Connection) -> list[Record]:
    """The approved text of every record that is not withdrawn, ordered by kind and id."""
    rows = connection.execute(newest_approved().where(revision.c.body.is_not(None)))
    return _decode((row.kind, row.body) for row in rows)


def latest(connection: Connection) -> list[Record]:
    """As `published`, but an open revision counts in place of the approved one."""
    newest = (
        select(func.max(revision.c.number).label("number"))
        .where(revision.c.state.in_([*OPEN, "approved"]))
        .group_by(revision.c.kind, revision.c.record)
        .subquery()
    )
    rows = connection.execute(
        select(revision.c.kind, revision.c.body)
        .join(newest, newest.c.number == revision.c.number)
        .where(revision.c.body.is_not(None))
    )
    return _decode((row.kind, row.body) for row in rows)


def published_of(connection: Connection, record_type: type[R]) -> list[R]:
    """The approved texts of one kind, ordered by id."""
    rows = connection.execute(
        newest_approved().where(revision.c.body.is_not(None), revision.c.kind == KIND_OF[record_type])
    )
    found = _decode((row.kind, row.body) for row in rows)
    return [record for record in found if isinstance(record, record_type)]


def overtaken(connection: Connection, changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """(kind, id, author) of the open revisions that `changes` would replace."""
    touched = {(change.kind, change.id) for change in changes}
    rows = connection.execute(
        select(revision.c.kind, revision.c.record, revision.c.author).where(revision.c.state.in_(OPEN))
    )
    return [(row.kind, row.record, row.author) for row in rows if (row.kind, row.record) in touched]


def _decode(rows: Iterable[tuple[str, str]]) -> list[Record]:
    records = [(kind, decode_record(kind, body)) for kind, body in rows]
    return [record for _, record in sorted(records, key=lambda item: (item[0], item[1].id))]


def _newest() -> Select[tuple[int]]:
    return (
        select(func.max(revision.c.number).label("number"))
        .where(revision.c.state == "approved")
        .group_by(revision.c.kind, revision.c.record)
    )


def _replace_open(connection: Connection, changes: Sequence[Change]) -> None:
    touched = {(change.kind, change.id) for change in changes}
    here = [revision.c.kind.in_({kind for kind, _ in touched})]
    if len(touched) < 100:
        here.append(revision.c.record.in_({record for _, record in touched}))
    rows = connection.execute(
        select(revision.c.number, revision.c.kind, revision.c.record).where(revision.c.state.in_(OPEN), *here)
    )
    numbers = [row.number for row in rows if (row.kind, row.record) in touched]
    for chunk in _chunks(numbers):
        connection.execute(
            update(revision).where(and_(revision.c.number.in_(chunk))).values(state="replaced")
        )


def _chunks(numbers: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
