"""The first page after signing in, 工作台, and the language switch."""

from sqlalchemy import update
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from county.accounts.roles import ROLES
from county.database.accounts import person as person_table
from county.database.engine import writing
from county.web.admin.account.founding import unfounded
from county.web.admin.page import Page
from county.web.admin.reviewing.tasks import tasks
from county.web.admin.shell import desk, person, render, words
from county.web.admin.supervision.waiting import waiting


def start(request: Request) -> Response:
    """What is there for this person to do. The first administrator begins with the set-up."""
    if person(request).has("administrator"):
        with desk(request).engine.connect() as connection:
            if unfounded(connection):
                return RedirectResponse("/admin/setup", 303)
    return render(
        request,
        "shell/start.html",
        title=words(request)("shell.start"),
        tasks=(*waiting(request), *tasks(request)),
    )


async def language(request: Request) -> Response:
    """Show the desk in the other language from now on, and come back to the page."""
    form = await request.form()
    chosen = "en" if form.get("language") == "en" else "zh"
    back = str(form.get("back", ""))
    target = back if back.startswith(("/admin/", "/desk/")) and "\\" not in back else "/admin/"
    response = RedirectResponse(target, 303)
    response.set_cookie("openhall-language", chosen, max_age=31_536_000, samesite="lax", httponly=True)
    if request.state.person:
        with writing(desk(request).engine) as connection:
            mine = person_table.c.name == request.state.person.name
            connection.execute(update(person_table).where(mine).values(language=chosen))
    return response


PAGES = (
    Page("/", start, ROLES, label="shell.start", icon="fa-solid fa-house", access="signed_in"),
    Page("/language", language, methods=("POST",), access="public"),
)
