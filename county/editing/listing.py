"""The list of records: found, filtered, sorted and paged in the database, without reading a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from county.database.editing import record_finding, record_summary

State = Literal["", "draft", "submitted", "returned", "approved", "withdrawn"]
Level = Literal["", "error", "warning", "info", "none"]
SORTS = ("updated", "-updated", "title", "-title", "kind", "-kind", "state", "-state")
"""Orders of a list; `-` is falling."""

PAGE = 20
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is listed; empty means all. `q` are words sought in title, id and other names. Pages count from 1."""

    kind: str = ""
    q: str = ""
    organisation: str = ""
    area: str = ""
    state: State = ""
    level: Level = ""
    mine: str = ""
    sort: str = "-updated"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A record in the list. `errors` and `warnings` count what the last check of the county said."""

    kind: str
    id: str
    title: str
    state: str
    withdrawn: bool
    published: bool
    organisations: tuple[str, ...]
    area: str
    author: str
    updated: datetime
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of lines. `total` counts the lines of all pages."""

    lines: tuple[Line, ...]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find_records(connection: Connection, wanted: Wanted) -> Listing:
    """The records that are wanted."""
    conditions = _conditions(wanted)
    total = connection.scalar(select(func.count()).select_from(record_summary).where(*conditions)) or 0
    page = min(max(wanted.page, 1), MOST_PAGES)
    rows = connection.execute(
        select(record_summary)
        .where(*conditions)
        .order_by(*_order(wanted.sort))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    counts = _counts(connection, [(row.kind, row.record) for row in rows])
    return Listing(tuple(_line(row, counts.get((row.kind, row.record), {})) for row in rows), total)


def counted(connection: Connection, organisation: str = "") -> dict[str, int]:
    """Kind → how many records there are, of one organisation or of all."""
    mine = [_belongs(organisation)] if organisation else []
    rows = connection.execute(
        select(record_summary.c.kind, func.count()).where(*mine).group_by(record_summary.c.kind)
    )
    return dict(rows.all())


def titles(connection: Connection, kinds: Sequence[str]) -> dict[str, str]:
    """Id → title of every record of these kinds."""
    rows = connection.execute(
        select(record_summary.c.record, record_summary.c.title)
        .where(record_summary.c.kind.in_(kinds), record_summary.c.withdrawn.is_(False))
        .order_by(record_summary.c.title)
    )
    return dict(rows.all())


def titles_of(connection: Connection, kinds: Sequence[str], ids: Sequence[str]) -> dict[str, str]:
    """Id → title of these records, as far as they are there."""
    rows = connection.execute(
        select(record_summary.c.record, record_summary.c.title).where(
            record_summary.c.kind.in_(kinds), record_summary.c.record.in_(ids)
        )
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that a reference may be set to."""

    kind: str
    id: str
    title: str


def offers(connection: Connection, kinds: Sequence[str], q: str, most: int = 20) -> list[Offer]:
    """Records of these kinds that fit the words, those whose title begins with them first."""
    title = record_summary.c.title
    begins = case((func.lower(title).startswith(q.strip().lower(), autoescape=True), 0), else_=1)
    rows = connection.execute(
        select(record_summary.c.kind, record_summary.c.record, title)
        .where(record_summary.c.kind.in_(kinds), record_summary.c.withdrawn.is_(False), *_sought(q))
        .order_by(begins, func.length(title), title)
        .limit(most)
    )
    return [Offer(*row) for row in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    table = record_summary.c
    found: list[ColumnElement[bool]] = list(_sought(wanted.q))
    if wanted.kind:
        found.append(table.kind == wanted.kind)
    if wanted.organisation:
        found.append(_belongs(wanted.organisation))
    if wanted.area:
        found.append(table.area == wanted.area)
    if wanted.mine:
        found.append(table.author == wanted.mine)
    if wanted.state == "withdrawn":
        found.append(and_(table.withdrawn, table.state == "approved"))
    elif wanted.state:
        found.append(table.state == wanted.state)
        if wanted.state == "approved":
            found.append(table.withdrawn.is_(False))
    if wanted.level:
        found.append(_level(wanted.level))
    return found


def _sought(q: str) -> list[ColumnElement[bool]]:
    words = q.lower().split()[:8]
    return [record_summary.c.words.contains(word, autoescape=True) for word in words]


def _belongs(organisation: str) -> ColumnElement[bool]:
    return record_summary.c.organisations.contains(f" {organisation} ", autoescape=True)


def _level(level: Level) -> ColumnElement[bool]:
    said = and_(
        record_finding.c.kind == record_summary.c.kind, record_finding.c.record == record_summary.c.record
    )
    if level == "none":
        serious = or_(record_finding.c.severity == "error", record_finding.c.severity == "warning")
        return ~exists().where(said, serious)
    return exists().where(said, record_finding.c.severity == level)


def _order(sort: str) -> list[ColumnElement[Any]]:
    """All columns in one direction, as in the index, which so gives a page without sorting."""
    known = sort if sort in SORTS else SORTS[1]
    columns = [record_summary.c[name] for name in (known.removeprefix("-"), "kind", "record")]
    return [column.desc() if known.startswith("-") else column.asc() for column in columns]


def _counts(connection: Connection, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
    ids = [record for _, record in keys]
    rows = connection.execute(
        select(record_finding.c.kind, record_finding.c.record, record_finding.c.severity, func.count())
        .where(record_finding.c.record.in_(ids), record_finding.c.record != "")
        .group_by(record_finding.c.kind, record_finding.c.record, record_finding.c.severity)
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for kind, record, severity, number in rows:
        found.setdefault((kind, record), {})[severity] = number
    return found


def _line(row: Any, counts: dict[str, int]) -> Line:
    return Line(
        kind=row.kind,
        id=row.record,
        title=row.title,
        state=row.state,
        withdrawn=row.withdrawn,
        published=row.published is not None,
        organisations=tuple(row.organisations.split()),
        area=row.area,
        author=row.author,
        updated=row.updated,
        errors=counts.get("error", 0),
        warnings=counts.get("warning", 0),
    )
