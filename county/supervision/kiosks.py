"""The kiosks of zones, and how often they were used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from catalog.insight import large
from county.database.fleet import kiosk
from county.database.insight import counted


@dataclass(frozen=True, slots=True)
class ZoneKiosk:
    """A kiosk that stands in a zone."""

    id: str
    name: str
    state: str
    seen: datetime | None


def kiosks_of(connection: Connection, zone: str) -> tuple[ZoneKiosk, ...]:
    """The kiosks of a zone that are not revoked, by name."""
    rows = connection.execute(
        select(kiosk.c.id, kiosk.c.name, kiosk.c.state, kiosk.c.seen)
        .where(kiosk.c.zone == zone, kiosk.c.state != "revoked")
        .order_by(kiosk.c.name)
    )
    return tuple(ZoneKiosk(row.id, row.name, row.state, row.seen) for row in rows)


def kiosk_visits(connection: Connection, first: date, last: date) -> Mapping[str, int]:
    """Zone → how often somebody used one of its kiosks from `first` to `last`, both inclusive; no small numbers."""
    rows = connection.execute(
        select(kiosk.c.zone, func.sum(counted.c.number).label("visits"))
        .join(counted, counted.c.kiosk == kiosk.c.id)
        .where(counted.c.name == "visit", counted.c.day.between(first, last), kiosk.c.zone != "")
        .group_by(kiosk.c.zone)
    )
    return large({row.zone: int(row.visits) for row in rows})
