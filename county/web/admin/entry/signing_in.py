"""Signing in and out."""

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from county.accounts.hashing import matches
from county.accounts.sessions import end_session, open_session
from county.database.accounts import person as person_table
from county.database.engine import writing
from county.web.admin.page import Page
from county.web.admin.shell import desk, render, words


def form(request: Request) -> Response:
    """The page that asks for name and password."""
    return render(
        request, "entry/login.html", title=words(request)("entry.login"), name="", next=_next(request)
    )


async def sign_in(request: Request) -> Response:
    """Open a session for the right password."""
    given = await request.form()
    name, password = str(given.get("name", "")), str(given.get("password", ""))
    token = await run_in_threadpool(_open, request, name, password)
    if token:
        request.state.token = token
        return RedirectResponse(_next(request), 303)
    return render(
        request,
        "entry/login.html",
        403,
        title=words(request)("entry.login"),
        name=name,
        next=_next(request),
        wrong=True,
    )


def sign_out(request: Request) -> Response:
    """End the session."""
    with writing(desk(request).engine) as connection:
        end_session(connection, request.state.token)
    request.state.token = ""
    return RedirectResponse("/admin/login", 303)


def _open(request: Request, name: str, password: str) -> str:
    with desk(request).engine.connect() as connection:
        row = connection.execute(select(person_table).where(person_table.c.name == name)).first()
    if row is None or row.disabled or not matches(row.password, password):
        return ""
    address = request.client.host if request.client else ""
    with writing(desk(request).engine) as connection:
        return open_session(
            connection, name, False, desk(request).clock(), address, request.headers.get("User-Agent", "")
        )


def _next(request: Request) -> str:
    wanted = request.query_params.get("next", "")
    return wanted if wanted.startswith(("/admin/", "/desk/")) and "\\" not in wanted else "/admin/"


PAGES = (
    Page("/login", form, access="public"),
    Page("/login", sign_in, methods=("POST",), access="public"),
    Page("/logout", sign_out, methods=("POST",), access="entering"),
)
