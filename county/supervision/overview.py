"""Everything that supervision says about the county at a moment, computed once for each state of it.

The checks over a whole catalogue take a second or more, so what was computed is kept until something changes.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select

from catalog.checks.check import check
from catalog.findings import Finding
from catalog.records import DisclosureItem
from county.clock import local
from county.database.supervision import publication, supervision_rules
from county.database.tables import edition, revision
from county.supervision.completeness import Completeness, completeness
from county.supervision.coverage import Row, by_field, by_organisation
from county.supervision.entries import Entry, entries, tally, unrecorded
from county.supervision.faults import Fault, faults
from county.supervision.freshness import Aged, ages
from county.supervision.ground import Ground, read_ground
from county.supervision.indicators import Indicator, indicators
from county.supervision.timeliness import State

T = TypeVar("T")

KEPT = 2
"""So many states are kept."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the pages and reports show."""

    ground: Ground
    entries: tuple[Entry, ...]
    states: Mapping[State, int]
    unrecorded: int
    ages: tuple[Aged, ...]
    faults: tuple[Fault, ...]
    organisations: tuple[Row, ...]
    fields: tuple[Row, ...]
    completeness: Completeness
    indicators: tuple[Indicator, ...]


Stamp = tuple[str, date, tuple[int, ...]]


class Overviews:
    """Overviews by the state of the database that they were computed from; for all threads of a server.

    What the checks found depends on the approved texts alone, so entering a publication does not run them again.
    """

    def __init__(self) -> None:
        self._overviews: OrderedDict[Stamp, Overview] = OrderedDict()
        self._findings: OrderedDict[Stamp, Sequence[Finding]] = OrderedDict()
        self._lock = Lock()

    def latest(self, engine: Engine, now: datetime, *, compute: bool) -> Overview | None:
        """The overview computed last for this database, whatever changed since; else a new one, or None."""
        for (where, day, _), found in reversed(list(self._overviews.items())):
            if where == str(engine.url) and day == local(now).date():
                return found
        return self.get(engine, now) if compute else None

    def get(self, engine: Engine, now: datetime) -> Overview:
        """The overview at `now`. Whoever comes while it is computed waits for it."""
        with engine.connect() as connection:
            texts, entered = _stamps(connection, now)
        with self._lock:
            found = self._overviews.get(entered)
            if found is None:
                with engine.connect() as connection:
                    ground = read_ground(connection, now)
                if texts not in self._findings:
                    _keep(self._findings, texts, check(list(ground.records.values()), ground.today))
                found = overview(ground, self._findings[texts])
                _keep(self._overviews, entered, found)
        return found


OVERVIEWS = Overviews()
"""Those of this process."""


def overview(ground: Ground, findings: Sequence[Finding]) -> Overview:
    """Everything there is to say, with what the checks found. Pure."""
    entered = entries(ground)
    aged = ages(ground)
    faulty = faults(ground, findings, aged, entered)
    return Overview(
        ground=ground,
        entries=entered,
        states=tally(entered),
        unrecorded=len(unrecorded(ground)),
        ages=aged,
        faults=faulty,
        organisations=by_organisation(ground, entered, faulty),
        fields=by_field(ground, entered, faulty),
        completeness=completeness(ground.of(DisclosureItem)),
        indicators=indicators(list(ground.records.values())),
    )


def _keep(kept: OrderedDict[Stamp, T], stamp: Stamp, value: T) -> None:
    kept[stamp] = value
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _stamps(connection: Connection, now: datetime) -> tuple[Stamp, Stamp]:
    """What the findings and what the rest depends on: database, day, and how far each table has come."""
    texts = (select(func.count()).where(revision.c.state == "approved"),)
    rest = (
        select(func.max(publication.c.number)),
        select(func.count(publication.c.voided_at)),
        select(func.max(supervision_rules.c.number)),
        select(func.count()).where(edition.c.state == "published"),
    )
    where, day = str(connection.engine.url), local(now).date()
    first = tuple(connection.scalar(query) or 0 for query in texts)
    return (where, day, first), (where, day, first + tuple(connection.scalar(query) or 0 for query in rest))
