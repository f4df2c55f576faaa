"""HTTP for metadata and objects alike, distrustful of everything between the box and the county server.

A hall's network may answer for the county: with a login page, a redirect, half a body, or one byte a second.
None of that is parsed. Every exception leaves as `Unreachable`, except an error status, which python-tuf needs
to see as its own `DownloadHTTPError`. To be used from the main thread, as the deadline is an alarm signal.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface
from urllib3.exceptions import HTTPError

from sync.errors import Unreachable
from sync.settings import Settings

_CHUNK = 64 * 1024
_REDIRECTS = 3


@dataclass(slots=True)
class Traffic:
    """Bytes of HTTP so far, request and status lines, headers and bodies included."""

    requests: int = 0
    sent: int = 0
    received: int = 0


class Fetcher(FetcherInterface):
    """One attempt's connection to the county server. Close it when the attempt is over."""

    def __init__(self, settings: Settings) -> None:
        self.traffic = Traffic()
        self._timeout = settings.request_timeout
        self._minimum_rate = settings.minimum_rate
        self._session = requests.Session()
        self._adapter = HTTPAdapter()
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": "openhall", "Accept-Encoding": "identity"})
        self._session.verify = settings.ca_file or True
        if settings.proxy:
            self._session.proxies = {"http": settings.proxy, "https": settings.proxy}

    def close(self) -> None:
        """Close the connection, though an error that is still being looked at may refer to it."""
        for manager in (self._adapter.poolmanager, *self._adapter.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 it is no dict
                manager.pools[key].close()
        self._session.close()

    def stream(self, url: str, offset: int = 0) -> Iterator[bytes]:
        """The body of `url` from byte `offset`. Raises Unreachable and DownloadHTTPError while being read."""
        try:
            with self._open(url, offset) as response:
                yield from self._body(response, offset)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Unreachable(f"{url}: {_reason(error)}") from error

    def _fetch(self, url: str) -> Iterator[bytes]:
        return self.stream(url)

    def _open(self, url: str, offset: int) -> requests.Response:
        wanted = {"Range": f"bytes={offset}-"} if offset else {}
        for _ in range(_REDIRECTS):
            with _alarm(self._timeout):
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
        raise Unreachable(f"{url}: redirected too often")

    def _body(self, response: requests.Response, offset: int) -> Iterator[bytes]:
        skip = offset if response.status_code == requests.codes.ok else 0
        start, received = time.monotonic(), 0
        while chunk := self._read(response):
            received += len(chunk)
            elapsed = time.monotonic() - start
            if elapsed > self._timeout and received < self._minimum_rate * elapsed:
                raise Unreachable(f"{response.url}: slower than {self._minimum_rate} bytes a second")
            if len(chunk) > skip:
                yield chunk[skip:]
            skip = max(0, skip - len(chunk))
        if received != int(response.headers.get("content-length", received)):
            raise Unreachable(f"{response.url}: cut off after {received} bytes")

    def _read(self, response: requests.Response) -> bytes:
        with _alarm(self._timeout):
            chunk: bytes = response.raw.read1(_CHUNK)
        self.traffic.received += len(chunk)
        return chunk

    def _drain(self, response: requests.Response) -> None:
        """Read an error's few bytes, so that the connection can be used again."""
        if int(response.headers.get("content-length", _CHUNK)) < _CHUNK:
            with _alarm(self._timeout):
                self.traffic.received += len(response.content)

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


def _reason(error: BaseException) -> str:
    """What went wrong first, without the layers that passed it on."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return str(error).strip() or type(error).__name__


def _checked(response: requests.Response) -> requests.Response:
    url, status = response.url, response.status_code
    if status >= requests.codes.bad_request:
        response.close()
        raise DownloadHTTPError(f"{url}: {status} {response.reason}", status)
    problem = ""
    if status not in (requests.codes.ok, requests.codes.partial_content):
        problem = f"unexpected answer {status}"
    elif "text/html" in response.headers.get("content-type", ""):
        problem = "a web page came instead of data; is there a login page in the network?"
    elif response.headers.get("content-encoding", "identity") != "identity":
        problem = "compressed though that was not asked for"
    elif status == requests.codes.partial_content and not _continues(response):
        problem = "another part than the one asked for"
    if problem:
        response.close()
        raise Unreachable(f"{url}: {problem}")
    return response


def _continues(response: requests.Response) -> bool:
    asked = response.request.headers.get("Range", "").removeprefix("bytes=")
    return bool(asked) and response.headers.get("content-range", "").startswith(f"bytes {asked}")


def _redirected(url: str, location: str) -> str:
    target = urljoin(url, location)
    if urlsplit(target)[:2] != urlsplit(url)[:2]:
        raise Unreachable(f"{url}: redirected to another host, {urlsplit(target).netloc}")
    return target


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Bounds one blocking call, headers sent byte by byte included; a socket's own time-out does not."""

    def expire(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"no answer within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
