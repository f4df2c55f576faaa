"""/api/v1 for boxes. Whatever comes in is bounded, verified and decoded, in this order, before anything is done.

Enrolment and waiting need no signature; everything else is signed with the box's own key and numbered. A request
that was refused changed nothing. Refusals are counted by reason, and only counted, so that a flood of them costs no
disk.
"""

import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from catalog import fleet
from catalog.durable import replace
from catalog.fleet import Delivery, Enrolled, Enrolment, Heard, Refusal, Report, Taken
from catalog.text import encode
from county.fleet import commands, kiosks, reports
from county.fleet.kiosks import Kiosk, Replayed, Unknown
from county.insight.receiving import receive
from county.repository import Repository
from county.web.api.committing import Committer
from county.web.api.quota import Quota
from county.web.api.waiting import Waiting

T = TypeVar("T")
Endpoint = Callable[["Api", Request], Awaitable[Response]]

REASONS = {
    400: "malformed · 内容格式不对",
    401: "unknown kiosk or wrong signature · 终端未登记、已吊销或签名不对",
    409: "number already used · 请求序号已用过",
    413: "too large · 内容过大",
    415: "not a picture that was asked for · 没有要求这样的画面",
    429: "too many requests · 请求过于频繁",
    503: "the county's database does not answer · 数据库暂时不可用",
}


class Turned(Exception):
    """The request is refused with this HTTP status; `number` is the last one accepted."""

    def __init__(self, status: int, number: int = 0) -> None:
        super().__init__(status)
        self.status, self.number = status, number


def _answered(endpoint: Endpoint) -> Endpoint:
    """Every refusal as JSON, counted."""

    @wraps(endpoint)
    async def answer(api: "Api", request: Request) -> Response:
        try:
            return await endpoint(api, request)
        except Turned as turned:
            return api.refusal(turned.status, turned.number)
        except Unknown:
            return api.refusal(401)
        except Replayed as replayed:
            return api.refusal(409, replayed.number)
        except DBAPIError:
            return api.refusal(503)
        except ClientDisconnect:
            return api.refusal(400)

    return answer


class Api:
    """The county's side. `pictures` is where pictures of screens are kept, one a kiosk."""

    def __init__(
        self,
        engine: Engine,
        state: Path,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        quota: tuple[float, float] = (300, 3),
    ) -> None:
        self._engine, self._clock, self._pictures = engine, clock, state / "pictures"
        self._repository = Repository(state / "repository")
        self._committer = Committer(engine)
        self._quota, self._enrolments = Quota(*quota, monotonic), Quota(60, 1, monotonic)
        self.refused: Counter[int] = Counter()
        self.waiting = Waiting(self._repository.metadata("timestamp.json"), self._newest_commands)

    def routes(self) -> list[Route]:
        """Below no prefix."""
        posts = {
            fleet.ENROL: self.enrol,
            fleet.REPORT: self.report,
            fleet.OUTBOX: self.outbox,
            fleet.PICTURE: self.picture,
        }
        routes = [Route(path, endpoint, methods=["POST"]) for path, endpoint in posts.items()]
        return [*routes, Route(fleet.WAIT, self.waiting.__call__, methods=["GET"])]

    def refusal(self, status: int, number: int = 0) -> Response:
        """The answer to a request that is not accepted."""
        self.refused[status] += 1
        later = {"Retry-After": "30"} if status in (429, 503) else {}
        return _json(Refusal(error=REASONS[status], number=number), status, later)

    @_answered
    async def enrol(self, request: Request) -> Response:
        """Take a box in."""
        if not self._enrolments.takes(""):
            raise Turned(429)
        asked = _decoded(await _body(request, 4096), Enrolment)
        enrol = partial(kiosks.enrol, asked=asked, new_id=secrets.token_hex(8), now=self._clock())
        kiosk, version = await self._committer.write(enrol)
        root = self._repository.metadata(f"{version}.root.json").read_bytes()
        return _json(Enrolled(kiosk=kiosk.id, name=kiosk.name, group=kiosk.group, root=root))

    @_answered
    async def report(self, request: Request) -> Response:
        """Hear how a box is, and say what is asked of it."""
        kiosk, number, body = await self._signed(request, fleet.LARGEST_BODY)
        said = _decoded(body, Report)

        def hear(connection: Connection) -> Heard:
            kiosks.accept(connection, kiosk.id, number)
            return reports.hear(connection, kiosk, said, self._clock())

        return _json(await self._committer.write(hear))

    @_answered
    async def outbox(self, request: Request) -> Response:
        """Take in rows of an outbox."""
        kiosk, number, body = await self._signed(request, fleet.LARGEST_BODY)
        delivery = _decoded(body, Delivery)

        def take(connection: Connection) -> Taken:
            kiosks.accept(connection, kiosk.id, number)
            taken = receive(connection, kiosk.id, delivery.rows, self._clock(), delivery.outbox)
            return Taken(kept=taken.kept, known=taken.known, refused=len(taken.refused))

        return _json(await self._committer.write(take))

    @_answered
    async def picture(self, request: Request) -> Response:
        """Keep the picture of a screen that somebody asked for."""
        kiosk, number, body = await self._signed(request, fleet.LARGEST_PICTURE)
        if not body.startswith(fleet.PNG):
            raise Turned(415)

        def keep(connection: Connection) -> None:
            kiosks.accept(connection, kiosk.id, number)
            if not commands.wants_picture(connection, kiosk.id, self._clock()):
                raise Turned(415)
            self._pictures.mkdir(parents=True, exist_ok=True)
            replace(self._pictures / f"{kiosk.id}.png", body)

        await self._committer.write(keep)
        return Response(status_code=204)

    def _newest_commands(self) -> Mapping[str, str]:
        with self._engine.connect() as connection:
            return commands.newest(connection, self._clock())

    async def _signed(self, request: Request, largest: int) -> tuple[Kiosk, int, bytes]:
        """Who asks, with which number and body. Raises Turned, Unknown."""
        kiosk_id, number = request.headers.get(fleet.KIOSK, ""), request.headers.get(fleet.NUMBER, "")
        if not fleet.is_kiosk_id(kiosk_id) or not number.isdecimal() or len(number) > 16:
            raise Turned(400)
        try:
            signature = bytes.fromhex(request.headers.get(fleet.SIGNATURE, ""))
        except ValueError:
            raise Turned(400) from None
        if int(number) > fleet.HIGHEST_NUMBER:
            raise Turned(400)
        body = await _body(request, largest)
        signed = (request.method, request.url.path, body)
        with self._engine.connect() as connection:
            kiosk = kiosks.verify(connection, kiosk_id, int(number), signature, signed)
        if not self._quota.takes(kiosk_id):
            raise Turned(429)
        return kiosk, int(number), body


async def _body(request: Request, largest: int) -> bytes:
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated) > largest:
        raise Turned(413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise Turned(413)
    return bytes(body)


def _decoded(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Turned(400) from None


def _json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    fixed = {"Cache-Control": "no-store"}
    return Response(encode(value), status, fixed | (headers or {}), "application/json")
