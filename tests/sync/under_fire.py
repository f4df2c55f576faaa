"""An outbox delivered while both sides are killed at random and answers are lost: a server and a box, forked."""

import multiprocessing
import os
import random
import signal
import socket
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import uvicorn
from msgspec.structs import replace
from sqlalchemy import func, select

from catalog.outbox import SCHEMA, outbox_path
from catalog.text import encode
from county.database.engine import connect, writing
from county.database.insight import report
from county.fleet import kiosks
from county.fleet.kiosks import Kiosk
from county.founding import found
from county.repository import Repository
from county.settings import Settings, read_settings
from county.web.admin.shell import Desk
from county.web.app import create_app
from sync.api import Api
from sync.enrolment import enrol
from sync.errors import SyncError, Unreachable
from sync.identity import read_identity
from sync.memory import Memory
from sync.outbox import deliver, is_waiting
from tests.sync.double import SETTINGS

T = TypeVar("T")
FORK = multiprocessing.get_context("fork")
A_DAY = 2_000
"""Rows of one kind that are dated to one day."""
PATIENT = replace(SETTINGS, request_timeout=5.0)


@dataclass
class Battle:
    """What happened: rows in the outbox, rows the county has, how often any of them is there at most, and kills."""

    rows: int
    kept: int = 0
    most: int = 0
    box_kills: int = 0
    server_kills: int = 0


def under_fire(folder: Path, rows: int, seed: int, p: float = 0.5) -> Battle:
    """Deliver `rows` while answers are lost with the chance `p`."""
    chance, battle = random.Random(seed), Battle(rows)
    settings = read_settings(folder / "county", title="测试县")
    code = _founded(settings)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = FORK.Process(target=_serve, args=(listener, settings))
        server.start()
        box = folder / "box"
        enrol(box, f"http://127.0.0.1:{listener.getsockname()[1]}/", code, PATIENT)
        _fill(box, rows)
        while _is_waiting(box):
            boxed = FORK.Process(target=_deliver, args=(box, chance.random(), p))
            boxed.start()
            boxed.join(chance.uniform(0.02, 0.5))
            if boxed.is_alive() and chance.random() < 0.7:
                _kill(boxed)
                battle.box_kills += 1
            if chance.random() < 0.3:
                _kill(server)
                battle.server_kills += 1
                server = FORK.Process(target=_serve, args=(listener, settings))
                server.start()
            boxed.join()
        _kill(server)
    _count(settings, battle)
    return battle


def _founded(settings: Settings) -> str:
    engine, now = found(settings, {}, "tester", datetime.now(UTC)).engine, datetime.now(UTC)
    data = Repository(settings.repository).metadata("1.root.json").read_bytes()
    with writing(engine) as connection:
        place = Kiosk("", "box", "", "", "", "")
        code = kiosks.make_code(connection, place, (1, data), "admin", now, os.urandom)
    engine.dispose()
    return code.text


def _serve(listener: socket.socket, settings: Settings) -> None:
    engine = connect(settings.database_url)
    app = create_app(settings.folder, _now, desk=Desk(engine, settings, _now))
    uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")).run([listener])


class _Losing:
    """Loses requests and answers by chance."""

    def __init__(self, api: Api, chance: random.Random, p: float) -> None:
        self._api, self._chance, self._p = api, chance, p

    def ask(self, path: str, body: bytes, shape: type[T]) -> T:
        if self._chance.random() < self._p / 4:
            raise Unreachable("the request was lost")
        answer = self._api.ask(path, body, shape)
        if self._chance.random() < self._p:
            raise Unreachable("the answer was lost")
        return answer


def _deliver(box: Path, seed: float, p: float) -> None:
    identity = read_identity(box)
    assert identity
    chance = random.Random(seed)
    with closing(Memory(box / "state.db")) as memory, closing(Api(identity, memory, PATIENT)) as api:
        for _ in range(4):
            with suppress(SyncError):
                deliver(box, memory, _Losing(api, chance, p), rounds=2)


def _is_waiting(box: Path) -> bool:
    with closing(Memory(box / "state.db")) as memory:
        return is_waiting(box, memory)


def _fill(box: Path, rows: int) -> None:
    today = _now()
    with closing(sqlite3.connect(outbox_path(box))) as file, file:
        file.executescript(SCHEMA)
        file.execute("PRAGMA user_version = 7")
        for number in range(rows // 2):
            at = today - timedelta(days=number // A_DAY)
            call = encode({"call": f"c{number}", "state": "asked", "at": at})
            opinion = encode({"day": at.date(), "survey": "s", "edition": 1, "answers": {"q": [5]}})
            for kind, body in (("call", call), ("rating", opinion)):
                file.execute(
                    "INSERT INTO row VALUES (?, ?, ?, ?)", (f"{kind}-{number}", kind, number + 1, body)
                )


def _count(settings: Settings, battle: Battle) -> None:
    engine = connect(settings.database_url)
    with engine.connect() as connection:
        counts = connection.execute(select(report.c.row, func.count()).group_by(report.c.row)).all()
    engine.dispose()
    battle.kept, battle.most = len(counts), max(count for _, count in counts)


def _kill(process: multiprocessing.process.BaseProcess) -> None:
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def _now() -> datetime:
    return datetime.now(UTC)
