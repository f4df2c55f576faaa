"""Letting boxes know at once that something was published, without telling them what.

A box asks with the version of the timestamp it has and is answered when there is another one, or after a while that
there is none. It then looks as it always does, and believes signatures only; so this says "look now" and no more, and
whoever takes it over can delay a box or have it look in vain. Each waiting box costs one connection and one future.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import msgspec
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

LOOK = 0.2
"""Seconds between two looks at the file while anybody waits."""
TURNS = 5
"""So many looks at the file for one look at the commands."""
LONGEST = 55.0
"""Seconds until an answer: less than what proxies wait."""
AT_ONCE = 1500
"""Boxes that are woken a second; the others are told to wait a little."""
MOST = 30_000
"""Boxes that may wait; more are sent back to asking now and then."""


class _Signed(msgspec.Struct):
    version: int


class _Timestamp(msgspec.Struct):
    signed: _Signed


@dataclass(frozen=True, slots=True)
class _Box:
    """What a box said it has."""

    version: int
    kiosk: str
    command: str


class Waiting:
    """The boxes that wait for another `timestamp` than the one they have, or for a command.

    `asked` gives the newest waiting command of each kiosk that has one. Use it from one event loop.
    """

    def __init__(
        self, timestamp: Path, asked: Callable[[], Mapping[str, str]], longest: float = LONGEST
    ) -> None:
        self._path, self._asked, self._longest = timestamp, asked, longest
        self._seen, self._version = (0, 0), 0
        self._commands: Mapping[str, str] = {}
        self._boxes: dict[asyncio.Future[None], _Box] = {}
        self._watch: asyncio.Task[None] | None = None
        self._ending = False

    async def __call__(self, request: Request) -> Response:
        """Answer GET ?version=N[&kiosk=ID&command=ID]: 200 when that is not how it is here, 204 while it is."""
        query = request.query_params
        stated = query.get("version", "0")
        if not stated.isdecimal() or len(stated) > 10:
            return PlainTextResponse("version: a number", 400)
        if len(self._boxes) >= MOST:
            return PlainTextResponse("too many are waiting", 503, {"Retry-After": "60"})
        box = _Box(int(stated), query.get("kiosk", ""), query.get("command", ""))
        headers = {"Cache-Control": "no-store"}
        if not await self._is_rung(box):
            return Response(status_code=204, headers=headers)
        body = {
            "version": self._look(),
            "spread": round(len(self._boxes) / AT_ONCE, 1),
            "command": self._commands.get(box.kiosk, ""),
        }
        return JSONResponse(body, headers=headers)

    def let_go(self) -> None:
        """Answer everybody, as the server is about to end; they will ask the next one."""
        self._ending = True
        for rung in self._boxes:
            if not rung.done():
                rung.set_result(None)

    async def _is_rung(self, box: _Box) -> bool:
        self._look()
        if self._concerns(box):
            return True
        rung = asyncio.get_running_loop().create_future()
        self._boxes[rung] = box
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._ring())
        try:
            await asyncio.wait_for(rung, self._longest)
        except TimeoutError:
            return False
        finally:
            del self._boxes[rung]
        return not self._ending

    async def _ring(self) -> None:
        """While anybody waits."""
        before = None
        for turn in count():
            if turn % TURNS == 0:
                with suppress(DBAPIError):  # without the database nobody is asked anything
                    self._commands = await asyncio.to_thread(self._asked)
            if before != (now := (self._look(), self._commands)):
                before = now
                for rung, box in self._boxes.items():
                    if not rung.done() and self._concerns(box):
                        rung.set_result(None)
            await asyncio.sleep(LOOK)
            if not self._boxes:
                return

    def _concerns(self, box: _Box) -> bool:
        command = self._commands.get(box.kiosk, "")
        return self._version not in (box.version, 0) or command not in (box.command, "")

    def _look(self) -> int:
        """The version that is published now; 0 when there is none."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._seen:
                data = self._path.read_bytes()
                self._version = msgspec.json.decode(data, type=_Timestamp).signed.version
                self._seen = stamp
        except (OSError, msgspec.MsgspecError):
            return self._version
        return self._version
