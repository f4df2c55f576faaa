"""What the files of a job bring: by sheet and cell, by record and field; choosing and applying."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog.findings import Finding
from catalog.records import RECORD_TYPES, Record
from county.database.engine import writing
from county.editing.drafting import check_owner, offices_of
from county.errors import Refused
from county.importing.applying import Mine, Offer, apply, offers
from county.importing.folder import job_folder
from county.importing.job import found, status
from county.web.admin.importing.jobs import own_job
from county.web.admin.page import Page
from county.web.admin.records.common import WRITERS, editor, field_label, names_of
from county.web.admin.shell import desk, done, flash, render, words

MOST_RECORDS = 20_000
"""Rows that can be chosen from one job."""

SHOWN_FINDINGS = 300
_RANK = {"error": 0, "warning": 1, "info": 2}


def show(request: Request) -> Response:
    """The job as far as it is."""
    job, at, say = own_job(request), desk(request), words(request)
    folder = job_folder(at.settings.folder, job.id)
    so_far = status(job, folder)
    if so_far != "read":
        return render(
            request,
            "importing/reading.html",
            title=say("importing.job"),
            job=job,
            how=so_far,
            progress=folder.progress(),
        )
    result = found(folder)
    with at.engine.connect() as connection:
        offered = offers(connection, result, job.person, _mine(request, connection))
        names = names_of(connection, {offer.editing for offer in offered if offer.editing})
    problems, elsewhere = told(result.findings, job.files, {offer.change.id for offer in offered})
    return render(
        request,
        "importing/report.html",
        title=say("importing.job"),
        job=job,
        refused=result.refused,
        groups=_groups(offered),
        counts=Counter(offer.sort for offer in offered),
        unchanged=result.difference.unchanged,
        problems=[each for each in problems if each.severity != "info"][:SHOWN_FINDINGS],
        problem_counts=Counter(each.severity for each in problems),
        elsewhere=elsewhere,
        sheets=[each for each in problems if each.code == "rows-read"],
        names=names,
        label=field_label,
    )


def told(
    findings: Sequence[Finding], files: Sequence[str], changed: Collection[str]
) -> tuple[list[Finding], int]:
    """What concerns the files or what they change, the gravest first; how many errors and warnings are elsewhere."""
    here, elsewhere = list[Finding](), 0
    for each in findings:
        places = {place.file for place in (each.at, *each.related) if place}
        if each.blocking or not each.record or each.record in changed or not places.isdisjoint(files):
            here.append(each)
        else:
            elsewhere += each.severity != "info"
    return sorted(here, key=_rank), elsewhere


def _rank(finding: Finding) -> tuple[bool, int, str, str, int, str]:
    at = finding.at
    place = (at.file, at.sheet, at.row) if at else ("", "", 0)
    return not finding.blocking, _RANK[finding.severity], *place, finding.code


def _groups(offered: Sequence[Offer]) -> list[tuple[str, list[Offer]]]:
    order = {kind: place for place, kind in enumerate(RECORD_TYPES)}
    ranked = sorted(offered, key=lambda offer: order[offer.change.kind])
    return [(kind, list(group)) for kind, group in groupby(ranked, key=lambda offer: offer.change.kind)]


def _mine(request: Request, connection: Connection) -> Mine:
    who, offices = editor(request), offices_of(connection)

    def mine(record: Record) -> bool:
        try:
            check_owner(who, (record,), offices)
        except Refused:
            return False
        return True

    return mine


async def apply_chosen(request: Request) -> Response:
    """Make drafts of what was ticked."""
    form = await request.form(max_files=0, max_fields=MOST_RECORDS)
    return await run_in_threadpool(_apply, request, form)


def _apply(request: Request, form: FormData) -> Response:
    job, at, say = own_job(request), desk(request), words(request)
    folder = job_folder(at.settings.folder, job.id)
    chosen = {str(key) for key in form.getlist("record")}
    hand_in = bool(form.get("hand_in"))
    try:
        with writing(at.engine) as connection:
            result = found(folder)
            mine = _mine(request, connection)
            number = apply(connection, job, result, chosen, mine, at.clock(), hand_in=hand_in)
    except Refused as refused:
        flash(request, str(refused), "error")
        return RedirectResponse(f"/admin/import/{job.id}", 303)
    folder.remove()
    target = "/admin/import" if hand_in else "/admin/review/drafts"
    return done(request, target, say("importing.handed-in" if hand_in else "importing.applied", count=number))


PAGES = (
    Page("/import/{job}", show, WRITERS),
    Page("/import/{job}/apply", apply_chosen, WRITERS, methods=("POST",)),
)
