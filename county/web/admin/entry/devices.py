"""Setting up a device for one-time codes."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from county.accounts.codes import enrolment_url, new_secret, picture, step_of
from county.accounts.people import enrol_device
from county.accounts.sessions import end_session, open_session
from county.database.engine import writing
from county.web.admin.entry.signing_in import caller, entrance
from county.web.admin.page import Page
from county.web.admin.shell import desk, person, render, words

LONGEST = 1800
"""Seconds that a secret on the page stays good."""


def form(request: Request) -> Response:
    """The page with the secret to scan."""
    if person(request).enrolled:
        return RedirectResponse("/admin/me", 303)
    return _page(request, 200, new_secret())


async def enrol(request: Request) -> Response:
    """Keep the secret when its first code is right, and show the recovery codes."""
    given = await request.form()
    opened = entrance(request).secret.unseal(str(given.get("sealed", "")), LONGEST) or ""
    name, _, secret = opened.partition(" ")
    if person(request).enrolled or name != person(request).name:
        return RedirectResponse("/admin/device", 303)
    step = step_of(secret, str(given.get("code", ""))[:64], desk(request).clock())
    if step is None:
        return _page(request, 409, secret, words(request)("entry.wrong-code"))
    codes = await run_in_threadpool(_enrol, request, secret, step)
    return render(request, "entry/recovery.html", title=words(request)("entry.recovery"), codes=codes)


def _enrol(request: Request, secret: str, step: int) -> list[str]:
    here, me, sender = desk(request), person(request), caller(request)
    with writing(here.engine) as connection:
        codes = enrol_device(connection, me.name, entrance(request).secret.seal(secret), step, here.clock())
        end_session(connection, request.state.session.name)
        request.state.token = open_session(
            connection, me.name, True, here.clock(), sender.address, sender.agent
        )
    return codes


def _page(request: Request, status: int, secret: str, wrong: str = "") -> Response:
    me = person(request)
    issuer = desk(request).settings.title or words(request)("shell.desk")
    return render(
        request,
        "entry/device.html",
        status,
        title=words(request)("entry.device"),
        picture=picture(enrolment_url(secret, me.name, issuer)),
        secret=secret,
        sealed=entrance(request).secret.seal(f"{me.name} {secret}"),
        wrong=wrong,
    )


PAGES = (
    Page("/device", form, access="entering"),
    Page("/device", enrol, methods=("POST",), access="entering"),
)
