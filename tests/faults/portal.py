"""A web server for the county's files that can be told to answer as halls' networks do."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from catalog.box import Event

LOGIN = b"<html><form>Please accept our terms</form></html>"


class Handler(BaseHTTPRequestHandler):
    """Serves `files`; `fault` answers instead for everything but roots, which are asked for first."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    files: dict[str, bytes]
    fault: "Callable[[Handler, bytes], None] | None"

    def do_GET(self) -> None:
        data = self.files.get(self.path.lstrip("/"))
        if self.fault and not self.path.endswith(".root.json"):
            with suppress(OSError):
                type(self).fault(self, data or b"")  # type: ignore[misc]
            self.close_connection = True
        elif data is None:
            self.answer(404, b"")
        else:
            self.answer(200, data)

    def answer(self, status: int, data: bytes, *headers: tuple[str, str]) -> None:
        """A whole answer."""
        self.head(status, ("Content-Length", str(len(data))), *headers)
        self.wfile.write(data)

    def head(self, status: int, *headers: tuple[str, str]) -> None:
        """Only its head."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def _login(handler: Handler, _data: bytes) -> None:
    handler.answer(200, LOGIN, ("Content-Type", "text/html; charset=utf-8"))


def _elsewhere(handler: Handler, _data: bytes) -> None:
    handler.answer(302, b"", ("Location", "http://login.example/"))


def _in_circles(handler: Handler, _data: bytes) -> None:
    handler.answer(302, b"", ("Location", handler.path), ("Connection", "close"))


def _network_login(handler: Handler, _data: bytes) -> None:
    handler.answer(511, LOGIN)


def _unavailable(handler: Handler, _data: bytes) -> None:
    handler.answer(503, b"")


def _truncated(handler: Handler, data: bytes) -> None:
    handler.head(200, ("Content-Length", str(len(data))), ("Connection", "close"))
    handler.wfile.write(data[: len(data) // 2])


def _unasked_gzip(handler: Handler, data: bytes) -> None:
    handler.answer(200, data, ("Content-Encoding", "gzip"))


def _silent(handler: Handler, _data: bytes) -> None:
    handler.connection.recv(1)  # until the client gives up


def _trickling(handler: Handler, data: bytes) -> None:
    handler.head(200, ("Content-Length", str(len(data))))
    _drip(handler, data)


def _trickling_head(handler: Handler, _data: bytes) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(handler, b"x" * 1000)


def _drip(handler: Handler, data: bytes) -> None:
    handler.connection.settimeout(0.1)
    for number in range(len(data)):
        handler.wfile.write(data[number : number + 1])
        handler.wfile.flush()
        with suppress(TimeoutError):
            if not handler.connection.recv(1):
                return


def _endless(handler: Handler, _data: bytes) -> None:
    handler.head(200, ("Connection", "close"))
    while True:
        handler.wfile.write(b"{" * 65536)


Fault = Callable[[Handler, bytes], None]
ANSWERS: dict[str, tuple[Fault, Event]] = {
    "login page": (_login, "captive_portal"),
    "redirect to a login page": (_elsewhere, "captive_portal"),
    "redirect in circles": (_in_circles, "redirected"),
    "login required": (_network_login, "unreachable"),
    "unavailable": (_unavailable, "unreachable"),
    "truncated": (_truncated, "cut_off"),
    "compressed": (_unasked_gzip, "cut_off"),
    "silent": (_silent, "slow"),
    "trickling": (_trickling, "slow"),
    "trickling head": (_trickling_head, "slow"),
    "endless": (_endless, "oversized"),
}


@contextmanager
def serving(files: dict[str, bytes], fault: Fault | None) -> Iterator[str]:
    """A server of these files with this fault; its address."""
    handler = type("Faulty", (Handler,), {"files": files, "fault": fault})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
