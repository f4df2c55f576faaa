"""What a plan wants published in an emergency, as a checklist against the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import msgspec
from sqlalchemy import Connection, insert, select

from catalog.records import CalendarYear
from county import audit
from county.bulletins.clock import Clock, Limit, limit, read_clock, since
from county.bulletins.emergencies import Emergency
from county.database.bulletins import emergency_task, task_event
from county.errors import Refused

Happening = Literal["started", "done", "void"]
HAPPENINGS: tuple[Happening, ...] = get_args(Happening)
State = Literal["waiting", "running", "overdue", "estimate", "done", "void", "no_clock"]
"""待开始、进行中、超时、预估、已公开、不适用、无时限."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a task."""

    event: Happening
    note: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to publish. `limit` is until when, None when no clock runs."""

    number: int
    item: str
    body: str
    deadline: str
    channels: tuple[str, ...]
    clock: Clock | None
    events: tuple[Event, ...]
    limit: Limit | None
    state: State


def tasks(
    connection: Connection, emergency: Emergency, calendar: Sequence[CalendarYear], now: datetime
) -> tuple[Task, ...]:
    """The checklist of an emergency at `now`, in the plan's order."""
    happened = _events(connection, emergency.number)
    rows = connection.execute(
        select(emergency_task)
        .where(emergency_task.c.activation == emergency.number)
        .order_by(emergency_task.c.number)
    )
    found = []
    for row in rows:
        clock, events = read_clock(row.deadline), happened.get(row.number, ())
        until = _limit(clock, events, emergency, calendar)
        channels = tuple(msgspec.json.decode(row.channels, type=list[str]))
        state = _state(clock, events, until, now)
        found.append(
            Task(row.number, row.item, row.body, row.deadline, channels, clock, events, until, state)
        )
    return tuple(found)


def record(
    connection: Connection,
    emergency: Emergency,
    task: int,
    event: Happening,
    note: str,
    by: str,
    now: datetime,
) -> None:
    """Put on record what happened to a task. Raises Refused."""
    if emergency.state not in ("active", "lifted"):
        raise Refused("应急响应还没有生效")
    mine = select(emergency_task.c.item).where(
        emergency_task.c.number == task, emergency_task.c.activation == emergency.number
    )
    item = connection.scalar(mine)
    if item is None:
        raise Refused("清单里没有这一项")
    if event == "void" and not note.strip():
        raise Refused("不适用的，请写明理由")
    values = {"task": task, "event": event, "note": note.strip()[:500], "author": by, "at": now}
    connection.execute(insert(task_event).values(**values))
    audit.append(connection, by, f"emergency task {event}", now, activation=emergency.number, item=item)


def _events(connection: Connection, number: int) -> Mapping[int, tuple[Event, ...]]:
    rows = connection.execute(
        select(task_event)
        .join(emergency_task, emergency_task.c.number == task_event.c.task)
        .where(emergency_task.c.activation == number)
        .order_by(task_event.c.number)
    )
    found: dict[int, tuple[Event, ...]] = {}
    for row in rows:
        found[row.task] = (*found.get(row.task, ()), Event(row.event, row.note, row.author, row.at))
    return found


def _limit(
    clock: Clock | None, events: Sequence[Event], emergency: Emergency, calendar: Sequence[CalendarYear]
) -> Limit | None:
    """A rolling task need not be done again once the emergency is over."""
    if clock is None:
        return None
    started = next((event.at for event in events if event.event == "started"), None)
    lifted = emergency.moment("lift")
    begun = since(clock, emergency.moment("activate"), emergency.levels, lifted, started)
    done = [event.at for event in events if event.event == "done"]
    if begun is None or (done and lifted is not None):
        return None
    return limit(clock, begun, done, calendar)


def _state(clock: Clock | None, events: Sequence[Event], until: Limit | None, now: datetime) -> State:
    if any(event.event == "void" for event in events):
        return "void"
    done = any(event.event == "done" for event in events)
    if until is None:
        if done:
            return "done"
        return "waiting" if clock else "no_clock"
    if until.estimated:
        return "estimate"
    return "overdue" if now > until.at else "running"
