"""Pictures of a text that is not published: the kiosk's screen beside the form, and the phone page."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from catalog.links import PAGES as PHONE_PAGES
from catalog.records import Record
from catalog.wording import Language
from county.accounts.people import Person
from county.editing import drafting, unsaved
from county.editing.checking import catalogue
from county.editing.previewing import ROUTES, Drawer, around, make_box
from county.editing.reading import read_form
from county.web.admin.forms import text
from county.web.admin.records.common import Address, address, number_in
from county.web.admin.shell import desk, person
from county.web.phone.render import load_drawing
from county.web.phone.views import Phone


def ask(request: Request, form: FormData) -> Response:
    """Have the kiosk's picture of the text drawn in the form's language; answers with how far it is, as JSON."""
    at = address(request)
    record = _text(request, at)
    if at.kind not in ROUTES:
        raise HTTPException(404)
    engine = desk(request).engine

    def records() -> list[Record]:
        with engine.connect() as connection:
            return catalogue(engine).records(connection)

    drawer = drawer_of(desk(request).settings.folder)
    language: Language = "en" if text(form, "language") == "en" else "zh"
    name, latest = drawer.wanted(record, records, language), drawer.latest(record, language)
    return JSONResponse({"state": drawer.state(record, language), "picture": name, "latest": latest})


def picture(request: Request) -> Response:
    """A picture that was drawn. Its name changes with what is on it."""
    name = request.path_params["name"]
    folder = drawer_of(desk(request).settings.folder).folder
    path = folder / name
    if name not in {known.name for known in folder.glob("*.png")}:
        raise HTTPException(404)
    return FileResponse(path, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


def phone(request: Request) -> Response:
    """The phone page of the text."""
    at = address(request)
    record = _text(request, at)
    if at.kind not in PHONE_PAGES:
        raise HTTPException(404)
    engine, clock = desk(request).engine, desk(request).clock
    with engine.connect() as connection:
        records = catalogue(engine).records(connection)
    with TemporaryDirectory(prefix="openhall-phone-") as folder:
        make_box(Path(folder), around(record, records), clock())
        asked = Request({**request.scope, "path_params": {"subject": PHONE_PAGES[at.kind], "id": at.id}})
        return Phone(Path(folder), load_drawing(), clock).record(asked)


@cache
def drawer_of(folder: Path) -> Drawer:
    """The one drawer of a state folder."""
    return Drawer(folder / "previews")


def _text(request: Request, at: Address) -> Record:
    """The text to be shown: a revision by number, else what the person typed and can be read, else the newest."""
    number, who = number_in(request, "revision"), person(request)
    with desk(request).engine.connect() as connection:
        found = drafting.current(connection, at.kind, at.id)
        record = drafting.text_of(connection, number) if number else _typed(connection, who, at, found.record)
    if record is None or record.id != at.id:
        raise HTTPException(404)
    return record


def _typed(connection: Connection, who: Person, at: Address, newest: Record | None) -> Record | None:
    kept = unsaved.kept(connection, who.name, at.kind, at.id)
    read = read_form(at.kind, kept.tree, newest) if kept else None
    return read.record if read and read.record else newest
