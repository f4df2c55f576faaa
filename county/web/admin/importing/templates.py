"""Template workbooks: what the county keeps to hold its texts against."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from county.accounts.roles import Role
from county.database.engine import writing
from county.editing.checking import check_soon
from county.editing.templates import LONGEST, add_template, list_templates, read_template, remove_template
from county.uploads import MOST_BYTES
from county.web.admin.forms import number, posted, text, uploaded
from county.web.admin.page import Page
from county.web.admin.records.common import when
from county.web.admin.shell import desk, done, person, render, words

HERE = "/admin/templates"
KEEPERS: tuple[Role, ...] = ("administrator",)


def show(request: Request) -> Response:
    """The list, and a form to add one."""
    with desk(request).engine.connect() as connection:
        kept = list_templates(connection)
    title = words(request)("importing.templates")
    return render(request, "importing/templates.html", title=title, kept=kept, longest=LONGEST, when=when)


def add(request: Request, form: FormData) -> Response:
    """Keep a workbook as a template, and check everything anew."""
    at = desk(request)
    name, data = uploaded(form, "file", MOST_BYTES)
    read = read_template(data, name, text(form, "title"), bool(text(form, "contact_only")))
    with writing(at.engine) as connection:
        add_template(connection, read, person(request).name, at.clock())
    check_soon(at.engine, at.clock)
    return done(request, HERE, words(request)("importing.template-added", title=read.title))


def remove(request: Request, form: FormData) -> Response:
    """Forget a template."""
    at = desk(request)
    with writing(at.engine) as connection:
        remove_template(connection, number(form, "number"), person(request).name, at.clock())
    check_soon(at.engine, at.clock)
    return done(request, HERE, words(request)("importing.template-removed"))


PAGES = (
    Page(
        "/templates",
        show,
        KEEPERS,
        label="importing.templates",
        group="content",
        icon="fa-solid fa-clone",
    ),
    Page("/templates", posted(add), KEEPERS, methods=("POST",)),
    Page("/templates/remove", posted(remove), KEEPERS, methods=("POST",)),
)
