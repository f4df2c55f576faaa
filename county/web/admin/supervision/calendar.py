"""The working calendar: a year at a glance, changed by ticking days, kept as a draft revision."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import CalendarYear
from county import revisions
from county.accounts.roles import Role
from county.clock import local
from county.database.engine import writing
from county.editing.drafting import Current, Editor, current, save
from county.errors import Refused
from county.supervision.calendars import from_flipped, months, read_notice, year_of
from county.web.admin.forms import day, number, posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words

READERS: tuple[Role, ...] = ("supervisor", "approver", "reviewer", "auditor", "administrator")
WRITERS: tuple[Role, ...] = ("supervisor",)
LARGEST = 1_000_000
"""Bytes of a file to import."""


def this_year(request: Request) -> Response:
    """The calendar of the present year."""
    return _shown(request, local(desk(request).clock()).year)


def calendar(request: Request) -> Response:
    """The calendar of a year."""
    return _shown(request, year_of(request.path_params["year"]))


def keep(request: Request, form: FormData) -> Response:
    """Keep a year as a draft."""
    year = year_of(request.path_params["year"])
    here, say, me = desk(request), words(request), person(request)
    flipped = [found for name in form if name.startswith("d-") and (found := _day(name[2:]))]
    confirmed = bool(text(form, "confirmed"))
    with writing(here.engine) as connection:
        was = current(connection, "calendar_year", str(year))
        record = from_flipped(year, flipped, confirmed, _year(was))
        if record == was.record:
            return done(request, f"/admin/calendar/{year}", say("supervision.calendar-same"))
        editor = Editor(me.name, me.organisation, coordinator=True)
        save(connection, editor, record, number(form, "based_on"), here.clock())
    return done(request, f"/admin/calendar/{year}", say("supervision.calendar-saved", year=year))


def load(request: Request, form: FormData) -> Response:
    """Show what a file says, to be looked at and kept."""
    year = year_of(request.path_params["year"])
    upload = form.get("file")
    given: str | bytes = text(form, "json")
    if isinstance(upload, UploadFile) and upload.filename:
        given = upload.file.read(LARGEST + 1)
    try:
        if len(given) > LARGEST:
            raise Refused("文件太大，一年的放假安排不会超过 1 MB")
        flipped = read_notice(given, year)
    except Refused as refusal:
        return _shown(request, year, problem=str(refusal), status=409)
    return _shown(request, year, flipped=flipped)


def _shown(
    request: Request,
    year: int,
    flipped: Sequence[date] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    with desk(request).engine.connect() as connection:
        was = current(connection, "calendar_year", str(year))
        known = sorted({int(one.id) for one in _years(connection)})
    saved = _year(was)
    record = saved or CalendarYear(id=str(year), confirmed=False)
    if flipped is not None:
        record = from_flipped(year, flipped, record.confirmed, record)
    return render(
        request,
        "supervision/calendar.html",
        status,
        title=words(request)("supervision.calendar-of", year=year),
        year=year,
        record=record,
        months=months(record),
        based_on=was.number,
        draft=was.state in revisions.OPEN,
        known=saved is not None,
        years=sorted({*known, year, *([known[-1] + 1] if known else [year + 1])}),
        imported=flipped is not None,
        problem=problem,
        writes=person(request).has(*WRITERS),
    )


def _years(connection: Connection) -> list[CalendarYear]:
    found = revisions.published_of(connection, CalendarYear)
    return [year for year in found if year.id.isdecimal()]


def _year(was: Current) -> CalendarYear | None:
    return was.record if isinstance(was.record, CalendarYear) else None


def _day(name: str) -> date | None:
    return day(FormData({"day": name}), "day")


PAGES = (
    Page(
        "/calendar",
        this_year,
        READERS,
        label="supervision.calendar",
        group="supervision",
        icon="fa-solid fa-calendar-days",
    ),
    Page("/calendar/{year}", calendar, READERS),
    Page("/calendar/{year}", posted(keep), WRITERS, ("POST",)),
    Page("/calendar/{year}/import", posted(load), WRITERS, ("POST",)),
)
