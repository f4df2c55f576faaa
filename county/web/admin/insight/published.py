"""The open data and the handbooks (一本通) as the desk sees them: which edition they are of, and their addresses."""

from starlette.requests import Request
from starlette.responses import Response

from catalog.box import read_active
from county.accounts.roles import Role
from county.opendata.files import Entry
from county.opendata.making import edition_folder, read_listing
from county.opendata.words import name_of
from county.web.admin.page import Page
from county.web.admin.shell import desk, render, words

READERS: tuple[Role, ...] = ("supervisor", "clerk", "reviewer", "approver")


def published(request: Request) -> Response:
    """What is offered, and whether it is of the edition that is shown."""
    say = words(request)
    folder = desk(request).settings.folder
    active = read_active(folder)
    listing = read_listing(edition_folder(folder / "open-data", active.digest)) if active else None

    def named(entry: Entry) -> str:
        return name_of(entry, say.language)

    return render(
        request,
        "insight/published.html",
        title=say("insight.open-data"),
        active=active,
        listing=listing,
        named=named,
    )


PAGES = (
    Page(
        "/open-data",
        published,
        READERS,
        label="insight.open-data",
        group="publish",
        icon="fa-solid fa-book-open",
    ),
)
