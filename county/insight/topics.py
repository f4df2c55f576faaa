"""The yearly report of hot topics (年度热点问题): hotline and kiosks, beside the year before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from county.insight import counts, hotline
from county.insight.window import Window
from county.insight.words import missed

LOOKED_UP = ("service", "life_event", "policy")
MOST = 20
"""Rows of each table."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report; `before` is the number of the year before, None when nothing is known of it."""

    title: str
    number: int
    before: int | None
    note: str = ""

    @property
    def change(self) -> float | None:
        """By which share of the year before it grew, None without one."""
        return (self.number - self.before) / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class HotTopics:
    """The report of a year. `calls` are the hotline's in all, `visits` the kiosks'; None when not known."""

    year: int
    calls: int | None
    calls_before: int | None
    visits: int | None
    visits_before: int | None
    hotline: tuple[Line, ...]
    looked_up: Mapping[str, tuple[Line, ...]]
    missed: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the year."""
        return not (self.hotline or self.missed or self.visits or any(self.looked_up.values()))


Title = Callable[[str, str], str]
"""Kind and id → what the record is called."""


def hot_topics(connection: Connection, year: int, title: Title) -> HotTopics:
    """The report of a year, whole or begun."""
    now, then = _year(year), _year(year - 1)
    topics, earlier = hotline.topics_of(connection, year), hotline.topics_of(connection, year - 1)
    before = {one.topic: one.number for one in earlier}
    visits = _visits(connection, now), _visits(connection, then)
    return HotTopics(
        year=year,
        calls=sum(one.number for one in topics) if topics else None,
        calls_before=sum(one.number for one in earlier) if earlier else None,
        visits=visits[0],
        visits_before=visits[1],
        hotline=tuple(
            Line(one.topic, one.number, before.get(one.topic, 0) if earlier else None, one.organisation)
            for one in topics[:MOST]
        ),
        looked_up={kind: _looked_up(connection, now, then, kind, title) for kind in LOOKED_UP},
        missed=_missed(connection, now, then),
    )


def years(connection: Connection, today: date) -> Sequence[int]:
    """The years that can be reported, newest first."""
    return sorted({today.year, today.year - 1, *hotline.years(connection)}, reverse=True)


def _year(year: int) -> Window:
    return Window(date(year, 1, 1), date(year, 12, 31))


def _visits(connection: Connection, window: Window) -> int | None:
    return counts.totals(connection, window, "visit").get("")


def _looked_up(
    connection: Connection, now: Window, then: Window, kind: str, title: Title
) -> tuple[Line, ...]:
    prefix = f"record/{kind}/"
    before = counts.totals(connection, then, prefix)
    found = list(counts.totals(connection, now, prefix).items())[:MOST]
    return tuple(Line(title(kind, name), number, before.get(name)) for name, number in found)


def _missed(connection: Connection, now: Window, then: Window) -> tuple[Line, ...]:
    before = {row.words: row.kiosk_days for row in missed(connection, then)}
    rows = sorted(missed(connection, now), key=lambda row: (-row.kiosk_days, row.words))
    return tuple(Line(row.words, row.kiosk_days, before.get(row.words), row.handled) for row in rows[:MOST])
