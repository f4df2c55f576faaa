"""What a visitor searches, answers and lists leaves neither kiosk nor box: all traffic of a hall, recorded on loopback.

The phone's side, a browser that keeps the fragment to itself, is in tests/web/test_guide.py.
"""

import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

import pytest

from sync.__main__ import main as sync
from tests.end_to_end.hall import Hall
from tests.window.driving import Kiosk
from tools.children import Children

pytestmark = pytest.mark.slow
QUERY, NUMBER = "qzxjvkwyqf", "86420975"
"""Typed letter by letter and digit by digit; nothing else has them."""

REQUESTED = re.compile(
    rb"GET /repository/(?:metadata/[\w.]+\.json|targets/editions/[0-9a-f]{64}\.\d+\.json|objects/[0-9a-f]{2}/[0-9a-f]+)"
    rb" HTTP/1\.1"
)
"""All that a box may ask for: the names of files that the county signed."""


class Wire:
    """Stands between the box and the county, and keeps what the box sends."""

    def __init__(self, county: int) -> None:
        self._county, self._lock, self.sent = county, Lock(), bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = [self._listener]
        self._threads: list[Thread] = []
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    def close(self) -> None:
        """Hear nothing more."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # until the listener is shut down
            while True:
                box, _ = self._listener.accept()
                self._ends.append(box)
                with suppress(ConnectionRefusedError):
                    self._join(box, socket.create_connection(("127.0.0.1", self._county)))

    def _join(self, box: socket.socket, county: socket.socket) -> None:
        self._ends.append(county)
        self._start(self._pass, box, county, True)
        self._start(self._pass, county, box, False)

    def _pass(self, source: socket.socket, sink: socket.socket, kept: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if kept:
                    with self._lock:
                        self.sent += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def hall(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("traffic")
    with Children(folder / "log") as children:
        found = Hall(folder, children)
        found.found(published)
        found.start("county")
        found.wait_until(lambda: answers(found.port), "the county")
        yield found


@pytest.fixture
def wire(hall: Hall) -> Iterator[Wire]:
    made = Wire(hall.port)
    yield made
    made.close()


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def requests(sent: bytes) -> list[bytes]:
    """The first line of each request."""
    return [part.split(b"\r\n")[0] for part in sent.split(b"\r\n\r\n") if part]


def test_a_line_that_says_more_is_noticed() -> None:
    assert REQUESTED.fullmatch(b"GET /repository/metadata/1.root.json HTTP/1.1")
    for more in (
        b"GET /repository/metadata/1.root.json?q=x HTTP/1.1",
        b"POST /repository/objects/ab/cd HTTP/1.1",
    ):
        assert not REQUESTED.fullmatch(more)


def test_nothing_of_a_visit_leaves_the_hall(hall: Hall, wire: Wire) -> None:
    command = [sys.executable, "-m", "sync", "--state", str(hall.box), "--interval", "0.3"]
    url = f"http://127.0.0.1:{wire.port}/repository/"
    hall.wait_until(lambda: sync(["--state", str(hall.box), "--url", url, "--once"]) == 0, "the first pull")
    hall.children.start("sync", [*command, "--url", url], os.environ)
    kiosk = Kiosk(hall.box)
    heard = len(wire.sent)
    connections = []
    for routes in visit():
        kiosk.do(*routes)
        connections += kiosk.connections()
    hall.wait_until(lambda: len(wire.sent) > heard + 500, "more traffic")
    kiosk.do("do/erase", "rest")
    said = kiosk.end()
    lines = requests(bytes(wire.sent))
    assert len(lines) > 10
    assert [line for line in lines if not REQUESTED.fullmatch(line)] == []
    assert connections == []
    for secret in (QUERY[:6], NUMBER, "disability-services", "#a="):
        assert secret.encode() not in wire.sent
        assert secret not in said


def visit() -> Iterator[list[str]]:
    """What somebody does, step by step."""
    yield ["home", "search", *(f"do/key/{letter}" for letter in QUERY)]
    yield ["go question/life_event/disability-services/age", *(f"do/answer/age/{digit}" for digit in NUMBER)]
    yield ["go result/life_event/disability-services", "do/choose/answers/life_event/disability-services"]
    yield ["go event/having-a-baby", "do/choose/life_event/having-a-baby", "go handoff/list/all", "rest"]
