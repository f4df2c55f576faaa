"""Import jobs: who sent what, how far it is, what became of it. Functions that write are called inside `writing`."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Literal

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from county import audit
from county.database.reviewing import import_job
from county.errors import Refused
from county.importing.folder import JobFolder, job_folder
from county.importing.work import Found

Status = Literal["reading", "interrupted", "read", "applied", "cancelled"]
FORGOTTEN = timedelta(days=14)
"""An open job of this age is cancelled and its files are removed."""


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table. `state` is open, applied or cancelled."""

    id: str
    person: str
    created: datetime
    state: str
    files: tuple[str, ...]
    drafts: int


def open_job(connection: Connection, job: str, person: str, files: Sequence[str], now: datetime) -> None:
    """Enter a job whose files are kept."""
    names = msgspec.json.encode(files).decode()
    connection.execute(
        insert(import_job).values(id=job, person=person, created=now, state="open", files=names, drafts=0)
    )


def jobs_of(connection: Connection, person: str, limit: int = 20) -> list[Job]:
    """A person's newest jobs, newest first."""
    rows = connection.execute(
        select(import_job)
        .where(import_job.c.person == person)
        .order_by(import_job.c.created.desc())
        .limit(limit)
    )
    return [_job(row) for row in rows]


def get_job(connection: Connection, job: str, person: str) -> Job:
    """A person's own job. Raises Refused when there is none of this id."""
    row = connection.execute(
        select(import_job).where(import_job.c.id == job, import_job.c.person == person)
    ).first()
    if row is None:
        raise Refused("没有这次导入")
    return _job(row)


def close_job(
    connection: Connection, job: Job, state: Literal["applied", "cancelled"], drafts: int = 0
) -> None:
    """End a job. Raises Refused when it has ended already."""
    open_still = (import_job.c.id == job.id, import_job.c.state == "open")
    ended = connection.execute(update(import_job).where(*open_still).values(state=state, drafts=drafts))
    if ended.rowcount != 1:
        raise Refused("这次导入已经办结")


def forget_old_jobs(connection: Connection, state: Path, now: datetime) -> None:
    """Cancel what nobody came back to, and remove its files."""
    old = (import_job.c.state == "open", import_job.c.created < now - FORGOTTEN)
    for job in connection.scalars(select(import_job.c.id).where(*old)).all():
        connection.execute(update(import_job).where(import_job.c.id == job).values(state="cancelled"))
        audit.append(connection, "system", "import forgotten", now, job=job)
        job_folder(state, job).remove()


def status(job: Job, folder: JobFolder) -> Status:
    """How far a job is."""
    if job.state == "applied" or job.state == "cancelled":
        return "applied" if job.state == "applied" else "cancelled"
    if folder.report.exists():
        return "read"
    return "reading" if _is_held(folder) else "interrupted"


def found(folder: JobFolder) -> Found:
    """What the files bring. Raises Refused when they were not read."""
    try:
        return msgspec.json.decode(folder.report.read_bytes(), type=Found)
    except FileNotFoundError:
        raise Refused("文件还没有读完") from None


def start(folder: JobFolder, database: str) -> None:
    """Have the files read by a process of their own, unless one is at it. It outlives this one."""
    lock = os.open(folder.lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return
    folder.report.unlink(missing_ok=True)
    worker = subprocess.Popen(
        [sys.executable, "-m", "county.importing.work", str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
    )
    os.close(lock)
    Thread(target=worker.communicate, args=(database.encode(),), daemon=True).start()


def _is_held(folder: JobFolder) -> bool:
    try:
        with folder.lock.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _job(row: Row[tuple[object, ...]]) -> Job:
    files = msgspec.json.decode(row.files, type=tuple[str, ...])
    return Job(row.id, row.person, row.created, row.state, files, row.drafts)
