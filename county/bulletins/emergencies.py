"""Emergencies in the database: asked for by one person, confirmed by another, looked at afterwards by a third.

Confirming is an approval by the review step `emergency`, of the very content hash that was read; the database lets
it pass for emergency bulletins only, and only from an approver who did not ask. Functions that write are called
inside `writing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from catalog.calendar import due
from catalog.levels import level
from catalog.records import Bulletin, CalendarYear, EmergencyPlan
from catalog.text import decode_record, encode
from county import audit, revisions
from county.bulletins.drafting import CHINESE, holes, missing
from county.clock import local
from county.database.bulletins import activation, emergency_step, emergency_task
from county.database.tables import review, revision
from county.errors import Refused
from county.revisions import Change

Action = Literal["activate", "level", "correct", "lift"]
State = Literal["asked", "active", "lifted", "dropped"]
"""待确认、生效中、已解除、未启动."""
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a bulletin: asked for, then confirmed, refused or withdrawn, then looked at afterwards."""

    number: int
    activation: int
    action: Action
    level: int
    revision: int
    content_hash: str
    asked_by: str
    asked_at: datetime
    reason: str
    verdict: Literal["confirmed", "refused", "withdrawn"] | None
    decided_by: str | None
    decided_at: datetime | None
    remark: str
    check_due: date | None
    checked_by: str | None
    checked_at: datetime | None
    check_note: str | None

    @property
    def unchecked(self) -> bool:
        """Whether somebody still has to look at it afterwards."""
        return self.verdict == "confirmed" and self.checked_at is None


@dataclass(frozen=True, slots=True)
class Emergency:
    """An activated plan, or one that somebody asked to activate; its steps in their order."""

    number: int
    plan: str
    plan_title: str
    bulletin: str
    author: str
    at: datetime
    steps: tuple[Step, ...]

    @property
    def open_step(self) -> Step | None:
        """The step that waits to be decided."""
        return next((step for step in self.steps if step.verdict is None), None)

    def moment(self, action: Action) -> datetime | None:
        """When the first step of this sort was confirmed."""
        return next((step.decided_at for step in self._confirmed if step.action == action), None)

    @property
    def levels(self) -> dict[int, datetime]:
        """Level → when it was first in force."""
        found: dict[int, datetime] = {}
        for step in self._confirmed:
            if step.decided_at is not None:
                found.setdefault(step.level, step.decided_at)
        return found

    @property
    def level(self) -> int:
        """The level in force, or asked for when none is."""
        return (self._confirmed or self.steps)[-1].level

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.moment("lift"):
            return "lifted"
        if self.moment("activate"):
            return "active"
        return "asked" if self.open_step else "dropped"

    @property
    def _confirmed(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.verdict == "confirmed")


def emergencies(connection: Connection) -> tuple[Emergency, ...]:
    """All, the newest first."""
    steps: dict[int, list[Step]] = {}
    for row in connection.execute(select(emergency_step).order_by(emergency_step.c.number)).mappings():
        steps.setdefault(row["activation"], []).append(Step(**row))
    rows = connection.execute(select(activation).order_by(activation.c.number.desc())).mappings()
    return tuple(Emergency(**row, steps=tuple(steps.get(row["number"], ()))) for row in rows)


def find_emergency(connection: Connection, number: int) -> Emergency:
    """Raises Refused when there is none."""
    for one in emergencies(connection):
        if one.number == number:
            return one
    raise Refused(f"没有第 {number} 号应急响应")


def bulletin_of(connection: Connection, step: Step) -> Bulletin:
    """The bulletin as a step has it."""
    body = connection.scalar(select(revision.c.body).where(revision.c.number == step.revision))
    record = decode_record("bulletin", body or "")
    assert isinstance(record, Bulletin)
    return record


def free_id(connection: Connection, plan: str, now: datetime) -> str:
    """An id for a bulletin that no record ever had: the plan's, the minute, and a number where needed."""
    stem = f"{plan[:64]}-{local(now):%Y%m%d-%H%M}"
    rows = select(revision.c.record).where(revision.c.kind == "bulletin", revision.c.record.startswith(stem))
    used = set(connection.scalars(rows))
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in used:
        number += 1
    return name


def activate(
    connection: Connection, plan: EmergencyPlan, bulletin: Bulletin, reason: str, by: str, now: datetime
) -> int:
    """Ask to activate a plan with this bulletin, whose id must be new; returns the activation's number."""
    known = select(revision.c.number).where(revision.c.kind == "bulletin", revision.c.record == bulletin.id)
    if connection.scalar(known.limit(1)) is not None:
        raise Refused(f"公告编号 {bulletin.id} 已用过，请换一个")
    values = {
        "plan": plan.id,
        "plan_title": plan.title[:200],
        "bulletin": bulletin.id,
        "author": by,
        "at": now,
    }
    added = insert(activation).values(**values).returning(activation.c.number)
    number = int(connection.execute(added).scalar_one())
    tasks = [
        {
            "activation": number,
            "item": one.item[:200],
            "body": one.body[:200],
            "deadline": one.deadline[:200],
            "channels": encode(one.channels).decode(),
        }
        for one in plan.disclosure
    ]
    if tasks:
        connection.execute(insert(emergency_task), tasks)
    _ask(connection, number, "activate", bulletin, reason, by, now)
    return number


def change(
    connection: Connection,
    number: int,
    action: Action,
    bulletin: Bulletin,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    """Ask to change the bulletin of an active emergency: its level, a correction, or to lift it. Raises Refused."""
    one = find_emergency(connection, number)
    if one.state != "active":
        raise Refused("这次应急响应没有生效，或已经解除")
    if one.open_step is not None:
        raise Refused(f"{one.open_step.asked_by} 的申请还没有确认，请先确认或撤回")
    if action == "activate" or bulletin.id != one.bulletin:
        raise Refused("只能修改这次应急响应自己的公告")
    _ask(connection, number, action, bulletin, reason, by, now)


def confirm(
    connection: Connection,
    step: Step,
    content_hash: str,
    calendar: Sequence[CalendarYear],
    check_days: int,
    by: str,
    now: datetime,
) -> None:
    """Put a step into force: its bulletin is approved. `content_hash` is of the text that was read.

    Raises Refused when the same person asked, or the text was changed meanwhile.
    """
    if step.verdict is not None:
        raise Refused("这一申请已经有人处理过")
    if by == step.asked_by:
        raise Refused("申请和确认必须是两个人，请另一位审批员确认")
    if not _is_draft(connection, step) or content_hash != step.content_hash:
        raise Refused("公告在申请后又被修改，请退回，重新申请")
    values = {"revision": step.revision, "content_hash": step.content_hash, "step": "emergency"}
    connection.execute(insert(review).values(**values, verdict="approved", reviewer=by, at=now))
    connection.execute(update(revision).where(revision.c.number == step.revision).values(state="approved"))
    until = due(local(now).date(), check_days, calendar).date
    _decide(connection, step, "confirmed", by, "", now, until)


def refuse(connection: Connection, step: Step, remark: str, by: str, now: datetime) -> None:
    """Drop a step that was asked for; by the same person it is withdrawn. Raises Refused without a reason."""
    mine = by == step.asked_by
    if not mine and not remark.strip():
        raise Refused("退回请写明原因")
    if _is_draft(connection, step):
        revisions.discard(connection, step.revision)
    _decide(connection, step, "withdrawn" if mine else "refused", by, remark.strip()[:LONGEST], now, None)


def check_afterwards(connection: Connection, step: Step, note: str, by: str, now: datetime) -> None:
    """Put on record that a third person looked at a confirmed step. Raises Refused."""
    if by in (step.asked_by, step.decided_by):
        raise Refused("事后复核要由申请人、确认人以外的第三人做")
    if not note.strip():
        raise Refused("请写明复核意见")
    done = connection.execute(
        update(emergency_step)
        .where(
            emergency_step.c.number == step.number,
            emergency_step.c.verdict == "confirmed",
            emergency_step.c.checked_at.is_(None),
        )
        .values(checked_by=by, checked_at=now, check_note=note.strip()[:LONGEST])
    )
    if done.rowcount != 1:
        raise Refused("这一步不需要复核，或已经复核过")
    audit.append(connection, by, "emergency checked", now, step=step.number)


def _ask(
    connection: Connection,
    number: int,
    action: Action,
    bulletin: Bulletin,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    lacking = missing(bulletin)
    if lacking or bulletin.bulletin_kind != "emergency":
        raise Refused(
            "公告要素不全（突发事件应对法第六十四条）：" + "、".join(CHINESE[name] for name in lacking)
        )
    if holes(bulletin):
        raise Refused("公告里还有没填的空：" + "、".join(holes(bulletin)))
    if bulletin.starts and bulletin.ends and bulletin.ends <= bulletin.starts:
        raise Refused("结束时间不晚于开始时间，请核对")
    asked = Change.to(bulletin)
    (draft,) = revisions.add_drafts(connection, [asked], by, now)
    values = {
        "activation": number,
        "action": action,
        "level": level(bulletin.level),
        "revision": draft,
        "content_hash": asked.content_hash,
        "asked_by": by,
        "asked_at": now,
        "reason": reason.strip()[:LONGEST],
    }
    connection.execute(insert(emergency_step).values(**values))
    audit.append(connection, by, f"emergency {action}", now, activation=number, revision=draft)


def _is_draft(connection: Connection, step: Step) -> bool:
    """Whether the bulletin that was asked for is still the one to decide about."""
    state = select(revision.c.state).where(revision.c.number == step.revision)
    return bool(connection.scalar(state) == "draft")


def _decide(
    connection: Connection,
    step: Step,
    verdict: Literal["confirmed", "refused", "withdrawn"],
    by: str,
    remark: str,
    now: datetime,
    check_due: date | None,
) -> None:
    decided = connection.execute(
        update(emergency_step)
        .where(emergency_step.c.number == step.number, emergency_step.c.verdict.is_(None))
        .values(verdict=verdict, decided_by=by, decided_at=now, remark=remark, check_due=check_due)
    )
    if decided.rowcount != 1:
        raise Refused("这一申请已经有人处理过")
    audit.append(connection, by, f"emergency {verdict}", now, step=step.number, revision=step.revision)
