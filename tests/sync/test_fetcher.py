"""The fetcher against a web server on loopback that behaves as halls' networks do."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager

import pytest
from msgspec import structs
from tuf.api.exceptions import DownloadHTTPError

from sync.errors import Unreachable
from sync.fetcher import Fetcher
from tests.sync.double import SETTINGS

BODY = bytes(range(256)) * 1000
Answer = Callable[[socket.socket, str], None]


class Server:
    """Answers every connection's requests with `answer(connection, head)`, and counts what it saw."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/file"
        self.heads: list[str] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and wait for the thread."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                while head := _head(connection):
                    self.heads.append(head)
                    try:
                        self._answer(connection, head)
                    except OSError:
                        break


def _head(connection: socket.socket) -> str:
    head = b""
    try:
        while not head.endswith(b"\r\n\r\n"):
            data = connection.recv(1)
            if not data:
                return ""
            head += data
    except OSError:
        return ""
    return head.decode()


def _send(connection: socket.socket, body: bytes, *headers: str, status: str = "200 OK") -> None:
    lines = [f"HTTP/1.1 {status}", *headers]
    connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)


def _sends(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    return lambda connection, head: _send(
        connection, body, f"Content-Length: {len(body)}", *headers, status=status
    )


def _truncated(connection: socket.socket, _head: str) -> None:
    _send(connection, BODY[:1000], f"Content-Length: {len(BODY)}", "Connection: close")
    connection.shutdown(socket.SHUT_RDWR)


def _cut_chunk(connection: socket.socket, _head: str) -> None:
    _send(connection, b"10\r\n12345678", "Transfer-Encoding: chunked", "Connection: close")
    connection.shutdown(socket.SHUT_RDWR)


def _trickle(connection: socket.socket, _head: str) -> None:
    _send(connection, b"", f"Content-Length: {len(BODY)}")
    _byte_by_byte(connection, BODY)


def _trickled_headers(connection: socket.socket, _head: str) -> None:
    _byte_by_byte(connection, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000)


def _byte_by_byte(connection: socket.socket, data: bytes) -> None:
    connection.settimeout(0.02)
    for position in range(len(data)):
        connection.sendall(data[position : position + 1])
        try:
            if not connection.recv(1):  # the client has had enough
                return
        except TimeoutError:
            continue


def _silent(connection: socket.socket, _head: str) -> None:
    connection.recv(1)


@contextmanager
def _serving(answer: Answer) -> Iterator[tuple[Server, Fetcher]]:
    patience: Mapping[Answer, float] = {_trickle: 1.0, _trickled_headers: 0.3, _silent: 0.3}
    hurried = structs.replace(SETTINGS, request_timeout=patience.get(answer, 10.0))
    with closing(Server(answer)) as server, closing(Fetcher(hurried)) as fetcher:
        yield server, fetcher


def test_a_file_arrives_and_every_byte_of_http_is_counted() -> None:
    answer = _sends(BODY, "Content-Type: application/json", "ETag: x")
    with _serving(answer) as (server, fetcher):
        assert b"".join(fetcher.stream(server.url)) == BODY
        assert b"".join(fetcher.stream(server.url)) == BODY
        assert fetcher.traffic.requests == 2
        assert fetcher.traffic.sent == sum(map(len, server.heads))
        header = f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\nContent-Type: application/json\r\nETag: x\r\n\r\n"
        assert fetcher.traffic.received == 2 * (len(header) + len(BODY))


def test_a_request_says_nothing_needless() -> None:
    with _serving(_sends(b"x")) as (server, fetcher):
        list(fetcher.stream(server.url))
        names = {line.split(":")[0] for line in server.heads[0].split("\r\n")[1:] if line}
        assert names == {"Host", "User-Agent", "Accept-Encoding"}


def test_a_broken_off_file_is_continued() -> None:
    def rest(connection: socket.socket, head: str) -> None:
        assert "Range: bytes=1000-" in head
        last = len(BODY) - 1
        _send(
            connection,
            BODY[1000:],
            f"Content-Length: {len(BODY) - 1000}",
            f"Content-Range: bytes 1000-{last}/{len(BODY)}",
            status="206 Partial Content",
        )

    with _serving(rest) as (server, fetcher):
        assert b"".join(fetcher.stream(server.url, 1000)) == BODY[1000:]


@pytest.mark.parametrize(("breaks", "whole"), [(1, False), (2, True)])
def test_a_line_that_goes_down_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, breaks: int, whole: bool
) -> None:
    """After an answer nobody answers, then half of the file comes, then the rest of it, and only the rest."""
    heads: list[str] = []
    monkeypatch.setattr("sync.fetcher._PAUSE", 0.01)

    def answer(connection: socket.socket, head: str) -> None:
        heads.append(head)
        if len(heads) == 1:
            _send(connection, b"", "Content-Length: 0")
            return
        if len(heads) == 4:
            part = f"Content-Range: bytes 1000-{len(BODY) - 1}/{len(BODY)}"
            length = f"Content-Length: {len(BODY) - 1000}"
            _send(connection, BODY[1000:], part, length, status="206 Partial Content")
            return
        if len(heads) == 3:
            _send(connection, BODY[:1000], f"Content-Length: {len(BODY)}")
        raise ConnectionAbortedError

    hurried = structs.replace(SETTINGS, breaks=breaks)
    with closing(Server(answer)) as server, closing(Fetcher(hurried)) as fetcher:
        assert not list(fetcher.stream(server.url))
        if whole:
            assert b"".join(fetcher.stream(server.url)) == BODY
            assert "Range: bytes=1000-" in heads[3]
        else:
            with pytest.raises(Unreachable):
                list(fetcher.stream(server.url))


def test_a_server_that_ignores_the_range_is_understood() -> None:
    with _serving(_sends(BODY)) as (server, fetcher):
        assert b"".join(fetcher.stream(server.url, 70_000)) == BODY[70_000:]


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "500 Oh", "511 Log in"])
def test_an_error_status_keeps_its_number(status: str) -> None:
    answer = _sends(b"<html>", "Content-Type: text/html", status=status)
    with _serving(answer) as (server, fetcher), pytest.raises(DownloadHTTPError) as caught:
        list(fetcher.stream(server.url))
    assert caught.value.status_code == int(status[:3])


def test_a_redirect_within_the_host_is_followed() -> None:
    def answer(connection: socket.socket, head: str) -> None:
        if "/file" in head:
            _send(connection, b"", "Location: /moved", "Content-Length: 0", status="302 Found")
        else:
            _send(connection, b"there", "Content-Length: 5")

    with _serving(answer) as (server, fetcher):
        assert b"".join(fetcher.stream(server.url)) == b"there"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (_sends(b"<html>", "Content-Type: text/html; charset=utf-8"), "login page"),
        (_sends(b"", "Location: http://portal.example/login", status="302 Found"), "another host"),
        (_sends(b"", "Location: https://127.0.0.1/file", status="301 Moved"), "another host"),
        (_sends(b"", "Location: /file", status="302 Found"), "too often"),
        (_sends(b"x", "Content-Encoding: gzip"), "compressed"),
        (_sends(b"x", "Content-Range: bytes 5-6/7", status="206 Partial Content"), "another part"),
        (_sends(b"", status="304 Not Modified"), "unexpected answer"),
        (_truncated, "1000"),
        (_cut_chunk, "IncompleteRead"),
        (_trickle, "slower than"),
        (_trickled_headers, "no answer within|timed out"),
        (_silent, "no answer within|timed out"),
        (lambda connection, head: connection.close(), "closed"),
        (lambda connection, head: connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"), "SSH-2.0"),
        (_sends(b"", "Content-Length: many"), "invalid literal"),
    ],
)
def test_what_is_no_file_is_unreachable(answer: Answer, message: str) -> None:
    with _serving(answer) as (server, fetcher), pytest.raises(Unreachable, match=message):
        list(fetcher.stream(server.url))


def test_nobody_listening_is_unreachable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Controls: a county that answered before is tried again, and so is one that is only slow."""
    monkeypatch.setattr("sync.fetcher._PAUSE", 3600)
    hurried = structs.replace(SETTINGS, breaks=3)
    with closing(Fetcher(hurried)) as fetcher, pytest.raises(Unreachable):
        list(fetcher.stream("http://127.0.0.1:1/file"))


def test_a_first_answer_that_is_late_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad line from the start: somebody is there."""
    heads: list[str] = []
    monkeypatch.setattr("sync.fetcher._PAUSE", 0.01)

    def answer(connection: socket.socket, head: str) -> None:
        heads.append(head)
        if len(heads) == 1:
            _silent(connection, head)
        else:
            _send(connection, BODY, f"Content-Length: {len(BODY)}")

    hurried = structs.replace(SETTINGS, breaks=1, request_timeout=0.3)
    with closing(Server(answer)) as server, closing(Fetcher(hurried)) as fetcher:
        assert b"".join(fetcher.stream(server.url)) == BODY


def test_an_address_that_is_none_is_unreachable() -> None:
    with closing(Fetcher(SETTINGS)) as fetcher, pytest.raises(Unreachable):
        list(fetcher.stream("nonsense"))
