"""Letting boxes know at once that something was published, without telling them what.

A box asks with the version of the timestamp it has and is answered when there is another one, or after a while that
there is none. It then looks as it always does, and believes signatures only; so this says "look now" and no more, and
whoever takes it over can delay a box or have it look in vain. Each waiting box costs one connection and one future.
"""

import asyncio
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

LOOK = 0.2
"""Seconds between two looks at the file while anybody waits."""
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


class Waiting:
    """The boxes that wait for another `timestamp` than the one they have. Use it from one event loop."""

    def __init__(self, timestamp: Path, longest: float = LONGEST) -> None:
        self._path, self._longest = timestamp, longest
        self._seen, self._version = (0, 0), 0
        self._changed: asyncio.Future[int] | None = None
        self._watch: asyncio.Task[None] | None = None
        self.boxes = 0

    async def __call__(self, request: Request) -> Response:
        """Answer GET ?version=N: 200 with the other version, 204 when there is none for now."""
        asked = request.query_params.get("version", "0")
        if not asked.isdecimal() or len(asked) > 10:
            return PlainTextResponse("version: a number", 400)
        if self.boxes >= MOST:
            return PlainTextResponse("too many are waiting", 503, {"Retry-After": "60"})
        self.boxes += 1
        try:
            version = await self._other_than(int(asked))
        finally:
            self.boxes -= 1
        headers = {"Cache-Control": "no-store"}
        if version is None:
            return Response(status_code=204, headers=headers)
        return JSONResponse({"version": version, "spread": round(self.boxes / AT_ONCE, 1)}, headers=headers)

    async def _other_than(self, version: int) -> int | None:
        current = self._look()
        if current not in (version, 0):
            return current
        if self._changed is None:
            self._changed = asyncio.get_running_loop().create_future()
            self._watch = asyncio.create_task(self._until_changed(self._changed))
        try:
            return await asyncio.wait_for(asyncio.shield(self._changed), self._longest)
        except TimeoutError:
            return None

    async def _until_changed(self, changed: asyncio.Future[int]) -> None:
        before = self._look()
        while self.boxes and self._look() == before:
            await asyncio.sleep(LOOK)
        self._changed = None
        changed.set_result(self._look())

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
