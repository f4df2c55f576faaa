"""When an emergency plan wants something published: 启动后 30 分钟内, 响应终止后 10 个工作日内, 每 3 小时 … Pure.

The words are offices' own, so what cannot be read has no clock; it is never called overdue.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from catalog.calendar import due
from catalog.levels import level
from catalog.records import CalendarYear
from county.clock import local

Start = Literal["activation", "level", "lift", "event"]
"""The clock runs from activation, from the day a level is reached, from lifting, or from when staff say so."""
Unit = Literal["minute", "working_day", "same_day"]

_AMOUNT = re.compile(r"(\d{1,4})\s*个?\s*(分钟|小时|工作日|日|天)\s*(?:之内|以内|内)")
_EVERY = re.compile(r"每隔?\s*(\d{0,3})\s*个?\s*(分钟|小时|日|天)")
_LIFTED = re.compile(r"(响应|应急|险情|事件|预警)?(终止|解除|结束)(后|之后|之日)")
_STARTED = re.compile(r"启动(.{0,8}?)(响应|预案|后|之后|当日|当天|时)")
_BARE = re.compile(r"^(首次(通报|发布)?)?\s*(\d|立即|每|当日|当天|第一时间)")
_AT_ONCE = re.compile(r"立即|即时|第一时间|马上")
_SAME_DAY = re.compile(r"当日|当天")
_MINUTES = {"分钟": 1, "小时": 60, "日": 24 * 60, "天": 24 * 60}
AT_ONCE = 10
"""Minutes that 立即 allows."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`amount` of `unit` from `start`, then again every so many minutes; a level start names its level."""

    start: Start
    amount: int
    unit: Unit = "minute"
    level: int | None = None
    every: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The moment until which something must be published; an estimate rests on an unconfirmed calendar."""

    at: datetime
    estimated: bool = False


def read_clock(text: str) -> Clock | None:
    """The clock that a plan's words set, None when they set none."""
    words = text.strip()
    start, reached = _start(words)
    repeated = _EVERY.search(words)
    every = int(repeated[1] or 1) * _MINUTES[repeated[2]] if repeated else None
    amount = _AMOUNT.search(words)
    if amount and amount[2] == "工作日":
        return Clock(start, int(amount[1]), "working_day", reached, every)
    if amount:
        return Clock(start, int(amount[1]) * _MINUTES[amount[2]], "minute", reached, every)
    if _AT_ONCE.search(words):
        return Clock(start, AT_ONCE, "minute", reached, every)
    if _SAME_DAY.search(words):
        return Clock(start, 0, "same_day", reached, every)
    return Clock(start, every, "minute", reached, every) if every else None


def limit(
    clock: Clock, since: datetime, done: Sequence[datetime], calendar: Sequence[CalendarYear]
) -> Limit | None:
    """Until when, for a clock that runs since a moment; None when it was done and need not be done again."""
    if done:
        return Limit(max(done) + timedelta(minutes=clock.every)) if clock.every else None
    if clock.unit == "minute":
        return Limit(since + timedelta(minutes=clock.amount))
    day = local(since).date()
    if clock.unit == "same_day":
        return Limit(local(datetime.combine(day, time.max)))
    last = due(day, clock.amount, calendar)
    return Limit(local(datetime.combine(last.date, time.max)), last.estimated)


def since(
    clock: Clock,
    activated: datetime | None,
    levels: Mapping[int, datetime],
    lifted: datetime | None,
    started: datetime | None,
) -> datetime | None:
    """When the clock began to run, None when it does not yet; `levels` says when each level was first reached.

    What staff said about a start counts before everything else. A level is reached with every graver one.
    """
    if started is not None or clock.start == "event":
        return started
    if clock.start == "level" and clock.level is not None:
        reached = [at for number, at in levels.items() if number <= clock.level]
        return min(reached, default=None)
    return lifted if clock.start == "lift" else activated


def _start(words: str) -> tuple[Start, int | None]:
    if _LIFTED.search(words):
        return "lift", None
    started = _STARTED.search(words)
    if started:
        reached = level(started[1]) if started[1] else None
        return ("level", reached) if reached else ("activation", None)
    return ("activation" if _BARE.search(words) else "event"), None
