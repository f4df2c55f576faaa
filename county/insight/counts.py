"""What was looked up, and where visitors gave up: sums of what kiosks counted, none of them under five."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, collate, func, select, true

from catalog.insight import large
from county.database.insight import counted
from county.insight.window import Window

WEEK = timedelta(days=7)
MOST = 50
"""Records that a page lists."""
CHUNK = 500
"""Names in one question to the database."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How often something was looked up in a window, and by week: the Monday → times, only weeks of five and more."""

    name: str
    number: int
    weeks: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Abandoned:
    """How often a flow was left at a question."""

    flow: str
    question: str
    number: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """How often policy match had no result, with the groups of tags that were answered."""

    audience: str
    groups: tuple[str, ...]
    number: int


def totals(connection: Connection, window: Window, prefix: str) -> Mapping[str, int]:
    """Times of everything counted under `prefix`, such as `page/`, without it; most first."""
    sums = func.sum(counted.c.number)
    query = (
        select(counted.c.name, sums)
        .where(window.holds(counted), _begins(connection, prefix))
        .group_by(counted.c.name)
    )
    found = {name.removeprefix(prefix): int(number) for name, number in connection.execute(query)}
    return dict(sorted(large(found).items(), key=lambda entry: (-entry[1], entry[0])))


def looked_up(connection: Connection, window: Window, kind: str, most: int = MOST) -> Sequence[Looked]:
    """The `most` records of a kind that were looked at most, most first, with their weeks."""
    prefix = f"record/{kind}/"
    whole = dict(list(totals(connection, window, prefix).items())[:most])
    weeks: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    names = [prefix + name for name in whole]
    for start in range(0, len(names), CHUNK):
        query = (
            select(counted.c.name, counted.c.day, func.sum(counted.c.number))
            .where(window.holds(counted), counted.c.name.in_(names[start : start + CHUNK]))
            .group_by(counted.c.name, counted.c.day)
        )
        for name, day, number in connection.execute(query):
            weeks[name.removeprefix(prefix)][monday(day)] += int(number)
    return [Looked(name, number, _large_weeks(weeks[name])) for name, number in whole.items()]


def by_week(connection: Connection, window: Window, name: str) -> Mapping[date, int]:
    """Times of one name by week, only weeks of five and more."""
    query = (
        select(counted.c.day, func.sum(counted.c.number))
        .where(window.holds(counted), counted.c.name == name)
        .group_by(counted.c.day)
    )
    weeks: defaultdict[date, int] = defaultdict(int)
    for day, number in connection.execute(query):
        weeks[monday(day)] += int(number)
    return _large_weeks(weeks)


def abandoned(connection: Connection, window: Window) -> Sequence[Abandoned]:
    """At which questions guided flows were left, most first."""
    found = totals(connection, window, "abandoned/")
    parts = ((name.partition("/"), number) for name, number in found.items())
    return [Abandoned(flow, question, number) for (flow, _, question), number in parts]


def unmatched(connection: Connection, window: Window) -> Sequence[Unmatched]:
    """For which groups of answers policy match had no result, most first."""
    found = totals(connection, window, "unmatched/")
    parts = ((name.partition("/"), number) for name, number in found.items())
    return [
        Unmatched(audience, tuple(filter(None, groups.split("+"))), number)
        for (audience, _, groups), number in parts
    ]


def weeks_of(window: Window) -> list[date]:
    """The Mondays of the window's weeks."""
    first = monday(window.start)
    return [first + number * WEEK for number in range((monday(window.end) - first) // WEEK + 1)]


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=min(day.weekday(), (day - date.min).days))


def _begins(connection: Connection, prefix: str) -> ColumnElement[bool]:
    """The condition that a name begins with `prefix`, as a range that an index finds (a LIKE is not looked up)."""
    if not prefix:
        return true()
    name = collate(counted.c.name, "BINARY" if connection.dialect.name == "sqlite" else "C")
    return and_(name >= prefix, name < prefix[:-1] + chr(ord(prefix[-1]) + 1))


def _large_weeks(weeks: Mapping[date, int]) -> Mapping[date, int]:
    shown = large({day.isoformat(): number for day, number in weeks.items()})
    return {day: number for day, number in sorted(weeks.items()) if day.isoformat() in shown}
