"""county serve"""

import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from county.commands.session import Session
from county.database.engine import connect
from county.errors import CountyError, Unready
from county.fleet.tending import tend
from county.publishing import show_due

if TYPE_CHECKING:
    from county.web.admin.shell import Desk

NAME = "serve"
SUMMARY = "serve the signed repository, the phone pages and the desk"


SHOWN_WITHIN = 15.0
"""Seconds after its time at which an edition is on the phone pages at the latest."""


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on; 0 takes a free one")
    parser.add_argument(
        "--demonstration",
        action="store_true",
        default=None,
        help="let staff sign in from other machines without https",
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="live picture to show at /demo")


def run(session: Session, arguments: Namespace) -> int:
    """Serve until interrupted; requests under way are answered first."""
    from county.web.admin.shell import Desk
    from county.web.app import create_app
    from county.web.server import Server

    settings = session.settings
    desk = Desk(_database(session), settings, _now) if session.founded else None
    app = create_app(settings.folder, _now, arguments.picture, desk)
    server = Server(app)
    with _listen(settings.host, settings.port) as listener:
        address = f"http://{settings.host}:{listener.getsockname()[1]}"
        print(f"签名仓库：{address}/repository/", flush=True)
        if desk:
            print(f"工作台：{address}/admin/", flush=True)
        print(f"手机页面：{address}/m/（对外地址 {settings.public_url}）", flush=True)
        Thread(target=_tend, args=(desk, app.state.prepare), daemon=True).start()
        server.run(sockets=[listener])
    return 0


def _tend(desk: "Desk | None", prepare: Callable[[], None]) -> None:
    """While the server runs: read ahead, show what comes into effect, have its open data made, look after the fleet."""
    from county.editing.checking import read_ahead  # here, because other commands need no checks

    while True:
        try:
            if desk:
                read_ahead(desk.engine)
            sleep(SHOWN_WITHIN)
            prepare()
            if desk:
                show_due(desk.engine, desk.settings, _now())
                tend(desk.engine, desk.settings, _now())
        except (CountyError, SQLAlchemyError, OSError) as error:
            print(f"警告：{error}", file=sys.stderr, flush=True)
            sleep(SHOWN_WITHIN)


def _database(session: Session) -> Engine:
    """The county's database, though it cannot be reached yet: everything but the desk works without."""
    try:
        return session.open_database()
    except Unready as error:
        print(f"警告：{error}；工作台暂不可用，其他页面照常", file=sys.stderr, flush=True)
        return connect(session.settings.database_url)


def _now() -> datetime:
    return datetime.now(UTC)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket: from here on connections wait rather than fail. Raises Unready."""
    try:
        listener = socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise Unready(f"无法在 {host}:{port} 上监听：{error.strerror}") from error
    # asyncio does this only for sockets it made itself; without it every answer waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
