"""Signing in with a password, then with a one-time code; signing out."""

from datetime import timedelta
from ipaddress import ip_address

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from county.accounts.entrance import Caller, Entrance, Outcome
from county.accounts.hashing import Busy
from county.accounts.sessions import end_session
from county.database.engine import writing
from county.web.admin.page import Page
from county.web.admin.shell import desk, render, words

DEVICE_COOKIE = "openhall-device"
_YEAR = 31_536_000


def entrance(request: Request) -> Entrance:
    """What signing in shares between requests."""
    found: Entrance = request.state.entrance
    return found


def caller(request: Request) -> Caller:
    """Where this request comes from."""
    address = request.client.host if request.client else ""
    return Caller(address, request.headers.get("User-Agent", ""), request.cookies.get(DEVICE_COOKIE, ""))


def unsafe(request: Request) -> bool:
    """Whether a password sent from there could be read on the way: neither https nor this very machine."""
    if request.url.scheme == "https" or desk(request).settings.demonstration:
        return False
    try:
        return not ip_address(caller(request).address).is_loopback
    except ValueError:
        return True


def form(request: Request) -> Response:
    """The page that asks for name and password."""
    return _login(request, 200)


async def sign_in(request: Request) -> Response:
    """Open a session for the right password."""
    if unsafe(request):
        return _login(request, 403)
    given = await request.form()
    name, password = str(given.get("name", ""))[:64], str(given.get("password", ""))[:1024]
    here = desk(request)
    try:
        outcome = await entrance(request).password(here.engine, name, password, caller(request), here.clock())
    except Busy:
        return _login(request, 503, name, words(request)("entry.busy"))
    if not outcome.token:
        return _login(request, 429 if outcome.wait else 403, name, reason(request, outcome, "entry.wrong"))
    request.state.token = outcome.token
    response = RedirectResponse(_next(request), 303)
    if outcome.kept:
        response.set_cookie(
            DEVICE_COOKIE,
            outcome.kept,
            max_age=_YEAR,
            path="/admin/login",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return response


def code_form(request: Request) -> Response:
    """The page that asks for the one-time code."""
    return _code(request, 200)


async def give_code(request: Request) -> Response:
    """Let the session in for the right code."""
    given = str((await request.form()).get("code", ""))[:64]
    if request.state.session.proven:
        return RedirectResponse("/admin/", 303)
    here = desk(request)
    outcome = await run_in_threadpool(
        entrance(request).code, here.engine, request.state.session, given, caller(request), here.clock()
    )
    if not outcome.token:
        return _code(request, 429 if outcome.wait else 403, reason(request, outcome, "entry.wrong-code"))
    request.state.token = outcome.token
    return RedirectResponse(_next(request), 303)


def sign_out(request: Request) -> Response:
    """End the session."""
    with writing(desk(request).engine) as connection:
        end_session(connection, request.state.session.name)
    request.state.token = ""
    return RedirectResponse("/admin/login", 303)


def _login(request: Request, status: int, name: str = "", wrong: str = "") -> Response:
    say = words(request)
    return render(
        request,
        "entry/login.html",
        status,
        title=say("entry.login"),
        name=name,
        next=_next(request),
        wrong=say("entry.unsafe") if unsafe(request) else wrong,
    )


def _code(request: Request, status: int, wrong: str = "") -> Response:
    title = words(request)("entry.code")
    return render(request, "entry/code.html", status, title=title, next=_next(request), wrong=wrong)


def reason(request: Request, outcome: Outcome, otherwise: str) -> str:
    """Why a try did not succeed: `otherwise`, or how long to wait."""
    if not outcome.wait:
        return words(request)(otherwise)
    minutes, seconds = divmod(-(-outcome.wait // timedelta(seconds=1)), 60)
    if minutes:
        return words(request)("entry.wait-minutes", count=minutes + bool(seconds))
    return words(request)("entry.wait-seconds", count=seconds)


def _next(request: Request) -> str:
    """Where to go on: only to pages of the desk."""
    wanted = request.query_params.get("next", "")
    return wanted if wanted.startswith(("/admin/", "/desk/")) and "\\" not in wanted else "/admin/"


PAGES = (
    Page("/login", form, access="public"),
    Page("/login", sign_in, methods=("POST",), access="public"),
    Page("/code", code_form, access="entering"),
    Page("/code", give_code, methods=("POST",), access="entering"),
    Page("/logout", sign_out, methods=("POST",), access="entering"),
)
