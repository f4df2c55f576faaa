"""Alerts: symptoms that are written down when they begin and when they end.

`look` is called every few seconds, inside `writing`. An alert stays open for a while, so that what comes and goes is
one alert and not twenty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from catalog.fleet import Report
from catalog.rings import newest_allowed
from county.database.fleet import alert
from county.database.tables import edition
from county.fleet import health, kiosks, reports, rollouts
from county.fleet.health import Level, Published
from county.fleet.kiosks import Kiosk

SHORTEST = timedelta(minutes=5)
"""An alert is open at least so long."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something wrong with a kiosk; `cleared` when it is over."""

    kiosk: str
    code: str
    detail: str
    raised: datetime
    cleared: datetime | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A kiosk, what it last said, and how it is. `symptoms` are code → detail."""

    kiosk: Kiosk
    seen: datetime | None
    report: Report | None
    level: Level
    symptoms: Mapping[str, str]
    published: Published

    @property
    def genuine(self) -> bool:
        """Whether what the kiosk says it shows is what was published under this number."""
        said = self.report
        return (
            said is not None and bool(said.digest) and self.published.digests.get(said.edition) == said.digest
        )


def conditions(connection: Connection, now: datetime) -> list[Condition]:
    """How every kiosk is that is not revoked, by zone and name."""
    said = {kiosk_id: (seen, report) for kiosk_id, seen, report in reports.heard(connection)}
    known: dict[str, set[str]] = {}
    for row in connection.execute(select(alert.c.kiosk, alert.c.code).where(alert.c.cleared.is_(None))):
        known.setdefault(row.kiosk, set()).add(row.code)
    digests, plan, current = _digests(connection), rollouts.wanted(connection), rollouts.newest(connection)
    found = []
    for kiosk in kiosks.every(connection):
        seen, report = said[kiosk.id]
        highest = newest_allowed(plan, kiosk.id, kiosk.group, now)
        newest = max((number for number in digests if highest is None or number <= highest), default=0)
        published = Published(digests, newest, current.since if current else None)
        symptoms = health.symptoms(seen, report, published, known.get(kiosk.id, ()), now)
        level = health.level(kiosk.state, seen, symptoms)
        found.append(Condition(kiosk, seen, report, level, symptoms, published))
    return found


def look(connection: Connection, now: datetime) -> None:
    """Raise and clear alerts."""
    opened: dict[str, dict[str, Alert]] = {}
    for one in open_alerts(connection):
        opened.setdefault(one.kiosk, {})[one.code] = one
    for found in conditions(connection, now):
        kiosk_id = found.kiosk.id
        wrong, known = found.symptoms if found.level != "resting" else {}, opened.get(kiosk_id, {})
        for code in wrong.keys() - known.keys():
            values = {"code": code, "detail": wrong[code][:300], "raised": now}
            connection.execute(insert(alert).values(kiosk=kiosk_id, **values))
        over = [code for code in known.keys() - wrong.keys() if now - known[code].raised >= SHORTEST]
        if over:
            connection.execute(
                update(alert)
                .where(alert.c.kiosk == kiosk_id, alert.c.code.in_(over), alert.c.cleared.is_(None))
                .values(cleared=now)
            )


def open_alerts(connection: Connection) -> list[Alert]:
    """What is wrong now, newest first."""
    rows = connection.execute(
        select(alert).where(alert.c.cleared.is_(None)).order_by(alert.c.raised.desc(), alert.c.number.desc())
    )
    return [Alert(row.kiosk, row.code, row.detail, row.raised, row.cleared) for row in rows]


def history(connection: Connection, kiosk_id: str, most: int = 50) -> Sequence[Alert]:
    """The newest alerts of a kiosk, newest first."""
    rows = connection.execute(
        select(alert).where(alert.c.kiosk == kiosk_id).order_by(alert.c.number.desc()).limit(most)
    )
    return [Alert(row.kiosk, row.code, row.detail, row.raised, row.cleared) for row in rows]


def _digests(connection: Connection) -> dict[int, str]:
    rows = connection.execute(
        select(edition.c.number, edition.c.digest).where(edition.c.state == "published")
    )
    return {row.number: row.digest for row in rows}
