"""Taking in heartbeats. `hear` is called inside `writing`."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from catalog.fleet import Heard, Report
from catalog.text import encode
from county.database.fleet import kiosk, shown
from county.errors import Refused
from county.fleet import commands
from county.fleet.kiosks import Kiosk


def hear(connection: Connection, who: Kiosk, said: Report, now: datetime) -> Heard:
    """Keep what a kiosk said of itself, and tell it what the county asks of it."""
    before = newest(connection, who.id)
    if said.digest and (before is None or before.digest != said.digest):
        connection.execute(
            insert(shown).values(kiosk=who.id, edition=said.edition, digest=said.digest, since=now)
        )
    connection.execute(
        update(kiosk).where(kiosk.c.id == who.id).values(seen=now, report=encode(said).decode())
    )
    commands.answer(connection, who.id, said.answers, now)
    asked = commands.waiting(connection, who.id, now)
    return Heard(at=now, name=who.name, group=who.group, commands=asked)


def newest(connection: Connection, kiosk_id: str) -> Report | None:
    """A kiosk's newest heartbeat."""
    return _read(connection.scalar(select(kiosk.c.report).where(kiosk.c.id == kiosk_id)))


def heard(connection: Connection) -> Iterable[tuple[str, datetime | None, Report | None]]:
    """(id, when it was last heard, its newest heartbeat) of every kiosk that is not revoked."""
    rows = connection.execute(
        select(kiosk.c.id, kiosk.c.seen, kiosk.c.report).where(kiosk.c.state != "revoked")
    )
    return [(row.id, row.seen, _read(row.report)) for row in rows]


def require_unseen(connection: Connection, number: int) -> None:
    """Raises Refused when a kiosk knows an edition with this number or a later one; it would take this for an attack.

    That is so after the county was restored from a backup that is older than what was published.
    """
    known = [
        (max(said.newest, said.edition), kiosk_id)
        for kiosk_id, _, said in heard(connection)
        if said is not None
    ]
    highest, kiosk_id = max(known, default=(0, ""))
    if highest >= number:
        name = connection.scalar(select(kiosk.c.name).where(kiosk.c.id == kiosk_id))
        raise Refused(
            f"终端“{name}”已见过第 {highest} 版，不会接受第 {number} 版。如果本县数据是从旧备份恢复的，"
            f"请运行 build --after {highest} 重新生成，并更换在线密钥；如果这台终端不可信，请先吊销它"
        )


def editions_shown(connection: Connection, kiosk_id: str, most: int = 50) -> list[tuple[int, str, datetime]]:
    """(edition, digest, since when) of a kiosk, newest first."""
    rows = connection.execute(
        select(shown).where(shown.c.kiosk == kiosk_id).order_by(shown.c.number.desc()).limit(most)
    )
    return [(row.edition, row.digest, row.since) for row in rows]


def _read(text: str | None) -> Report | None:
    """A heartbeat that an earlier program kept in another shape is as good as none."""
    try:
        return msgspec.json.decode(text, type=Report) if text else None
    except msgspec.MsgspecError:
        return None
