"""HTTP for metadata and objects alike, distrustful of everything between the box and the county server.

A hall's network may answer for the county: with a login page, a redirect, half a body, or one byte a second.
None of that is parsed. Every exception leaves as `Unreachable`, except an error status, which python-tuf needs
to see as its own `DownloadHTTPError`. To be used from the main thread, as the deadline is an alarm signal.

A line that goes down for seconds is tried again and the transfer goes on where it stopped; what breaks more often
than that is left to the next attempt, and so is what is not there when the time of this one is over. A county that has
not answered yet and to which no connection can be made is not tried again: there is nothing to go on with.
"""

import time
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import count
from urllib.parse import urljoin, urlsplit

import requests
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface
from urllib3.exceptions import HTTPError, ProtocolError

from catalog.box import Event
from sync.errors import Unreachable, reason
from sync.session import closed, deadline, opened
from sync.settings import Settings

_CHUNK = 64 * 1024
_PAUSE = 1.0
"""Seconds before the first try after a break; twice as many before each that follows."""
_REDIRECTS = 3
_MANGLED: Event = "cut_off"
_PORTAL: Event = "captive_portal"


@dataclass(slots=True)
class Traffic:
    """Bytes of HTTP so far, request and status lines, headers and bodies included."""

    requests: int = 0
    sent: int = 0
    received: int = 0


class Source(FetcherInterface):
    """Where files come from. `said` is the time that the other side says it is, unproven, if it says one."""

    def __init__(self) -> None:
        self.traffic = Traffic()
        self.said: datetime | None = None

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""

    @abstractmethod
    def stream(self, url: str, offset: int = 0) -> Iterator[bytes]:
        """The body of `url` from byte `offset`. Raises Unreachable and DownloadHTTPError while being read."""

    def _fetch(self, url: str) -> Iterator[bytes]:
        return self.stream(url)


class Fetcher(Source):
    """One attempt's connection to the county server. Close it when the attempt is over."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._end = time.monotonic() + settings.longest_sync
        self._timeout = settings.request_timeout
        self._minimum_rate = settings.minimum_rate
        self._breaks = settings.breaks
        self._session = opened(settings)

    def close(self) -> None:
        """Close the connection."""
        closed(self._session)

    def stream(self, url: str, offset: int = 0) -> Iterator[bytes]:
        """The body of `url` from byte `offset`. Raises Unreachable and DownloadHTTPError while being read."""
        for number in count():
            try:
                with self._open(url, offset) as response:
                    for chunk in self._body(response, offset):
                        offset += len(chunk)
                        yield chunk
                return
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                event = _event(error)
                nobody = not self.traffic.requests and event != "slow"
                if nobody or number >= self._breaks:
                    raise Unreachable(f"{url}: {reason(error)}", event) from error
            time.sleep(_PAUSE * 2**number)

    def _open(self, url: str, offset: int) -> requests.Response:
        if time.monotonic() > self._end:
            raise Unreachable(f"{url}: no time left in this attempt", "out_of_time")
        wanted = {"Range": f"bytes={offset}-"} if offset else {}
        for _ in range(_REDIRECTS):
            with deadline(self._timeout):
                response = self._session.get(
                    url, headers=wanted, stream=True, timeout=self._timeout, allow_redirects=False
                )
            self._count(response)
            if response.status_code >= requests.codes.bad_request:
                self._drain(response)
            if not response.is_redirect:
                return _checked(response)
            response.close()
            url = _redirected(url, response.headers["location"])
        raise Unreachable(f"{url}: redirected too often", "redirected")

    def _body(self, response: requests.Response, offset: int) -> Iterator[bytes]:
        skip = offset if response.status_code == requests.codes.ok else 0
        start, received = time.monotonic(), 0
        while chunk := self._read(response):
            received += len(chunk)
            elapsed = time.monotonic() - start
            if elapsed > self._timeout and received < self._minimum_rate * elapsed:
                raise Unreachable(f"{response.url}: slower than {self._minimum_rate} bytes a second", "slow")
            if start + elapsed > self._end:
                raise Unreachable(f"{response.url}: no time left in this attempt", "out_of_time")
            if len(chunk) > skip:
                yield chunk[skip:]
            skip = max(0, skip - len(chunk))
        if received != int(response.headers.get("content-length", received)):
            raise Unreachable(f"{response.url}: cut off after {received} bytes", "cut_off")

    def _read(self, response: requests.Response) -> bytes:
        with deadline(self._timeout):
            chunk: bytes = response.raw.read1(_CHUNK)
        self.traffic.received += len(chunk)
        return chunk

    def _drain(self, response: requests.Response) -> None:
        """Read an error's few bytes, so that the connection can be used again."""
        try:
            if int(response.headers.get("content-length", _CHUNK)) < _CHUNK:
                with deadline(self._timeout):
                    self.traffic.received += len(response.content)
        except BaseException:
            response.close()
            raise

    def _count(self, response: requests.Response) -> None:
        request = response.request
        host = urlsplit(request.url or "").netloc
        first = f"{request.method} {request.path_url} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        status = f"HTTP/1.1 {response.status_code} {response.reason}\r\n\r\n"
        self.traffic.requests += 1
        self.traffic.sent += len(first) + sum(len(k) + len(v) + 4 for k, v in request.headers.items())
        self.traffic.received += len(status) + sum(
            len(k) + len(v) + 4 for k, v in response.raw.headers.items()
        )
        self.said = _date(response.headers.get("date", "")) or self.said


def _event(error: Exception) -> Event:
    if isinstance(error, TimeoutError | requests.Timeout):
        return "slow"
    return _MANGLED if isinstance(error, ProtocolError) else "unreachable"


def _checked(response: requests.Response) -> requests.Response:
    url, status = response.url, response.status_code
    if status >= requests.codes.bad_request:
        response.close()
        raise DownloadHTTPError(f"{url}: {status} {response.reason}", status)
    problem, event = "", _MANGLED
    if status not in (requests.codes.ok, requests.codes.partial_content):
        problem = f"unexpected answer {status}"
    elif "text/html" in response.headers.get("content-type", ""):
        problem, event = "a web page came instead of data; is there a login page in the network?", _PORTAL
    elif response.headers.get("content-encoding", "identity") != "identity":
        problem = "compressed though that was not asked for"
    elif status == requests.codes.partial_content and not _continues(response):
        problem = "another part than the one asked for"
    if problem:
        response.close()
        raise Unreachable(f"{url}: {problem}", event)
    return response


def _continues(response: requests.Response) -> bool:
    asked = response.request.headers.get("Range", "").removeprefix("bytes=")
    return bool(asked) and response.headers.get("content-range", "").startswith(f"bytes {asked}")


def _redirected(url: str, location: str) -> str:
    target = urljoin(url, location)
    scheme, host, *_ = urlsplit(target)
    if (scheme, host) != urlsplit(url)[:2]:
        raise Unreachable(f"{url}: redirected to another host, {scheme}://{host}", _PORTAL)
    return target


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    return date if date.tzinfo else None
