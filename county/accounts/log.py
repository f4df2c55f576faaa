"""Reading the audit log: a part of it at a time, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, Select, select

from county.audit import Entry
from county.clock import local
from county.database.tables import audit


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of a person, of an action, from a day to a day in the server's time zone. Empty means all."""

    person: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None

    def query(self) -> Select[tuple[Entry]]:
        """The entries, newest first."""
        query = select(audit).order_by(audit.c.number.desc())
        if self.person:
            query = query.where(audit.c.person == self.person)
        if self.action:
            query = query.where(audit.c.action == self.action)
        if self.first:
            query = query.where(audit.c.at >= _midnight(self.first))
        if self.last:
            query = query.where(audit.c.at < _midnight(self.last + timedelta(days=1)))
        return query


def page(connection: Connection, wanted: Wanted, before: int | None, size: int) -> list[Entry]:
    """At most `size` entries, older than the one numbered `before`."""
    query = wanted.query().limit(size)
    if before is not None:
        query = query.where(audit.c.number < before)
    return [Entry(**row) for row in connection.execute(query).mappings()]


def all_entries(connection: Connection, wanted: Wanted) -> Iterator[Entry]:
    """Every entry that is wanted."""
    with connection.execute(wanted.query(), execution_options={"yield_per": 1000}) as rows:
        for row in rows.mappings():
            yield Entry(**row)


def people_and_actions(connection: Connection) -> tuple[list[str], list[str]]:
    """Who and what the log speaks of."""
    people = connection.scalars(select(audit.c.person).distinct().order_by(audit.c.person))
    actions = connection.scalars(select(audit.c.action).distinct().order_by(audit.c.action))
    return list(people), list(actions)


def _midnight(day: date) -> str:
    """The beginning of the day as the log writes moments."""
    return local(datetime.combine(day, time())).astimezone(UTC).isoformat()
