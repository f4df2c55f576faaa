"""The gate before every route of the desk.

Nothing passes that has not declared who may call it. A request that may change something must carry the token of
the session it comes with, and must not come from another origin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import quote

from sqlalchemy.exc import OperationalError, ProgrammingError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Mount
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from county.accounts.entrance import Entrance
from county.accounts.people import Person, find_person
from county.accounts.roles import Role, needs_second_factor
from county.accounts.sessions import SEEN, Session, csrf_token, find_session, new_token, touch
from county.database.engine import writing
from county.web.admin.page import Access
from county.web.admin.shell import Desk, words

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PEEKED = 16 * 1024
"""Bytes at the beginning of a form in which its token must stand."""

_TOKEN = re.compile(rb'(?:name="csrftoken"\r\n\r\n|(?:^|&)csrftoken=)([0-9a-f]{64})(?![0-9a-f])')


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What a page may load: its own files. No script or style stands in a page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route."""

    access: Access
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sent a request. `token` is the one in the cookie, or a new one."""

    token: str
    session: Session | None = None
    person: Person | None = None

    @property
    def pending(self) -> str:
        """The page that stands between a right password and the desk, or nothing."""
        if self.person is None or self.session is None:
            return "/admin/login"
        if self.person.enrolled and not self.session.proven:
            return "/admin/code"
        if self.person.one_time:
            return "/admin/password"
        if needs_second_factor(self.person.roles) and not self.person.enrolled:
            return "/admin/device"
        return ""


class Gate:
    """Middleware of the desk's applications; `rules` has every route of the application behind it."""

    def __init__(
        self,
        app: ASGIApp,
        desk: Desk,
        entrance: Entrance,
        templates: Jinja2Templates,
        rules: Sequence[tuple[BaseRoute, Rule]],
    ) -> None:
        self._app = app
        self._desk = desk
        self._entrance = entrance
        self._templates = templates
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise HTTPException(404)
        request = Request(scope)
        answering = _Answering(request, send)
        try:
            response, receive = await self._checked(request, receive, answering)
            await (response or self._app)(scope, receive, answering.send)
        except (OperationalError, ProgrammingError) as error:
            if answering.begun or not _unreachable(error):
                raise
            text = "数据库暂时无法使用，请稍后再试。\nThe database cannot be reached at present. Please try again.\n"
            await PlainTextResponse(text, 503, {"Retry-After": "10"})(scope, receive, answering.send)

    async def _checked(
        self, request: Request, receive: Receive, answering: "_Answering"
    ) -> tuple[Response | ASGIApp | None, Receive]:
        """What to answer instead of the route, or None; and the body, as it can still be read."""
        route, rule = self._found(request)
        answering.static = isinstance(route, Mount)
        state = request.state
        state.desk, state.templates = self._desk, self._templates
        state.entrance = self._entrance
        state.person, state.session, state.language, state.token = None, None, "zh", ""
        if answering.static:
            return None, receive
        visitor = await run_in_threadpool(self._visitor, request)
        state.token, state.session, state.person = visitor.token, visitor.session, visitor.person
        state.csrf_token = csrf_token(visitor.token)
        state.language = language_of(request, visitor.person)
        if route is None:
            return None, receive
        if request.method not in SAFE:
            receive, prefix = await _peek(receive)
            if foreign(request) or not self._carries_token(request, prefix):
                return self._refused(request, "shell.expired"), receive
        return self._decision(request, rule, visitor), receive

    def _found(self, request: Request) -> tuple[BaseRoute | None, Rule | None]:
        for route, rule in self._rules:
            if route.matches(request.scope)[0] == Match.FULL:
                return route, rule
        return None, None

    def _visitor(self, request: Request) -> Visitor:
        token = request.cookies.get(cookie_name(request), "")
        if not re.fullmatch(r"[\w-]{43}", token):
            return Visitor(new_token())
        now = self._desk.clock()
        with self._desk.engine.connect() as connection:
            session = find_session(connection, token, now)
            found = find_person(connection, session.person) if session else None
        if session is None or found is None or found.disabled:
            return Visitor(token)
        if now - session.seen > SEEN:
            with writing(self._desk.engine) as connection:
                touch(connection, session.name, now)
        return Visitor(token, session, found)

    def _carries_token(self, request: Request, prefix: bytes) -> bool:
        found = _TOKEN.search(prefix)
        given = request.headers.get("X-CSRFToken") or (found[1].decode() if found else "")
        return compare_digest(given.encode(), str(request.state.csrf_token).encode())

    def _decision(self, request: Request, rule: Rule | None, visitor: Visitor) -> Response | None:
        if rule is None:
            return self._refused(request, "shell.forbidden")
        if rule.access == "public":
            return None
        if visitor.pending:
            here = request.url.path
            if rule.access == "entering" and visitor.person and here in (visitor.pending, "/admin/logout"):
                return None
            if request.method not in SAFE:
                return self._refused(request, "shell.signed-out")
            wanted = quote(f"{here}?{request.url.query}" if request.url.query else here, safe="/")
            onward = "" if wanted == "/admin/" else f"?next={wanted}"
            return RedirectResponse(visitor.pending + onward, 303)
        if rule.access == "roles" and (visitor.person is None or not visitor.person.has(*rule.roles)):
            return self._refused(request, "shell.forbidden")
        return None

    def _refused(self, request: Request, key: str) -> Response:
        return self._templates.TemplateResponse(
            request, "error.html", {"message": words(request)(key), "status": 403}, 403
        )


class _Answering:
    """Sends an answer with the desk's headers, and with the cookie when the token has changed."""

    def __init__(self, request: Request, send: Send) -> None:
        self._request = request
        self._send = send
        self.begun = False
        self.static = False

    async def send(self, message: Message) -> None:
        """Pass on what the application sends."""
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY
            headers["Referrer-Policy"] = "same-origin"  # without it a form's Origin would be null
            headers.setdefault("Cache-Control", "max-age=86400" if self.static else "no-store")
            if not self.static:
                self._keep_token(headers)
        await self._send(message)

    def _keep_token(self, headers: MutableHeaders) -> None:
        name, token = cookie_name(self._request), self._request.state.token
        if self._request.cookies.get(name, "") == token:
            return
        secure = "; Secure" if self._request.url.scheme == "https" else ""
        kept = f"{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"
        headers.append("Set-Cookie", kept if token else f"{kept}; Max-Age=0")


def cookie_name(request: Request) -> str:
    """Over https the prefix keeps other hosts and paths from setting the cookie."""
    return "__Host-openhall-desk" if request.url.scheme == "https" else "openhall-desk"


def foreign(request: Request) -> bool:
    """Whether a browser says that the request was caused by another origin."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('Host', '')}":
        return True
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def language_of(request: Request, person: Person | None) -> str:
    """The person's own choice, else the cookie's, else Chinese."""
    chosen = person.language if person else request.cookies.get("openhall-language", "")
    return chosen if chosen in ("zh", "en") else "zh"


async def _peek(receive: Receive) -> tuple[Receive, bytes]:
    """The first bytes of a body, and a `receive` that gives the whole of it once more."""
    messages: list[Message] = []
    prefix = b""
    while len(prefix) < PEEKED:
        message = await receive()
        messages.append(message)
        prefix += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body", False):
            break

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again, prefix[:PEEKED]


def _unreachable(error: OperationalError | ProgrammingError) -> bool:
    return isinstance(error, OperationalError) or "does not exist" in str(error)
