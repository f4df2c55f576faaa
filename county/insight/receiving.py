"""Taking in what kiosks deliver, at least once, in any order, and counting it once.

A row is known by its kiosk and its id: the same again changes nothing, another body under the same id is refused.
Counts are snapshots of an hour: of those of one outbox file the one with the highest sequence stands, and files of
one kiosk add up. `receive` is called inside `writing`, so a batch is taken in as a whole or not at all; whoever
delivered it may then forget it, refused rows too, since they would be refused again.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from catalog.outbox import KINDS, Call, Counts, NotFound, Opinion, Row
from county.clock import local
from county.database.insight import counted, hourly, report
from county.errors import Refused

MOST_ROWS = 1_000
"""Rows of one delivery."""
MOST_BODY = 64 << 10
"""Bytes of one row."""
MOST_NAMES = 5_000
"""Different things counted in one hour."""
MOST_A_DAY = 5_000
"""Rows of one kind that a kiosk may have on one day, or without a day."""
LARGEST_COUNT = 1_000_000
PAST = timedelta(days=800)
FUTURE = timedelta(days=2)
"""How far back and ahead a day may lie; beyond, the kiosk's clock was wrong and the row is kept without a day."""

KEPT = timedelta(days=730)
"""Words that were not found are forgotten after so long; most of them were never shown to anybody."""

_ID = re.compile(r"[\x21-\x7e]{1,64}")
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,240}")


class Refusal(msgspec.Struct, frozen=True):
    """A row that was not taken in. `reason`: conflict, malformed, too_large, too_many."""

    id: str
    reason: str


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery: rows that were new, rows that were known or overtaken, and those refused."""

    kept: int
    known: int
    refused: tuple[Refusal, ...] = ()


class _Unfit(Exception):
    """A row that cannot be taken in; the text is the reason."""


def receive(
    connection: Connection, kiosk: str, rows: Sequence[Row], now: datetime, outbox: int = 0
) -> Received:
    """Take in a delivery of `kiosk` from its outbox file with the number `outbox` (the file's `user_version`).

    To be called inside `writing`. Raises Refused for more than MOST_ROWS rows; a single row never raises.
    """
    if len(rows) > MOST_ROWS:
        raise Refused(f"一次最多接收 {MOST_ROWS} 行，请分批发送")
    reports = _Reports(connection, kiosk, rows, now)
    kept = 0
    refused: list[Refusal] = []
    for row in rows:
        try:
            if row.kind == "counts":
                kept += _count(connection, kiosk, outbox, row, now)
            else:
                kept += reports.add(row)
        except _Unfit as unfit:
            refused.append(Refusal(row.id[:64], str(unfit)))
    reports.write()
    if any(row.kind == "not_found" for row in rows):
        forget_words(connection, local(now).date())
    return Received(kept=kept, known=len(rows) - kept - len(refused), refused=tuple(refused))


def forget_words(connection: Connection, today: date) -> int:
    """Delete words of days long past. To be called inside `writing`. Returns how many rows went."""
    old = delete(report).where(report.c.kind == "not_found", report.c.day < today - KEPT)
    return connection.execute(old).rowcount


class _Reports:
    """The rows of one delivery that are not counts, compared with those that are there."""

    def __init__(self, connection: Connection, kiosk: str, rows: Sequence[Row], now: datetime) -> None:
        self._connection, self._kiosk, self._now = connection, kiosk, now
        self._new: list[dict[str, object]] = []
        self._held: dict[tuple[str, date | None], int] = {}
        ids = [row.id for row in rows if row.kind != "counts" and _ID.fullmatch(row.id)]
        here = and_(report.c.kiosk == kiosk, report.c.row.in_(ids))
        found = connection.execute(select(report.c.row, report.c.kind, report.c.body).where(here))
        self._known = {row.row: (row.kind, row.body) for row in found}

    def add(self, row: Row) -> bool:
        """Whether the row is new. Raises _Unfit."""
        body = _text(row)
        known = self._known.get(row.id)
        if known is not None:
            if known != (row.kind, body):
                raise _Unfit("conflict")
            return False
        day = _day(row, self._now)
        self._make_room(row.kind, day)
        self._known[row.id] = (row.kind, body)
        self._new.append(
            {
                "kiosk": self._kiosk,
                "row": row.id,
                "kind": row.kind,
                "sequence": row.sequence,
                "day": day,
                "body": body,
                "received": self._now,
            }
        )
        return True

    def write(self) -> None:
        """Put the new rows into the database."""
        if self._new:
            self._connection.execute(insert(report), self._new)

    def _make_room(self, kind: str, day: date | None) -> None:
        key = (kind, day)
        if key not in self._held:
            of_day = report.c.day.is_(None) if day is None else report.c.day == day
            here = and_(report.c.kiosk == self._kiosk, report.c.kind == kind, of_day)
            count = self._connection.scalar(select(func.count()).select_from(report).where(here))
            self._held[key] = count or 0
        if self._held[key] >= MOST_A_DAY:
            raise _Unfit("too_many")
        self._held[key] += 1


def _text(row: Row) -> str:
    """The body of a row that is sound as far as one can tell without knowing its kind. Raises _Unfit."""
    if len(row.body) > MOST_BODY:
        raise _Unfit("too_large")
    if not (_ID.fullmatch(row.id) and _KIND.fullmatch(row.kind) and 0 < row.sequence < 2**53):
        raise _Unfit("malformed")
    try:
        text = row.body.decode()
        msgspec.json.decode(row.body, type=msgspec.Raw)
    except (UnicodeDecodeError, msgspec.DecodeError):
        raise _Unfit("malformed") from None
    return text


def _value(row: Row) -> object:
    try:
        return row.value()
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _Unfit("malformed") from None


def _day(row: Row, now: datetime) -> date | None:
    """The day that a row of a known kind is about, None when it cannot be. Raises _Unfit."""
    if row.kind not in KINDS:
        return None
    value = _value(row)
    if isinstance(value, Opinion | NotFound):
        return _plausible(value.day, now)
    assert isinstance(value, Call)
    return _plausible(local(value.at).date(), now)


def _plausible(day: date, now: datetime) -> date | None:
    today = local(now).date()
    return day if today - PAST <= day <= today + FUTURE else None


def _count(connection: Connection, kiosk: str, outbox: int, row: Row, now: datetime) -> bool:
    """Whether a snapshot of an hour is newer than what is there. Raises _Unfit."""
    body = _text(row)
    value = _value(row)
    assert isinstance(value, Counts)
    hour = _hour(value)
    here = and_(hourly.c.kiosk == kiosk, hourly.c.outbox == outbox, hourly.c.hour == hour)
    held = connection.execute(select(hourly.c.sequence, hourly.c.body).where(here)).first()
    if held is not None and held.sequence == row.sequence and held.body != body:
        raise _Unfit("conflict")
    if held is not None and held.sequence >= row.sequence:
        return False
    change: dict[str, object] = {"sequence": row.sequence, "body": body, "received": now}
    before: Mapping[str, int] = {}
    if held is None:
        connection.execute(insert(hourly).values(kiosk=kiosk, outbox=outbox, hour=hour, **change))
    else:
        connection.execute(update(hourly).where(here).values(**change))
        before = msgspec.json.decode(held.body, type=Counts).counts
    day = _plausible(local(hour).date(), now)
    if day is not None:
        _add(connection, kiosk, day, _difference(before, value.counts))
    return True


def _hour(value: Counts) -> datetime:
    """The hour in UTC. Raises _Unfit for what no kiosk counts."""
    sound = all(
        _NAME.fullmatch(name) and 0 <= number <= LARGEST_COUNT for name, number in value.counts.items()
    )
    if not sound or value.hour.replace(minute=0, second=0, microsecond=0) != value.hour:
        raise _Unfit("malformed")
    if len(value.counts) > MOST_NAMES:
        raise _Unfit("too_many")
    try:
        return local(value.hour).astimezone(UTC)
    except OverflowError:
        raise _Unfit("malformed") from None


def _difference(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    names = {*before, *after}
    changes = {name: after.get(name, 0) - before.get(name, 0) for name in names}
    return {name: change for name, change in sorted(changes.items()) if change}


def _add(connection: Connection, kiosk: str, day: date, changes: Mapping[str, int]) -> None:
    here = and_(counted.c.kiosk == kiosk, counted.c.day == day)
    found = {row.name for row in connection.execute(select(counted.c.name).where(here))}
    for name in changes.keys() & found:
        connection.execute(
            update(counted)
            .where(here, counted.c.name == name)
            .values(number=counted.c.number + changes[name])
        )
    new = [
        {"kiosk": kiosk, "day": day, "name": name, "number": change}
        for name, change in changes.items()
        if name not in found
    ]
    if new:
        connection.execute(insert(counted), new)
