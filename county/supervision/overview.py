"""Everything that supervision says about the county at a moment, computed once for each state of it.

The checks over a whole catalogue take a second or more, so what was computed is kept until something changes.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from sqlalchemy import Connection, Engine, func, select

from catalog.checks.check import check
from catalog.records import DisclosureItem
from county.database.supervision import publication, supervision_rules
from county.database.tables import edition, review, revision
from county.supervision.completeness import Completeness, completeness
from county.supervision.coverage import Row, by_field, by_organisation
from county.supervision.entries import Entry, entries, tally, unrecorded
from county.supervision.faults import Fault, faults
from county.supervision.freshness import Aged, ages
from county.supervision.ground import Ground, read_ground
from county.supervision.indicators import Indicator, indicators
from county.supervision.timeliness import State

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
    """Overviews by the state of the database that they were computed from; for all threads of a server."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Stamp, Overview] = OrderedDict()
        self._lock = Lock()

    def get(self, engine: Engine, now: datetime) -> Overview:
        """The overview at `now`. Whoever comes while it is computed waits for it."""
        with engine.connect() as connection:
            stamp = _stamp(connection, now)
        with self._lock:
            found = self._kept.get(stamp)
            if found is None:
                with engine.connect() as connection:
                    found = overview(read_ground(connection, now))
                self._kept[stamp] = found
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found


OVERVIEWS = Overviews()
"""Those of this process."""


def overview(ground: Ground) -> Overview:
    """Everything there is to say. Pure, and slow for a large catalogue."""
    records = list(ground.records.values())
    entered = entries(ground)
    aged = ages(ground)
    faulty = faults(ground, check(records, ground.today), aged, entered)
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
        indicators=indicators(records),
    )


def _stamp(connection: Connection, now: datetime) -> Stamp:
    """What an overview depends on: the database, the day, and how far each table has come."""
    newest = (
        select(func.max(review.c.number)),
        select(func.count()).where(revision.c.state == "approved"),
        select(func.max(publication.c.number)),
        select(func.count(publication.c.voided_at)),
        select(func.max(supervision_rules.c.number)),
        select(func.count()).where(edition.c.state == "published"),
    )
    numbers = tuple(connection.scalar(query) or 0 for query in newest)
    return str(connection.engine.url), now.astimezone().date(), numbers
