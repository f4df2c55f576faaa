"""What the pages of records share: who edits, what the address says, and names for ids."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException
from starlette.requests import Request

from catalog.records import RECORD_TYPES, Record
from county.accounts.roles import Role
from county.clock import local
from county.database.accounts import person as person_table
from county.database.editing import record_summary
from county.editing.difference import Reader, referred
from county.editing.drafting import Editor
from county.editing.fields import form_of
from county.web.admin.shell import desk, person
from county.web.admin.words import Words

READERS: tuple[Role, ...] = ("clerk", "reviewer", "approver", "supervisor")
WRITERS: tuple[Role, ...] = ("clerk",)

CODED = frozenset({"flow"})
"""Kinds that have an editor of their own."""


@dataclass(frozen=True, slots=True)
class Address:
    """The record that a page is about."""

    kind: str
    id: str

    def url(self, below: str = "", **query: object) -> str:
        """The address of one of its pages."""
        path = f"/admin/records/{self.kind}/{quote(self.id)}"
        return (f"{path}/{below}" if below else path) + (f"?{urlencode(query)}" if query else "")


def address(request: Request) -> Address:
    """The record of the request's path. Raises HTTPException 404 for an unknown kind."""
    kind, record_id = request.path_params["kind"], request.path_params["id"]
    if kind not in RECORD_TYPES or len(record_id) > 96:
        raise HTTPException(404)
    return Address(kind, record_id)


def editor(request: Request) -> Editor:
    """Whoever sent the request, as an editor of records."""
    who, settings = person(request), desk(request).settings
    coordinator = bool(who.organisation) and who.organisation in settings.coordinators
    return Editor(who.name, who.organisation, coordinator, coordinator or who.has("supervisor"))


def number_in(request: Request, name: str) -> int:
    """A revision's number in the query; 0 when there is none."""
    return number_of(request.query_params.get(name, ""))


def number_of(text: object) -> int:
    """A number of at most 15 digits; 0 for anything else."""
    given = str(text)
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def names_of(connection: Connection, names: Iterable[str]) -> Mapping[str, str]:
    """The display names of people, by name; of those who have no account, their name."""
    asked = set(names)
    rows = connection.execute(
        select(person_table.c.name, person_table.c.display_name).where(person_table.c.name.in_(asked))
    )
    found = {row.name: row.display_name or row.name for row in rows}
    return {name: found.get(name, name) for name in asked}


def titles_by_id(connection: Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """The titles of records by id, whatever their kind."""
    table = record_summary.c
    known = (table.kind.in_(tuple(RECORD_TYPES)), table.record.in_(set(ids)))  # the kinds, for the index
    rows = connection.execute(select(table.record, table.title).where(*known))
    return {row.record: row.title for row in rows}


def reader_of(connection: Connection, say: Words, kind: str, *texts: Record | None) -> Reader:
    """Says what differs between these texts of a record, with the titles of what they refer to."""
    return Reader(say, titles_by_id(connection, referred(kind, *texts)))


def field_label(kind: str, path: str, say: Words) -> str:
    """What the form calls a field such as `evidence[2].title`; a part that no form has keeps its name."""
    parts, labels = form_of(kind), list[str]()
    for name, place in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
        found = next((one for one in parts if one.name == name), None)
        label = say(f"fields.{found.words}") if found else name
        labels.append(f"{label} {int(place) + 1}" if place else label)
        parts = (found.parts or (found.item.parts if found.item else ())) if found else ()
    return " · ".join(labels)


def at_local(clock: Callable[[], datetime]) -> datetime:
    """The present in the county's time."""
    return local(clock())


def when(moment: datetime | None) -> str:
    """A moment in the county's time, to the minute."""
    return "" if moment is None else f"{local(moment):%Y-%m-%d %H:%M}"
