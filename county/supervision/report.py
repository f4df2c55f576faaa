"""Monthly, quarterly and yearly reports: a snapshot that stays as it was made.

Making one writes its text and the digest of it, which stands in the audit log too. Functions that write are called
inside `writing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import Connection, func, insert, select

from catalog.calendar import Due
from catalog.records import County
from catalog.text import digest, encode
from county import audit
from county.clock import local
from county.database.bulletins import emergency_step
from county.database.supervision import supervision_report
from county.database.tables import edition, review
from county.errors import Refused
from county.supervision.coverage import Row
from county.supervision.entries import Entry, punctual, tally
from county.supervision.faults import SORTS
from county.supervision.overview import Overview
from county.supervision.periods import Period, named, said
from county.supervision.timeliness import STATES
from county.supervision.zones import inspections, met, newest, visitors, zones
from county.wording import Words

REMEMBERED = 12
"""So many earlier reports of the same rhythm are shown as a trend."""

ACTIVITIES = ("approved", "returned", "editions", "emergencies")
"""What is counted of the desk's work."""


class Share(msgspec.Struct, frozen=True):
    """`met` of `of`; `name` is a key of the desk's words."""

    name: str
    met: int
    of: int


class Line(msgspec.Struct, frozen=True):
    """An organisation or a field."""

    title: str
    items: int
    complete: int
    recorded: int
    services: int
    in_time: int
    judged: int
    overdue: int
    faults: int


class ZoneLine(msgspec.Struct, frozen=True):
    """A zone: requirements met of five, None when nobody looked; people in the period; open follow-ups."""

    title: str
    level: str
    met: int | None
    visitors: int
    open: int


class Trend(msgspec.Struct, frozen=True):
    """What an earlier report said."""

    period: str
    in_time: int
    judged: int
    complete: int
    items: int
    faults: int
    visitors: int


class Late(msgspec.Struct, frozen=True):
    """Something overdue or published late in the period."""

    subject: str
    title: str
    organisations: tuple[str, ...]
    due: date
    published: date | None
    period: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on a report. `states` and `late` are about what fell due or was published in the period."""

    format: int = 1
    county: str
    county_en: str = ""
    demonstration: bool = False
    period: str
    first: date
    last: date
    made: datetime
    states: Mapping[str, int]
    late: tuple[Late, ...]
    unrecorded: int
    indicators: tuple[Share, ...]
    items: int
    complete: int
    elements: tuple[Share, ...]
    faults: Mapping[str, int]
    organisations: tuple[Line, ...]
    fields: tuple[Line, ...]
    zones: tuple[ZoneLine, ...]
    activity: Mapping[str, int]
    trend: tuple[Trend, ...]

    def title(self, words: Words) -> str:
        """What the report is called."""
        county = words.pick(self.county, self.county_en)
        return words("supervision.report-title", county=county, period=said(self.period, words))

    @property
    def visitors(self) -> int:
        """People in all zones."""
        return sum(zone.visitors for zone in self.zones)

    @property
    def punctual(self) -> tuple[int, int]:
        """(in time, judged)."""
        in_time = self.states["on_time"]
        return in_time, in_time + self.states["late"] + self.states["overdue"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report on record."""

    number: int
    period: str
    author: str
    at: datetime
    digest: str
    report: Report


def make(connection: Connection, seen: Overview, name: str, by: str, now: datetime) -> int:
    """Make and keep the report of a period such as 2026-Q4; returns its number.

    Raises Refused for a period that is none or has not begun.
    """
    period = named(name)
    if period is None:
        raise Refused("请选择月份（2026-11）、季度（2026-Q4）或年份（2026）")
    if period.first > seen.ground.today:
        raise Refused("这个时期还没有开始")
    text = encode(_report(connection, seen, period, now)).decode()
    values = {"period": period.name, "first": period.first, "last": period.last, "body": text}
    added = insert(supervision_report).values(**values, digest=digest(text.encode()), author=by, at=now)
    number = int(connection.execute(added.returning(supervision_report.c.number)).scalar_one())
    audit.append(connection, by, "report", now, number=number, period=name, digest=digest(text.encode()))
    return number


def reports(connection: Connection) -> tuple[Kept, ...]:
    """All reports, the newest first."""
    rows = connection.execute(select(supervision_report).order_by(supervision_report.c.number.desc()))
    return tuple(
        Kept(
            row.number, row.period, row.author, row.at, row.digest, msgspec.json.decode(row.body, type=Report)
        )
        for row in rows
    )


def find_report(connection: Connection, number: int) -> Kept:
    """Raises Refused when there is none, or its text is no longer what was made."""
    row = connection.execute(select(supervision_report).where(supervision_report.c.number == number)).first()
    if row is None:
        raise Refused(f"没有第 {number} 号报告")
    if digest(row.body.encode()) != row.digest:
        raise Refused(f"第 {number} 号报告的内容与生成时不一致，请联系审计员")
    return _kept(row)


def _kept(row: sqlalchemy.Row[Any]) -> Kept:
    read = msgspec.json.decode(row.body, type=Report)
    report = msgspec.structs.replace(
        read,
        states={state: read.states[state] for state in STATES},
        faults={sort: read.faults[sort] for sort in SORTS},
        activity={name: read.activity[name] for name in ACTIVITIES},
    )
    return Kept(row.number, row.period, row.author, row.at, row.digest, report)


def _report(connection: Connection, seen: Overview, period: Period, now: datetime) -> Report:
    ground = seen.ground
    inside = [entry for entry in seen.entries if _inside(entry, period)]
    counties = ground.of(County)
    return Report(
        county=counties[0].title if counties else "",
        county_en=counties[0].title_en if counties else "",
        demonstration=bool(counties) and counties[0].demonstration,
        period=period.name,
        first=period.first,
        last=period.last,
        made=now,
        states={str(state): number for state, number in tally(inside).items()},
        late=tuple(
            _late(entry, ground.office_titles) for entry in inside if entry.state in ("late", "overdue")
        ),
        unrecorded=seen.unrecorded,
        indicators=tuple(Share(one.name, one.met, one.of) for one in seen.indicators),
        items=seen.completeness.items,
        complete=seen.completeness.complete,
        elements=tuple(
            Share(name, filled, seen.completeness.items)
            for name, filled in seen.completeness.elements.items()
        ),
        faults={sort: sum(fault.sort == sort for fault in seen.faults) for sort in SORTS},
        organisations=_lines(seen.organisations),
        fields=_lines(seen.fields),
        zones=_zones(connection, period),
        activity=_activity(connection, period),
        trend=_trend(connection, period),
    )


def _inside(entry: Entry, period: Period) -> bool:
    """Whether it fell due or was published in the period."""
    due = entry.due.date if entry.due else entry.start
    return any(day and period.first <= day <= period.last for day in (due, entry.published))


def _late(entry: Entry, titles: Mapping[str, str]) -> Late:
    assert isinstance(entry.due, Due)
    organisations = tuple(titles.get(key, key) for key in entry.organisations)
    return Late(entry.subject, entry.title, organisations, entry.due.date, entry.published, entry.period)


def _lines(rows: Sequence[Row]) -> tuple[Line, ...]:
    return tuple(
        Line(
            title=row.title,
            items=row.items,
            complete=row.complete,
            recorded=row.recorded,
            services=row.services,
            in_time=punctual(row.states)[0],
            judged=punctual(row.states)[1],
            overdue=row.states["overdue"],
            faults=row.faults,
        )
        for row in rows
    )


def _zones(connection: Connection, period: Period) -> tuple[ZoneLine, ...]:
    seen = inspections(connection)
    last, came = newest(seen), visitors(connection, period.first, period.last)
    return tuple(
        ZoneLine(
            title=zone.title,
            level=zone.level,
            met=met(last[zone.id]) if zone.id in last else None,
            visitors=came.get(zone.id, 0),
            open=sum(one.open for one in seen if one.zone == zone.id),
        )
        for zone in zones(connection)
        if zone.closed is None or zone.closed >= period.first
    )


def _activity(connection: Connection, period: Period) -> dict[str, int]:
    """What was done at the desk, by the county's days."""
    first = local(datetime.combine(period.first, datetime.min.time()))
    last = local(datetime.combine(period.last, datetime.max.time()))
    counts = {
        "approved": select(func.count()).where(
            review.c.verdict == "approved", review.c.step != "import", review.c.at.between(first, last)
        ),
        "returned": select(func.count()).where(
            review.c.verdict == "returned", review.c.at.between(first, last)
        ),
        "editions": select(func.count()).where(
            edition.c.state == "published", edition.c.created.between(first, last)
        ),
        "emergencies": select(func.count()).where(
            emergency_step.c.verdict == "confirmed", emergency_step.c.decided_at.between(first, last)
        ),
    }
    return {name: connection.scalar(query) or 0 for name, query in counts.items()}


def _trend(connection: Connection, period: Period) -> tuple[Trend, ...]:
    """The newest earlier report of each period of the same rhythm, the oldest period first."""
    of_period: dict[str, Report] = {}
    for kept in reversed(reports(connection)):
        report = kept.report
        if len(report.period) == len(period.name) and ("Q" in report.period) == ("Q" in period.name):
            of_period[report.period] = report
    earlier = sorted(name for name in of_period if name < period.name)[-REMEMBERED:]
    return tuple(
        Trend(
            name,
            *of_period[name].punctual,
            of_period[name].complete,
            of_period[name].items,
            sum(of_period[name].faults.values()),
            of_period[name].visitors,
        )
        for name in earlier
    )
