"""Asking something of a kiosk, and hearing what became of it. Functions that write are called inside `writing`.

A command carries no words (`catalog.box`). It expires; what was not answered by then was not done.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, select, update

from catalog.box import Answer, Command
from catalog.fleet import Moment
from catalog.text import encode
from county import audit
from county.database.fleet import command
from county.errors import Refused
from county.fleet import kiosks

LIFETIME = timedelta(minutes=10)
MOST = 8
"""Commands that may wait for one kiosk at a time."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A command, who gave it, and what became of it: `outcome` is empty while there is no answer."""

    command: Command
    person: str
    outcome: str = ""
    answered: Moment | None = None


def send(connection: Connection, kiosk_id: str, asked: Command, person: str, now: datetime) -> None:
    """Ask `asked` of a kiosk. Raises Refused."""
    if kiosks.get(connection, kiosk_id).state == "revoked":
        raise Refused("终端已吊销，收不到指令 · a revoked kiosk hears no commands")
    if len(waiting(connection, kiosk_id, now)) >= MOST:
        raise Refused(f"这台终端已有 {MOST} 条指令在等待，请稍后再发 · too many commands are waiting")
    connection.execute(
        insert(command).values(
            id=asked.id,
            kiosk=kiosk_id,
            body=encode(asked).decode(),
            person=person,
            sent=asked.sent,
            expires=asked.expires,
        )
    )
    audit.append(connection, person, "command", now, kiosk=kiosk_id, kind=asked.kind, route=asked.route)


def waiting(connection: Connection, kiosk_id: str, now: datetime) -> tuple[Command, ...]:
    """What a kiosk was asked and has neither answered nor let expire, in the order of asking."""
    rows = connection.scalars(
        select(command.c.body)
        .where(command.c.kiosk == kiosk_id, command.c.answered.is_(None), command.c.expires > now)
        .order_by(command.c.sent, command.c.id)
    )
    return tuple(msgspec.json.decode(body, type=Command) for body in rows)


def newest(connection: Connection, now: datetime) -> Mapping[str, str]:
    """The newest command that waits, for each kiosk that has one."""
    rows = connection.execute(
        select(command.c.kiosk, command.c.id)
        .where(command.c.answered.is_(None), command.c.expires > now)
        .order_by(command.c.sent, command.c.id)
    )
    return {row.kiosk: row.id for row in rows}


def answer(connection: Connection, kiosk_id: str, answers: Iterable[Answer], now: datetime) -> None:
    """Take note of a kiosk's answers; what it was not asked, or answered before, is passed over."""
    for given in answers:
        connection.execute(
            update(command)
            .where(command.c.id == given.id, command.c.kiosk == kiosk_id, command.c.answered.is_(None))
            .values(outcome=given.outcome, answered=now)
        )


def wants_picture(connection: Connection, kiosk_id: str, now: datetime) -> bool:
    """Whether somebody waits for a picture of this kiosk."""
    return any(asked.kind == "screenshot" for asked in waiting(connection, kiosk_id, now))


def history(connection: Connection, kiosk_id: str, most: int = 50) -> list[Sent]:
    """The newest commands to a kiosk, newest first."""
    rows = connection.execute(
        select(command)
        .where(command.c.kiosk == kiosk_id)
        .order_by(command.c.sent.desc(), command.c.id)
        .limit(most)
    )
    return [
        Sent(
            command=msgspec.json.decode(row.body, type=Command),
            person=row.person,
            outcome=row.outcome,
            answered=row.answered,
        )
        for row in rows
    ]
