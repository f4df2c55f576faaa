"""Choosing a password: the first one, and another one later."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from county.accounts.hashing import Busy, matches
from county.accounts.passwords import SHORTEST
from county.accounts.people import password_of, take_password, usable_password
from county.accounts.sessions import open_session
from county.database.engine import writing
from county.errors import Refused
from county.web.admin.entry.signing_in import caller, entrance
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words


def form(request: Request) -> Response:
    """The page that asks for a new password."""
    return _page(request, 200)


async def choose(request: Request) -> Response:
    """Take the new password. All other sessions of the person end, and this one gets a new token."""
    given = await request.form()
    present, new, again = (str(given.get(name, ""))[:1024] for name in ("present", "new", "again"))
    if new != again:
        return _page(request, 409, words(request)("entry.not-the-same"))
    try:
        hashed = await entrance(request).lanes.run(lambda: _usable(request, present, new), True)
    except Refused as refused:
        return _page(request, 409, str(refused))
    except Busy:
        return _page(request, 503, words(request)("entry.busy"))
    request.state.token = await run_in_threadpool(_take, request, hashed)
    return done(request, "/admin/", words(request)("entry.password-changed"))


def _usable(request: Request, present: str, new: str) -> str:
    """The new password's hash. Whoever signed in with a one-time password need not give it twice."""
    me = person(request)
    with desk(request).engine.connect() as connection:
        if not me.one_time and not matches(password_of(connection, me.name), present):
            raise Refused(words(request)("entry.wrong-present"))
        return usable_password(connection, me.name, new)


def _take(request: Request, hashed: str) -> str:
    here, me, sender = desk(request), person(request), caller(request)
    with writing(here.engine) as connection:
        take_password(connection, me.name, hashed, here.clock())
        proven = request.state.session.proven is not None
        return open_session(connection, me.name, proven, here.clock(), sender.address, sender.agent)


def _page(request: Request, status: int, wrong: str = "") -> Response:
    say = words(request)
    first = person(request).one_time
    return render(
        request,
        "entry/password.html",
        status,
        title=say("entry.first-password" if first else "entry.new-password"),
        first=first,
        shortest=SHORTEST,
        wrong=wrong,
    )


PAGES = (
    Page("/password", form, access="entering"),
    Page("/password", choose, methods=("POST",), access="entering"),
)
