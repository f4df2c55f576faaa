"""Zones (体验区): where they are, the five requirements (五有), what inspections saw, and how many people came.

Functions that write are called inside `writing`.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from catalog.text import encode
from county import audit
from county.clock import local
from county.database.supervision import inspection, visitor_count, zone
from county.errors import Refused

Level = Literal["county", "town", "village"]
LEVELS: tuple[Level, ...] = ("county", "town", "village")
"""区（县）、乡镇、村."""
Standard = Literal["venue", "staff", "rules", "materials", "signs"]
STANDARDS: tuple[Standard, ...] = ("venue", "staff", "rules", "materials", "signs")
"""有服务场地、有工作人员、有工作制度、有统一资料、有统一标志."""
LONGEST = {"title": 120, "address": 200, "phone": 64, "note": 4000}
MOST_VISITORS = 100_000
"""More people a day than this are a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """`organisation` is the id of a PublicOrganisation; degrees are WGS-84; `closed` is the day on which it ended."""

    id: str
    title: str
    level: Level
    organisation: str = ""
    address: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    opened: date | None = None
    closed: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What an inspection saw: requirement → whether it is met, with a note; and what must be done until when."""

    zone: str
    day: date
    standards: Mapping[Standard, tuple[bool, str]]
    note: str = ""
    follow_up: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection(Sight):
    """A sight on record. `resolution` says how its follow-up was done."""

    number: int
    author: str
    resolution: str | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether something remains to be done."""
        return bool(self.follow_up) and self.resolved_at is None


def zones(connection: Connection) -> tuple[Zone, ...]:
    """All zones: open ones before closed ones, by level, then by title."""
    columns = [column for column in zone.c if column.name not in ("author", "at")]
    found = [Zone(**row) for row in connection.execute(select(*columns)).mappings()]
    return tuple(sorted(found, key=lambda one: (one.closed is not None, LEVELS.index(one.level), one.title)))


def find_zone(connection: Connection, name: str) -> Zone:
    """Raises Refused when there is none."""
    for one in zones(connection):
        if one.id == name:
            return one
    raise Refused(f"没有编号为 {name} 的体验区")


def keep_zone(connection: Connection, one: Zone, by: str, now: datetime) -> None:
    """Enter a zone, or change the one with its id. Raises Refused."""
    _check(one)
    values = {**asdict(one), "author": by, "at": now}
    changed = connection.execute(update(zone).where(zone.c.id == one.id).values(**values))
    if changed.rowcount == 0:
        connection.execute(insert(zone).values(**values))
    audit.append(connection, by, "zone", now, **_plain(one))


def inspections(connection: Connection, name: str | None = None) -> tuple[Inspection, ...]:
    """Those of one zone or of all, the newest first."""
    columns = [column for column in inspection.c if column.name != "at"]
    query = select(*columns).order_by(inspection.c.day.desc(), inspection.c.number.desc())
    if name is not None:
        query = query.where(inspection.c.zone == name)
    return tuple(
        Inspection(**{**row, "standards": _standards(row["standards"])})
        for row in connection.execute(query).mappings()
    )


def inspect(connection: Connection, sight: Sight, by: str, now: datetime) -> int:
    """Put an inspection on record and return its number. Raises Refused."""
    find_zone(connection, sight.zone)
    if sight.day > local(now).date():
        raise Refused("巡查日期在今天以后，请核对")
    if sight.follow_up and sight.due is None:
        raise Refused("写了要整改的事，请填整改期限")
    if sight.due is not None and sight.due < sight.day:
        raise Refused("整改期限早于巡查日期，请核对")
    standards = encode({name: sight.standards.get(name, (False, "")) for name in STANDARDS}).decode()
    values = {**{name: getattr(sight, name) for name in Sight.__slots__}, "standards": standards}
    added = insert(inspection).values(**values, author=by, at=now).returning(inspection.c.number)
    number = int(connection.execute(added).scalar_one())
    audit.append(connection, by, "inspection", now, number=number, zone=sight.zone)
    return number


def resolve(connection: Connection, number: int, resolution: str, by: str, now: datetime) -> None:
    """Say how the follow-up of an inspection was done. Raises Refused."""
    if not resolution.strip():
        raise Refused("请写明怎样整改的")
    done = connection.execute(
        update(inspection)
        .where(
            inspection.c.number == number, inspection.c.resolved_at.is_(None), inspection.c.follow_up != ""
        )
        .values(resolution=resolution.strip(), resolved_by=by, resolved_at=now)
    )
    if done.rowcount != 1:
        raise Refused("这次巡查没有待整改的事，或已经办结")
    audit.append(connection, by, "inspection resolved", now, number=number)


def count_visitors(
    connection: Connection, name: str, day: date, visitors: int, by: str, now: datetime
) -> None:
    """Enter how many people came on a day, in place of an earlier number. Raises Refused."""
    find_zone(connection, name)
    if day > local(now).date():
        raise Refused("日期在今天以后，请核对")
    if not 0 <= visitors <= MOST_VISITORS:
        raise Refused(f"人数要在 0 到 {MOST_VISITORS} 之间")
    same = (visitor_count.c.zone == name, visitor_count.c.day == day)
    values = {"visitors": visitors, "author": by, "at": now}
    if connection.execute(update(visitor_count).where(*same).values(**values)).rowcount == 0:
        connection.execute(insert(visitor_count).values(zone=name, day=day, **values))
    audit.append(connection, by, "visitors", now, zone=name, day=day.isoformat(), visitors=visitors)


def visitors(connection: Connection, first: date, last: date) -> Mapping[str, int]:
    """Zone → how many people staff counted from `first` to `last`, both inclusive."""
    rows = connection.execute(
        select(visitor_count.c.zone, func.sum(visitor_count.c.visitors).label("visitors"))
        .where(visitor_count.c.day.between(first, last))
        .group_by(visitor_count.c.zone)
    )
    return {row.zone: int(row.visitors) for row in rows}


def daily_visitors(connection: Connection, name: str, last: date, days: int) -> Mapping[date, int]:
    """Day → people counted in one zone, for so many days up to `last`; days without a count are not there."""
    first = last - timedelta(days=days - 1)
    rows = connection.execute(
        select(visitor_count.c.day, visitor_count.c.visitors)
        .where(visitor_count.c.zone == name, visitor_count.c.day.between(first, last))
        .order_by(visitor_count.c.day)
    )
    return {row.day: row.visitors for row in rows}


def met(found: Inspection | None) -> int:
    """How many of the five requirements the newest inspection saw met."""
    return 0 if found is None else sum(found.standards[name][0] for name in STANDARDS)


def newest(found: tuple[Inspection, ...]) -> Mapping[str, Inspection]:
    """Zone → its newest inspection."""
    return {one.zone: one for one in reversed(found)}


def _check(one: Zone) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", one.id):
        raise Refused("编号只能用小写字母、数字和连字符，例如 zone-01，最多 64 个字符")
    if not one.title.strip():
        raise Refused("请写体验区的名称")
    for name, most in LONGEST.items():
        if len(getattr(one, name)) > most:
            raise Refused(f"“{getattr(one, name)[:20]}…”太长，最多 {most} 个字")
    if (one.latitude is None) != (one.longitude is None):
        raise Refused("经度和纬度要一起填")
    if not (-90 <= (one.latitude or 0) <= 90 and -180 <= (one.longitude or 0) <= 180):
        raise Refused("经纬度超出范围：纬度 -90 到 90，经度 -180 到 180")
    if one.opened and one.closed and one.closed < one.opened:
        raise Refused("撤销日期早于启用日期，请核对")


def _plain(one: Zone) -> dict[str, object]:
    return dict(msgspec.to_builtins(asdict(one)))


def _standards(text: str) -> Mapping[Standard, tuple[bool, str]]:
    return msgspec.json.decode(text, type=dict[Standard, tuple[bool, str]])
