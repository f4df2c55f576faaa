"""What people type and have not saved yet, and who has which record open. Functions that write: inside `writing`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, and_, delete, insert, select, update

from catalog.text import encode
from county.accounts.people import find_person
from county.database.editing import presence, unsaved_form
from county.editing.tree import Tree, fold, unfold

HEARD = timedelta(seconds=45)
"""How long somebody counts as editing after being heard of; the page says so every fifteen seconds."""

KEPT = timedelta(days=30)
"""How long a form that nobody saved is kept."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form as it was typed over revision `based_on`, last kept at `at`."""

    tree: Tree
    based_on: int
    at: datetime


def keep(
    connection: Connection, name: str, kind: str, record_id: str, tree: Tree, based_on: int, now: datetime
) -> None:
    """Keep a form that is being typed, in place of what was kept before."""
    connection.execute(delete(unsaved_form).where(unsaved_form.c.at < now - KEPT))
    form = encode(list(fold(tree))).decode()
    _put(
        connection,
        unsaved_form,
        {"person": name, "kind": kind, "record": record_id},
        form=form,
        based_on=based_on,
        at=now,
    )


def kept(connection: Connection, name: str, kind: str, record_id: str) -> Unsaved | None:
    """What this person typed into this form and did not save."""
    mine = (unsaved_form.c.person == name, unsaved_form.c.kind == kind, unsaved_form.c.record == record_id)
    row = connection.execute(select(unsaved_form).where(*mine)).first()
    return None if row is None else Unsaved(unfold(_pairs(row.form)), row.based_on, row.at)


def _pairs(form: str) -> list[tuple[str, str]]:
    return msgspec.json.decode(form, type=list[tuple[str, str]])


def appear(connection: Connection, name: str, kind: str, record_id: str, now: datetime) -> None:
    """Say that this person has the record open."""
    connection.execute(delete(presence).where(presence.c.seen < now - HEARD))
    _put(connection, presence, {"person": name, "kind": kind, "record": record_id}, seen=now)


def leave(connection: Connection, name: str, kind: str, record_id: str) -> None:
    """Say that this person closed the record."""
    mine = (presence.c.person == name, presence.c.kind == kind, presence.c.record == record_id)
    connection.execute(delete(presence).where(*mine))


def others(connection: Connection, name: str, kind: str, record_id: str, now: datetime) -> list[str]:
    """The display names of the others who have the record open."""
    rows = connection.scalars(
        select(presence.c.person)
        .where(
            presence.c.kind == kind,
            presence.c.record == record_id,
            presence.c.person != name,
            presence.c.seen >= now - HEARD,
        )
        .order_by(presence.c.person)
    )
    found = [(row, find_person(connection, row)) for row in rows]
    return [someone.display_name if someone else row for row, someone in found]


def _put(connection: Connection, table: Table, key: dict[str, Any], **values: Any) -> None:
    changed = connection.execute(
        update(table).where(and_(*(table.c[name] == value for name, value in key.items()))).values(**values)
    )
    if not changed.rowcount:
        connection.execute(insert(table).values(**key, **values))
