"""Editions on their way through the rings, in the database. Functions that write are called inside `writing`.

Without rings every kiosk may take every edition at once. An urgent edition, such as one with an emergency, passes
the rings by. What kiosks are told is `wanted`; the server signs it (county/publishing.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from catalog.rings import Plan, ring_of
from county import audit, editions
from county.database.fleet import ring, rollout
from county.errors import Refused
from county.fleet import kiosks, reports, spreading
from county.fleet.spreading import Stage, Witness


@dataclass(frozen=True, slots=True)
class Rollout:
    """An edition: the rings up to `place` may take it since `since`, the others stay at `before`.

    `state` is spreading, halted, everywhere or overtaken; `reason` says why it was halted.
    """

    edition: int
    before: int
    place: int
    state: str
    since: datetime
    reason: str
    urgent: bool


def stages(connection: Connection) -> list[Stage]:
    """The rings, in order; none when editions do not spread in rings."""
    rows = connection.execute(select(ring).order_by(ring.c.place))
    return [Stage(row.name, row.percent, row.minutes, row.group) for row in rows]


def set_stages(connection: Connection, wanted: Sequence[Stage], person: str, now: datetime) -> None:
    """Replace the rings. Raises Refused for unusable ones, or while an edition is spreading."""
    current = newest(connection)
    if current and current.state in ("spreading", "halted"):
        raise Refused(
            "有版本正在分批发放，请先完成或全部放行 · an edition is spreading; finish it or release it to all first"
        )
    names = [stage.name.strip() for stage in wanted]
    if len(set(names)) != len(names) or any(not 1 <= len(name) <= 64 for name in names):
        raise Refused("每一批都要有不同的名称 · every ring needs a name of its own")
    if any(not 0 <= s.percent <= 100 or not 0 <= s.minutes <= 100_000 for s in wanted):
        raise Refused("比例应在 0 到 100 之间，停留分钟数不能为负 · percent 0 to 100, minutes not below 0")
    if any(not (stage.percent or stage.group) for stage in wanted):
        raise Refused("每一批要写明比例或分组 · every ring needs a percentage or a group")
    connection.execute(delete(ring))
    for place, (stage, name) in enumerate(zip(wanted, names, strict=True)):
        values = {"percent": stage.percent, "minutes": stage.minutes, "group": stage.group.strip()[:64]}
        connection.execute(insert(ring).values(place=place, name=name, **values))
    audit.append(connection, person, "rings", now, rings=names)


def newest(connection: Connection) -> Rollout | None:
    """How far the newest edition has spread."""
    row = connection.execute(select(rollout).order_by(rollout.c.edition.desc()).limit(1)).first()
    return None if row is None else Rollout(*row)


def history(connection: Connection, most: int = 20) -> list[Rollout]:
    """The newest rollouts, newest first."""
    rows = connection.execute(select(rollout).order_by(rollout.c.edition.desc()).limit(most))
    return [Rollout(*row) for row in rows]


def before(connection: Connection) -> int:
    """The newest edition that every kiosk may take; 0 when there is none."""
    return (
        connection.scalar(
            select(rollout.c.edition)
            .where(rollout.c.state == "everywhere")
            .order_by(rollout.c.edition.desc())
            .limit(1)
        )
        or 0
    )


def wanted(connection: Connection, coming: int = 0, urgent: bool = False) -> Plan:
    """What kiosks shall be told, now or as soon as the edition `coming` is published."""
    rings, current = stages(connection), newest(connection)
    if coming and (current is None or current.edition < coming):
        known = before(connection)
        return spreading.plan(rings, 0, coming, known) if rings and known and not urgent else Plan()
    if not rings or current is None or current.state in ("everywhere", "overtaken"):
        return Plan()
    return spreading.plan(rings, current.place, current.edition, current.before, current.state == "halted")


def begin(connection: Connection, edition: int, urgent: bool, now: datetime) -> None:
    """The edition was published: it spreads from the first ring on, or is everywhere at once."""
    current, known = newest(connection), before(connection)
    if current and current.edition >= edition:
        return
    if current and current.state in ("spreading", "halted"):
        _move(connection, current.edition, state="overtaken")
    spreads = bool(stages(connection)) and bool(known) and not urgent
    connection.execute(
        insert(rollout).values(
            edition=edition,
            before=known,
            place=0,
            state="spreading" if spreads else "everywhere",
            since=now,
            urgent=urgent,
        )
    )


def look(connection: Connection, now: datetime) -> None:
    """Let the newest edition spread further, or halt it, as the kiosks' reports say."""
    current, rings = newest(connection), stages(connection)
    if current is None or current.state != "spreading":
        return
    if not rings:
        _move(connection, current.edition, state="everywhere", since=now)
        return
    place = min(current.place, len(rings) - 1)
    digest = editions.get(connection, current.edition).digest
    said = witnesses(connection, rings[: place + 1])
    minutes = rings[place].minutes
    verdict, reason = spreading.verdict(said, digest, minutes, current.since, now)
    if verdict == "halt":
        _move(connection, current.edition, state="halted", reason=reason, since=now)
        audit.append(connection, "", "rings halted", now, edition=current.edition, reason=reason)
    elif verdict == "on" and place + 1 < len(rings):
        _move(connection, current.edition, place=place + 1, since=now)
    elif verdict == "on":
        _move(connection, current.edition, state="everywhere", since=now)
        audit.append(connection, "", "rings finished", now, edition=current.edition)


def witnesses(connection: Connection, rings: Sequence[Stage]) -> list[Witness]:
    """The kiosks in service that belong to one of these rings."""
    drawn = spreading.plan(rings, len(rings), 1, 0).rings[:-1]
    inside = {
        kiosk.id
        for kiosk in kiosks.every(connection)
        if kiosk.state == "in service" and ring_of(drawn, kiosk.id, kiosk.group)
    }
    return [Witness(*heard) for heard in reports.heard(connection) if heard[0] in inside]


def halt(connection: Connection, person: str, reason: str, now: datetime) -> None:
    """Let nobody else take the newest edition. Raises Refused."""
    current = _spreading(connection, "spreading")
    _move(connection, current.edition, state="halted", reason=reason[:300], since=now)
    audit.append(connection, person, "rings halt", now, edition=current.edition, reason=reason)


def resume(connection: Connection, person: str, now: datetime) -> None:
    """Go on where the newest edition was halted. Raises Refused."""
    current = _spreading(connection, "halted")
    _move(connection, current.edition, state="spreading", reason="", since=now)
    audit.append(connection, person, "rings resume", now, edition=current.edition)


def release(connection: Connection, person: str, now: datetime) -> None:
    """Let every kiosk take the newest edition now. Raises Refused."""
    current = _spreading(connection, "spreading", "halted")
    _move(connection, current.edition, state="everywhere", since=now)
    audit.append(connection, person, "rings release", now, edition=current.edition)


def _spreading(connection: Connection, *states: str) -> Rollout:
    current = newest(connection)
    if current is None or current.state not in states:
        raise Refused("没有可以这样处理的版本 · no edition for which this can be done")
    return current


def _move(connection: Connection, edition: int, **values: object) -> None:
    connection.execute(update(rollout).where(rollout.c.edition == edition).values(**values))
