"""Reports: the list, one as a page, as PDF and as workbook."""

import re
from datetime import timedelta
from typing import get_args

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.text import digest
from county.accounts.roles import Role
from county.clock import local
from county.database.engine import writing
from county.errors import Refused
from county.supervision.periods import Rhythm, period_of
from county.supervision.report import Kept, find_report, make, reports
from county.supervision.report_pdf import pdf
from county.supervision.report_workbook import workbook
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.records.common import names_of
from county.web.admin.shell import desk, done, person, render, words
from county.web.admin.supervision.overview import seen

READERS: tuple[Role, ...] = ("supervisor", "approver", "reviewer", "auditor", "administrator")
WRITERS: tuple[Role, ...] = ("supervisor",)
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
DAY = timedelta(days=1)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(request: Request) -> Response:
    """All reports, and the form that makes one."""
    return _list(request)


def create(request: Request, form: FormData) -> Response:
    """Make a report of what is known now."""
    here = desk(request)
    overview = seen(request)
    try:
        with writing(here.engine) as connection:
            number = make(connection, overview, text(form, "period"), person(request).name, here.clock())
    except Refused as refusal:
        return _list(request, str(refusal), 409)
    return done(request, f"/admin/reports/{number}", words(request)("supervision.report-kept"))


def show(request: Request) -> Response:
    """One report as a page."""
    kept = _kept(request)
    report = kept.report
    return render(
        request,
        "supervision/report.html",
        title=report.title(words(request)),
        author=_author(request, kept),
        kept=kept,
        report=report,
    )


def as_pdf(request: Request) -> Response:
    """One report as a PDF."""
    kept = _kept(request)
    data = pdf(kept.report, kept.number, _author(request, kept), kept.digest, words(request))
    return _file(kept, data, "application/pdf", "pdf")


def as_workbook(request: Request) -> Response:
    """One report as a workbook."""
    kept = _kept(request)
    return _file(kept, workbook(kept.report, words(request)), SPREADSHEET, "xlsx")


def _list(request: Request, problem: str = "", status: int = 200) -> Response:
    here = desk(request)
    today = local(here.clock()).date()
    with here.engine.connect() as connection:
        found = reports(connection)
    present = [period_of(rhythm, today) for rhythm in RHYTHMS]
    past = [period_of(rhythm, now.first - DAY) for rhythm, now in zip(RHYTHMS, present, strict=True)]
    return render(
        request,
        "supervision/reports.html",
        status,
        title=words(request)("supervision.reports"),
        reports=found,
        choices=[period.name for pair in zip(present, past, strict=True) for period in pair],
        problem=problem,
        writes=person(request).has(*WRITERS),
    )


def _kept(request: Request) -> Kept:
    with desk(request).engine.connect() as connection:
        return find_report(connection, request.path_params["number"])


def _author(request: Request, kept: Kept) -> str:
    with desk(request).engine.connect() as connection:
        return names_of(connection, {kept.author})[kept.author]


def _file(kept: Kept, data: bytes, media_type: str, suffix: str) -> Response:
    name = re.sub(r"[^0-9A-Za-z-]", "", f"report-{kept.number}-{kept.period}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"', "ETag": f'"{digest(data)}"'}
    return Response(data, media_type=media_type, headers=headers)


PAGES = (
    Page(
        "/reports",
        listed,
        READERS,
        label="supervision.reports",
        group="supervision",
        icon="fa-solid fa-chart-column",
    ),
    Page("/reports", posted(create), WRITERS, ("POST",)),
    Page("/reports/{number:int}", show, READERS),
    Page("/reports/{number:int}.pdf", as_pdf, READERS),
    Page("/reports/{number:int}.xlsx", as_workbook, READERS),
)
