"""Founding the desk: the first administrator names who looks after security and who audits. Gone afterwards."""

from sqlalchemy import Connection, select
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from county.accounts import people
from county.accounts.roles import Role
from county.database.accounts import person_role
from county.database.engine import writing
from county.errors import Refused
from county.web.admin.account.staff import once
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, person, render, words

DUTIES: tuple[Role, ...] = ("security", "auditor")


def unfounded(connection: Connection) -> bool:
    """Whether nobody has held the duty of security yet."""
    held = select(person_role.c.person).where(person_role.c.role == "security").limit(1)
    return connection.scalar(held) is None


def form(request: Request) -> Response:
    """Ask for the two names."""
    with desk(request).engine.connect() as connection:
        if not unfounded(connection):
            raise HTTPException(404)
    return _page(request, 200)


def found(request: Request, form: FormData) -> Response:
    """Add the two, and show their one-time passwords once."""
    here, by = desk(request), person(request).name
    names = [text(form, duty) for duty in DUTIES]
    passwords = {name: people.new_password() for name in names}
    try:
        with writing(here.engine) as connection:
            if not unfounded(connection):
                raise HTTPException(404)
            for duty, name in zip(DUTIES, names, strict=True):
                people.add_person(connection, name, [duty], passwords[name], by, here.clock())
    except Refused as refused:
        return _page(request, 409, form, str(refused))
    return once(request, passwords, "/admin/")


def _page(request: Request, status: int, given: FormData | None = None, wrong: str = "") -> Response:
    title = words(request)("account.founding")
    return render(
        request, "account/founding.html", status, title=title, duties=DUTIES, form=given, wrong=wrong
    )


PAGES = (
    Page("/setup", form, ("administrator",)),
    Page("/setup", posted(found), ("administrator",), ("POST",)),
)
