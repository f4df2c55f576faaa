"""My account: password, device, sessions."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from county.accounts.codes import recovery_codes_left
from county.accounts.hashing import Busy, matches
from county.accounts.people import password_of, reset_device
from county.accounts.roles import needs_second_factor
from county.accounts.sessions import end_all, open_session, sessions_of
from county.database.engine import writing
from county.errors import Refused
from county.web.admin.entry.signing_in import caller, entrance
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words


def mine(request: Request) -> Response:
    """The page of one's own account."""
    me, here = person(request), desk(request)
    with here.engine.connect() as connection:
        sessions = sessions_of(connection, me.name, here.clock())
        left = recovery_codes_left(connection, me.name)
    return render(
        request,
        "account/mine.html",
        title=words(request)("account.mine"),
        sessions=sessions,
        present=request.state.session.name,
        left=left,
        must=needs_second_factor(me.roles),
    )


def sign_out_elsewhere(request: Request) -> Response:
    """End all other sessions."""
    with writing(desk(request).engine) as connection:
        end_all(connection, person(request).name, request.state.session.name)
    return done(request, "/admin/me", words(request)("account.signed-out"))


async def replace_device(request: Request) -> Response:
    """Forget the device, after the password was given again; the next page sets up another."""
    given = str((await request.form()).get("password", ""))[:1024]
    me, here = person(request), desk(request)

    def right() -> bool:
        with here.engine.connect() as connection:
            return matches(password_of(connection, me.name), given)

    try:
        confirmed = await entrance(request).lanes.run(right, True)
    except Busy:
        raise Refused(words(request)("entry.busy")) from None
    if not confirmed:
        raise Refused(words(request)("entry.wrong-present"))
    request.state.token = await run_in_threadpool(_forget, request)
    return done(request, "/admin/device")


def _forget(request: Request) -> str:
    here, me, sender = desk(request), person(request), caller(request)
    with writing(here.engine) as connection:
        reset_device(connection, me.name, me.name, here.clock())
        return open_session(connection, me.name, False, here.clock(), sender.address, sender.agent)


PAGES = (
    Page("/me", mine, access="signed_in"),
    Page("/me/sign-out", sign_out_elsewhere, methods=("POST",), access="signed_in"),
    Page("/me/device", replace_device, methods=("POST",), access="signed_in"),
)
