"""Calls for a guide: who waits where and since when, who goes. Functions that write are called inside `writing`.

A call is what kiosks report (`catalog.outbox.Call`). It is over when it was withdrawn, when a guide says so, or after
LASTS: by then nobody waits any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, select, update

from catalog.outbox import Call
from county.database.fleet import kiosk
from county.database.guiding import guide_call
from county.database.insight import report
from county.errors import Refused

LASTS = timedelta(minutes=30)
"""As long as the kiosk itself takes a call to be open."""

BELIEVED = timedelta(minutes=35)
"""A kiosk's clock is believed about a call when it is this near to the county's; else the arrival counts."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits at a kiosk since `since`; `taken_by` goes there, or nobody yet."""

    kiosk: str
    kiosk_name: str
    zone: str
    call: str
    since: datetime
    taken_by: str = ""

    def minutes(self, now: datetime) -> int:
        """Whole minutes of waiting."""
        return max(0, int((now - self.since).total_seconds() // 60))


def open_calls(connection: Connection, now: datetime) -> list[Waiting]:
    """The calls that are open, newest first."""
    rows = connection.execute(
        select(report.c.kiosk, report.c.body, report.c.received, kiosk.c.name, kiosk.c.zone)
        .join(kiosk, kiosk.c.id == report.c.kiosk, isouter=True)
        .where(report.c.kind == "call", report.c.received > now - LASTS - BELIEVED)
    ).all()
    said = [(row, msgspec.json.decode(row.body, type=Call)) for row in rows]
    withdrawn = {(row.kiosk, call.call) for row, call in said if call.state == "withdrawn"}
    known = select(guide_call).where(guide_call.c.kiosk.in_({row.kiosk for row in rows}))
    taken = {(row.kiosk, row.call): row for row in connection.execute(known)}
    found = []
    for row, call in said:
        key = (row.kiosk, call.call)
        since = call.at if abs(row.received - call.at) < BELIEVED else row.received
        mine = taken.get(key)
        if (
            call.state == "asked"
            and key not in withdrawn
            and now - since < LASTS
            and not (mine and mine.finished)
        ):
            by = mine.person if mine else ""
            found.append(Waiting(row.kiosk, row.name or row.kiosk, row.zone or "", call.call, since, by))
    return sorted(found, key=lambda one: (one.since, one.kiosk), reverse=True)


def take(connection: Connection, kiosk_id: str, call: str, person: str, now: datetime) -> None:
    """Say that `person` goes there. Raises Refused when the call is over or somebody else goes already."""
    waiting = _find(connection, kiosk_id, call, now)
    if waiting.taken_by and waiting.taken_by != person:
        raise Refused(f"{waiting.taken_by} 已经去了 · {waiting.taken_by} is on the way already")
    if not waiting.taken_by:
        row = {"kiosk": kiosk_id, "call": call, "person": person, "taken": now}
        connection.execute(insert(guide_call).values(**row))


def finish(connection: Connection, kiosk_id: str, call: str, person: str, now: datetime) -> None:
    """Say that whoever called has been helped. Raises Refused when the call is over already."""
    if not _find(connection, kiosk_id, call, now).taken_by:
        take(connection, kiosk_id, call, person, now)
    this = (guide_call.c.kiosk == kiosk_id, guide_call.c.call == call)
    connection.execute(update(guide_call).where(*this).values(finished=now))


def _find(connection: Connection, kiosk_id: str, call: str, now: datetime) -> Waiting:
    for waiting in open_calls(connection, now):
        if (waiting.kiosk, waiting.call) == (kiosk_id, call):
            return waiting
    raise Refused("这个呼叫已经结束 · This call is over")
