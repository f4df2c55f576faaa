"""Hashes of passwords, a bounded number of them at a time.

Argon2id with 19 MiB, 2 passes and 1 lane, the OWASP recommendation for servers: some 20 ms on an idle processor.
A flood of wrong passwords neither takes the machine nor its memory, and browsers that signed in before go first.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

T = TypeVar("T")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The hash in its standard form, which carries salt and parameters."""
    return _HASHER.hash(password)


def matches(hashed: str, password: str) -> bool:
    """Whether `password` is the one that was hashed. An empty hash takes as long and never matches."""
    try:
        return _HASHER.verify(hashed or _nobodys(), password) and bool(hashed)
    except VerifyMismatchError:
        return False


@cache
def _nobodys() -> str:
    return hash_password("")


class Busy(Exception):
    """Too many are waiting already: try again in a few seconds."""


class Lanes:
    """Runs work in `at_once` threads; who waits in the first lane goes before the others.

    To be used from one event loop.
    """

    def __init__(self, at_once: int = 2, longest: int = 32) -> None:
        self._threads = ThreadPoolExecutor(at_once, "hashing")
        self._free = at_once
        self._longest = longest
        self._waiting: tuple[deque[asyncio.Future[None]], ...] = (deque(), deque())

    async def run(self, work: Callable[[], T], first: bool) -> T:
        """What `work` returns. Raises Busy when `longest` others wait in the same lane."""
        if self._free:
            self._free -= 1
        else:
            await self._turn(self._waiting[0 if first else 1])
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._next()

    async def _turn(self, lane: deque[asyncio.Future[None]]) -> None:
        if len(lane) >= self._longest:
            raise Busy
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()
            raise

    def _next(self) -> None:
        for lane in self._waiting:
            while lane:
                turn = lane.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1
