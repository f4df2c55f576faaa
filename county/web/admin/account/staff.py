"""The staff. The system administrator adds and disables accounts; the security administrator grants roles.

Neither can come into an account alone: resetting the password is the one's, resetting the device the other's.
"""

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from county.accounts import people
from county.accounts.offices import office_titles
from county.accounts.people import Person
from county.accounts.roles import ROLES, Role
from county.accounts.sessions import end_all
from county.audit import append
from county.database.engine import writing
from county.errors import Refused
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words

OFFICERS: tuple[Role, ...] = ("administrator", "security")
Change = Callable[[Connection, Request, FormData, str], str]
"""Changes the person of this name and says, as a key of words, what was done; or a new one-time password."""


def staff(request: Request) -> Response:
    """Everybody, with what is searched for in the query `q`."""
    return _staff(request)


def add(request: Request, form: FormData) -> Response:
    """Add somebody without a role, and show the one-time password once."""
    here, by = desk(request), person(request).name
    name, password = text(form, "name"), people.new_password()
    try:
        with writing(here.engine) as connection:
            people.add_person(
                connection, name, (), password, by, here.clock(), "", text(form, "display_name")
            )
    except Refused as refused:
        return _staff(request, 409, form, str(refused))
    return once(request, {name: password}, f"/admin/people/{name}")


def one(request: Request) -> Response:
    """One person."""
    return _one(request)


def once(request: Request, passwords: dict[str, str], onward: str) -> Response:
    """Show one-time passwords, which nobody will see again."""
    title = words(request)("account.one-time")
    return render(request, "account/once.html", title=title, passwords=passwords, onward=onward)


def _changing(change: Change) -> Callable[[Request, FormData], Response]:
    def handle(request: Request, form: FormData) -> Response:
        name = request.path_params["name"]
        try:
            with writing(desk(request).engine) as connection:
                key = change(connection, request, form, name)
        except Refused as refused:
            return _one(request, 409, str(refused))
        return done(request, f"/admin/people/{name}", words(request)(key))

    return handle


def _reset_password(request: Request) -> Response:
    name = request.path_params["name"]
    with writing(desk(request).engine) as connection:
        password = people.reset_password(connection, name, person(request).name, desk(request).clock())
    return once(request, {name: password}, f"/admin/people/{name}")


def _disable(connection: Connection, request: Request, form: FormData, name: str) -> str:
    people.set_disabled(connection, name, True, person(request).name, desk(request).clock())
    return "account.disabled-done"


def _enable(connection: Connection, request: Request, form: FormData, name: str) -> str:
    people.set_disabled(connection, name, False, person(request).name, desk(request).clock())
    return "account.enabled-done"


def _describe(connection: Connection, request: Request, form: FormData, name: str) -> str:
    shown = text(form, "display_name")
    people.describe(connection, name, shown, person(request).name, desk(request).clock())
    return "account.saved"


def _grant(connection: Connection, request: Request, form: FormData, name: str) -> str:
    chosen = [role for role in ROLES if role in form.getlist("role")]
    organisation = text(form, "organisation")
    if organisation and organisation not in office_titles(connection):
        raise Refused(words(request)("account.no-such-office"))
    people.change_roles(connection, name, chosen, organisation, person(request).name, desk(request).clock())
    return "account.saved"


def _reset_device(connection: Connection, request: Request, form: FormData, name: str) -> str:
    people.reset_device(connection, name, person(request).name, desk(request).clock())
    return "account.device-reset"


def _sign_out(connection: Connection, request: Request, form: FormData, name: str) -> str:
    end_all(connection, name)
    append(connection, person(request).name, "user sign-out", desk(request).clock(), name=name)
    return "account.signed-out"


def _staff(request: Request, status: int = 200, form: FormData | None = None, wrong: str = "") -> Response:
    wanted = request.query_params.get("q", "").strip().casefold()
    with desk(request).engine.connect() as connection:
        everybody = people.people(connection)
        offices = office_titles(connection)
    shown = [one for one in everybody if _matches(one, wanted)]
    return render(
        request,
        "account/staff.html",
        status,
        title=words(request)("account.staff"),
        shown=shown,
        offices=offices,
        wanted=wanted,
        form=form,
        wrong=wrong,
    )


def _matches(one: Person, wanted: str) -> bool:
    return wanted in f"{one.name} {one.display_name} {one.organisation}".casefold()


def _one(request: Request, status: int = 200, wrong: str = "") -> Response:
    with desk(request).engine.connect() as connection:
        found = people.find_person(connection, request.path_params["name"])
        offices = office_titles(connection)
    if found is None:
        raise HTTPException(404)
    return render(
        request,
        "account/one.html",
        status,
        title=found.display_name,
        one=found,
        offices=offices,
        roles=ROLES,
        wrong=wrong,
    )


def _post(path: str, change: Change, role: Role) -> Page:
    return Page(f"/people/{{name}}/{path}", posted(_changing(change)), (role,), ("POST",))


PAGES = (
    Page("/people", staff, OFFICERS, label="account.staff", group="system", icon="fa-solid fa-users"),
    Page("/people", posted(add), ("administrator",), ("POST",)),
    Page("/people/{name}", one, OFFICERS),
    Page("/people/{name}/password", _reset_password, ("administrator",), ("POST",)),
    _post("disable", _disable, "administrator"),
    _post("enable", _enable, "administrator"),
    _post("name", _describe, "administrator"),
    _post("roles", _grant, "security"),
    _post("device", _reset_device, "security"),
    _post("sign-out", _sign_out, "security"),
)
