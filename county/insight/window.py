"""Which days and which kiosks a page of insight is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, func, select

from county.database.fleet import kiosk
from county.database.insight import counted, report
from county.database.supervision import zone
from county.errors import Refused

LONGEST = timedelta(days=3 * 366)
USUAL = timedelta(days=27)
"""Days before today that are shown when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included; `kiosks` None means all. `place` is what was chosen: `zone:x`,
    `group:x`, `kiosk:x` or empty."""

    start: date
    end: date
    kiosks: frozenset[str] | None = None
    place: str = ""

    def holds(self, table: Table) -> ColumnElement[bool]:
        """The condition that a row of a table with `day` and `kiosk` lies in the window."""
        of_days = and_(table.c.day >= self.start, table.c.day <= self.end)
        if self.kiosks is None:
            return of_days
        kiosk = table.c.kiosk if len(self.kiosks) == 1 else table.c.kiosk + ""
        return and_(of_days, kiosk.in_(sorted(self.kiosks)))


@dataclass(frozen=True, slots=True)
class Place:
    """Something to choose: `value` as in Window.place, `kind` zone, group or kiosk."""

    value: str
    kind: str
    title: str


def read_window(connection: Connection, asked: Mapping[str, str], today: date) -> Window:
    """The window that `from`, `to` and `place` of an address ask for. Raises Refused for what is no day."""
    end = _day(asked.get("to", ""), today)
    start = _day(asked.get("from", ""), end - USUAL if end - date.min > USUAL else date.min)
    if start > end:
        raise Refused("开始日期在结束日期之后，请重新选择")
    if end - start > LONGEST:
        raise Refused("一次最多看三年，请缩短期间")
    place = asked.get("place", "")
    return Window(start, end, _kiosks(connection, place), place)


def places(connection: Connection) -> list[Place]:
    """Zones, groups and kiosks that have something to tell, in this order."""
    known = connection.execute(select(kiosk.c.id, kiosk.c.name, kiosk.c.zone, kiosk.c.group)).all()
    zones = {row.id: row.title for row in connection.execute(select(zone.c.id, zone.c.title))}
    found = [
        Place(f"zone:{one}", "zone", zones.get(one, one))
        for one in sorted({row.zone for row in known} - {""})
    ]
    found += [Place(f"group:{one}", "group", one) for one in sorted({row.group for row in known} - {""})]
    names = {row.id: row.name for row in known}
    for name in sorted(_heard(connection) | names.keys(), key=lambda one: (names.get(one, one), one)):
        found.append(Place(f"kiosk:{name}", "kiosk", names.get(name, name)))
    return found


def _heard(connection: Connection) -> set[str]:
    """Kiosks that ever reported something, revoked ones too."""
    return {name for column in (counted.c.kiosk, report.c.kiosk) for name in _different(connection, column)}


def _different(connection: Connection, column: Column[str]) -> Iterator[str]:
    """The texts of a column, each looked up in its index: DISTINCT reads every row."""
    found = connection.scalar(select(func.min(column)))
    while found is not None:
        yield found
        found = connection.scalar(select(func.min(column)).where(column > found))


def _kiosks(connection: Connection, place: str) -> frozenset[str] | None:
    kind, _, name = place.partition(":")
    if not name:
        return None
    if kind == "kiosk":
        return frozenset({name})
    if kind not in ("zone", "group"):
        return None
    return frozenset(connection.scalars(select(kiosk.c.id).where(kiosk.c[kind] == name)))


def _day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text[:20]}”不是日期，请写成 2026-11-22 的样子") from None
