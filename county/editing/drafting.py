"""Saving, withdrawing, discarding and taking back drafts, and who may.

A draft is saved over the text that its author saw. When somebody saved another one in between, nothing is written
and Overtaken says which. Functions that write are called inside `writing`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, delete, select

from catalog.offices import Offices
from catalog.records import PublicOrganisation, Record
from catalog.text import content_hash, decode_record, kind_of
from county import audit, revisions
from county.belonging import owners
from county.database.editing import record_summary, unsaved_form
from county.database.tables import revision
from county.errors import Refused
from county.revisions import Change


class Overtaken(Refused):
    """Somebody saved another text since: `current` is its revision."""

    def __init__(self, current: int) -> None:
        super().__init__("这条记录刚刚被别人改过，请先看看有什么不同")
        self.current = current


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits: a name and the organisation whose clerk it is.

    A coordinator edits for every organisation. `common`: also records that belong to none, which are the county's own.
    """

    name: str
    organisation: str
    coordinator: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Current:
    """The newest text of a record that was not replaced. `number` is 0 and `state` empty when there is none.

    `record` is None for a record that is not there, or withdrawn.
    """

    number: int = 0
    state: str = ""
    author: str = ""
    record: Record | None = None
    published: int | None = None
    created: datetime | None = None


def current(connection: Connection, kind: str, record_id: str) -> Current:
    """What a record is now."""
    row = connection.execute(
        select(revision, record_summary.c.published)
        .join(record_summary, record_summary.c.current == revision.c.number)
        .where(record_summary.c.kind == kind, record_summary.c.record == record_id)
    ).first()
    if row is None:
        return Current()
    record = None if row.body is None else decode_record(kind, row.body)
    return Current(row.number, row.state, row.author, record, row.published, row.created)


def text_of(connection: Connection, number: int | None) -> Record | None:
    """The text of a revision; None when it withdraws its record or there is no such revision."""
    row = connection.execute(
        select(revision.c.kind, revision.c.body).where(revision.c.number == number)
    ).first()
    return None if row is None or row.body is None else decode_record(row.kind, row.body)


def newest_text(connection: Connection, kind: str, record_id: str) -> Record | None:
    """The last text that a record had, though it was withdrawn since."""
    body = connection.scalar(
        select(revision.c.body)
        .where(
            revision.c.kind == kind,
            revision.c.record == record_id,
            revision.c.body.is_not(None),
            revision.c.state != "replaced",
        )
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    return None if body is None else decode_record(kind, body)


def offices_of(connection: Connection) -> Offices:
    """The county's offices, with drafts."""
    bodies = connection.scalars(
        select(revision.c.body)
        .join(record_summary, record_summary.c.current == revision.c.number)
        .where(record_summary.c.kind == "organisation", revision.c.body.is_not(None))
    )
    return _offices(tuple(bodies))


@lru_cache(maxsize=4)
def _offices(bodies: tuple[str, ...]) -> Offices:
    """The offices of these texts, which are the same for many pages."""
    texts = (decode_record("organisation", body) for body in bodies)
    return Offices(text for text in texts if isinstance(text, PublicOrganisation))


def check_owner(editor: Editor, texts: Iterable[Record | None], offices: Offices) -> None:
    """Raises Refused when one of the texts belongs to other organisations only."""
    for text in texts:
        if text is not None and not may_edit(editor, owners(text, offices)):
            raise Refused("这条记录不属于您的部门，您不能修改；请联系该部门或政务公开主管部门")


def may_edit(editor: Editor, belongs_to: Collection[str]) -> bool:
    """Whether records of these organisations are the editor's to write."""
    return editor.coordinator or (editor.organisation in belongs_to if belongs_to else editor.common)


def save(connection: Connection, editor: Editor, record: Record, based_on: int, now: datetime) -> int:
    """Save a draft over revision `based_on`, 0 for a new record. Returns the number of the revision that now counts.

    A text that did not change makes no revision. Raises Refused for a record of others and Overtaken.
    """
    kind = kind_of(record)
    now_there = current(connection, kind, record.id)
    if kind == "organisation" and now_there.number == 0:
        if not editor.common:  # an office belongs to itself, but a new one to the county that adds it
            raise Refused("新的机构由政务公开主管部门添加")
    else:
        texts = (record, now_there.record, text_of(connection, now_there.published))
        check_owner(editor, texts, offices_of(connection))
    if now_there.number != based_on:
        raise Overtaken(now_there.number)
    if now_there.record is not None and content_hash(now_there.record) == content_hash(record):
        forget(connection, editor.name, kind, record.id)
        if now_there.state != "returned":
            return now_there.number
    (number,) = revisions.add_drafts(connection, [Change.to(record)], editor.name, now)
    forget(connection, editor.name, kind, record.id)
    audit.append(connection, editor.name, "draft", now, kind=kind, record=record.id, revision=number)
    return number


def withdraw(
    connection: Connection, editor: Editor, kind: str, record_id: str, based_on: int, now: datetime
) -> int:
    """Draft the withdrawal of a published record, for review like any text. Raises Refused and Overtaken."""
    now_there = current(connection, kind, record_id)
    if now_there.number == 0 or now_there.published is None:
        raise Refused("这条记录没有发布过：要去掉它的草稿，请用“放弃草稿”")
    check_owner(editor, (now_there.record, text_of(connection, now_there.published)), offices_of(connection))
    if now_there.number != based_on:
        raise Overtaken(now_there.number)
    if now_there.record is None:
        return now_there.number
    (number,) = revisions.add_drafts(connection, [Change(kind, record_id, None)], editor.name, now)
    audit.append(connection, editor.name, "withdraw", now, kind=kind, record=record_id, revision=number)
    return number


def discard(
    connection: Connection, editor: Editor, kind: str, record_id: str, based_on: int, now: datetime
) -> None:
    """Give a record's open revision up; what was published stays. Raises Refused and Overtaken."""
    now_there = current(connection, kind, record_id)
    check_owner(editor, (now_there.record, text_of(connection, now_there.published)), offices_of(connection))
    if now_there.number != based_on:
        raise Overtaken(now_there.number)
    revisions.discard(connection, now_there.number)
    forget(connection, editor.name, kind, record_id)
    audit.append(connection, editor.name, "discard", now, kind=kind, record=record_id, revision=based_on)


def restore(
    connection: Connection,
    editor: Editor,
    kind: str,
    record_id: str,
    number: int,
    based_on: int,
    now: datetime,
) -> int:
    """Draft the text of an earlier revision of the record again. Raises Refused and Overtaken."""
    record = text_of(connection, number)
    if record is None or (kind_of(record), record.id) != (kind, record_id):
        raise Refused("这个修订没有正文，不能恢复")
    return save(connection, editor, record, based_on, now)


def forget(connection: Connection, name: str, kind: str, record_id: str) -> None:
    """Forget what a person typed and did not save."""
    mine = (unsaved_form.c.person == name, unsaved_form.c.kind == kind, unsaved_form.c.record == record_id)
    connection.execute(delete(unsaved_form).where(*mine))
