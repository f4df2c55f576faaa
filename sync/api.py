"""Asking the county server something with this box's own signature.

What comes back is bounded and decoded, and can do no more than its shape allows: name the box, and hand it commands
that carry no words. To be used from the main thread, as the deadline is an alarm signal.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import msgspec
import requests
from urllib3.exceptions import HTTPError

from catalog import fleet
from catalog.fleet import Refusal
from sync.errors import Unreachable, reason
from sync.identity import Identity
from sync.memory import Memory
from sync.session import closed, deadline, opened
from sync.settings import Settings

T = TypeVar("T")
LARGEST_ANSWER = 256 << 10
"""Bytes."""


class Turned(Unreachable):
    """The county server does not accept this request; the same request again would fare no better."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Api:
    """One talk with the county server at `identity.county`. Close it."""

    def __init__(
        self,
        identity: Identity,
        memory: Memory,
        settings: Settings,
        milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._identity, self._memory, self._milliseconds = identity, memory, milliseconds
        self._key = identity.private_key
        self._timeout = settings.request_timeout
        self._session = opened(settings)

    def close(self) -> None:
        """Close the connection."""
        closed(self._session)

    def ask(self, path: str, body: bytes, shape: type[T]) -> T:
        """The county's answer to a signed request. Raises Unreachable, Turned, Unstorable."""
        try:
            return self._ask(path, body, shape)
        except _Used as used:  # an answer was lost, or this box's memory
            self._memory.number_was(used.number)
            return self._ask(path, body, shape)

    def _ask(self, path: str, body: bytes, shape: type[T]) -> T:
        number = self._memory.next_number(self._milliseconds())
        text = fleet.signed_text("POST", path, self._identity.kiosk, number, body)
        headers = {
            fleet.KIOSK: self._identity.kiosk,
            fleet.NUMBER: str(number),
            fleet.SIGNATURE: self._key.sign(text).hex(),
        }
        return self.send(path, body, headers, shape)

    def send(self, path: str, body: bytes, headers: dict[str, str], shape: type[T]) -> T:
        """The county's answer to a request with these headers. Raises Unreachable, Turned."""
        url = self._identity.county + path.removeprefix("/")
        try:
            with deadline(self._timeout):
                status, answer = self._post(url, body, headers)
            if status < requests.codes.bad_request:
                return msgspec.json.decode(answer or b"null", type=shape)
            refusal = msgspec.json.decode(answer, type=Refusal)
        except (
            requests.RequestException,
            HTTPError,
            OSError,
            msgspec.MsgspecError,
            UnicodeDecodeError,
        ) as error:
            raise Unreachable(f"{url}: {reason(error)}") from error
        if status in (requests.codes.too_many_requests, requests.codes.service_unavailable):
            raise Unreachable(f"{url}: {refusal.error}")
        if status == requests.codes.conflict:
            raise _Used(refusal.number, url)
        raise Turned(f"{url}: {refusal.error}", status)

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        with self._session.post(
            url, body, headers=headers, stream=True, timeout=self._timeout, allow_redirects=False
        ) as response:
            answer: bytes = response.raw.read(LARGEST_ANSWER + 1)
            if response.is_redirect:
                raise Unreachable(f"{url}: redirected to {response.headers['location']}")
            if len(answer) > LARGEST_ANSWER:
                raise Unreachable(f"{url}: not an answer of a county server")
            return response.status_code, answer


class _Used(Unreachable):
    """The number was used already; the highest was `number`."""

    def __init__(self, number: int, url: str) -> None:
        super().__init__(f"{url}: the request's number was used already")
        self.number = number
