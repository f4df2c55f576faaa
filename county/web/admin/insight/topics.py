"""The yearly report of hot topics, and taking the hotline's statistics in."""

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import County
from county.database.engine import writing
from county.insight import hotline
from county.insight.naming import texts, title
from county.insight.report import draw, tables
from county.insight.tables import as_workbook
from county.insight.topics import HotTopics, hot_topics, years
from county.uploads import MOST_BYTES
from county.web.admin.forms import posted, text, uploaded
from county.web.admin.insight.shared import MAKERS, READERS, today_of
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words
from county.wording import Words

ADDRESS = "/admin/insight/topics"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def topics(request: Request) -> Response:
    """The report of a year, and what was uploaded and not yet taken over."""
    with desk(request).engine.connect() as connection:
        known = years(connection, today_of(request))
        found = _report(request, connection)
        pending = hotline.kept(connection, person(request).name)
        changes = hotline.changes(connection, pending) if pending else ()
    return render(
        request,
        "insight/topics.html",
        title=words(request)("insight.topics-title", year=found.year),
        report=found,
        years=known,
        pending=pending,
        changes=changes,
        may_import=person(request).has(*MAKERS),
    )


def upload(request: Request, form: FormData) -> Response:
    """Read a file and show what it would change; nothing else happens."""
    name, data = uploaded(form, "file", MOST_BYTES)
    stated = text(form, "year")
    year = int(stated) if re.fullmatch(r"(19|2\d)\d{2}", stated) else None
    statistics = hotline.read_statistics(data, name, year)
    with writing(desk(request).engine) as connection:
        hotline.keep(connection, person(request).name, statistics, desk(request).clock())
    return done(request, f"{ADDRESS}?year={max(statistics.years, default='')}")


def confirm(request: Request, form: FormData) -> Response:
    """Take what was uploaded over, or forget it."""
    who = person(request).name
    with writing(desk(request).engine) as connection:
        if text(form, "drop"):
            hotline.drop(connection, who)
            return done(request, ADDRESS, words(request)("insight.dropped"))
        taken = hotline.take_over(connection, who, desk(request).clock())
    return done(
        request,
        f"{ADDRESS}?year={max(taken.years)}",
        words(request)("insight.taken-over", count=len(taken.topics)),
    )


def printed(request: Request) -> Response:
    """The report as a PDF."""
    return _file(request, "pdf", "application/pdf", draw)


def workbook(request: Request) -> Response:
    """The report as a workbook."""
    return _file(request, "xlsx", SHEET, _workbook)


def _workbook(report: HotTopics, county: County, _made: date, say: Words) -> bytes:
    return as_workbook(tables(report, say), say("paper.demonstration") if county.demonstration else "")


def _file(
    request: Request, ending: str, media_type: str, write: Callable[[HotTopics, County, date, Words], bytes]
) -> Response:
    here = desk(request)
    with here.engine.connect() as connection:
        report = _report(request, connection)
        county = texts(connection, County)["county"]
    body = write(report, county, today_of(request), words(request))
    name = f'attachment; filename="hot-topics-{report.year}.{ending}"'
    return Response(body, media_type=media_type, headers={"Content-Disposition": name})


def _report(request: Request, connection: Connection) -> HotTopics:
    asked = request.query_params.get("year", "")
    if asked and not re.fullmatch(r"(19|2\d)\d{2}", asked):
        raise HTTPException(404)
    return hot_topics(connection, int(asked or today_of(request).year), title(connection))


PAGES = (
    Page(
        "/insight/topics", topics, READERS, label="insight.topics", group="insight", icon="fa-solid fa-fire"
    ),
    Page("/insight/topics/upload", posted(upload), MAKERS, methods=("POST",)),
    Page("/insight/topics/confirm", posted(confirm), MAKERS, methods=("POST",)),
    Page("/insight/topics.pdf", printed, READERS),
    Page("/insight/topics.xlsx", workbook, READERS),
)
