"""One text under review: what changes by field, what was said about it, and the decision."""

from sqlalchemy import Connection, select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog.records import CalendarYear, County
from county import revisions
from county.accounts.roles import Role
from county.clock import local
from county.database.engine import writing
from county.database.reviewing import remark
from county.editing.checking import findings_of
from county.editing.difference import compare_fields
from county.errors import Refused
from county.reviewing.queue import queue
from county.reviewing.review import review_texts, say
from county.reviewing.rules import rules
from county.reviewing.sheet import draw_sheet, form_of
from county.reviewing.steps import STEPS, Verdict
from county.reviewing.texts import Text, get_text
from county.web.admin.entry.again import proven
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.records import common
from county.web.admin.records.common import names_of, reader_of, titles_by_id, when
from county.web.admin.reviewing.queue import REVIEWERS, finishes
from county.web.admin.shell import desk, done, flash, person, render, words

READERS: tuple[Role, ...] = (*REVIEWERS, "clerk", "supervisor", "auditor")


def show(request: Request) -> Response:
    """The text with its difference to what is published."""
    at, who = desk(request), person(request)
    with at.engine.connect() as connection:
        found = _text(request, connection)
        mine = queue(
            [found], who, rules(connection), revisions.published_of(connection, CalendarYear), at.clock()
        )
        remarks = connection.execute(
            select(remark).where(remark.c.revision == found.number).order_by(remark.c.number)
        ).all()
        people = {found.author, found.submitted_by, *found.writers, *found.reviewers}
        names = names_of(connection, people | {each.person for each in remarks})
        offices = titles_by_id(connection, found.owners)
        reader = reader_of(connection, words(request), found.kind, found.before, found.record)
    findings = findings_of(at.engine, found.record, local(at.clock()).date()) if found.record else []
    return render(
        request,
        "review/text.html",
        title=found.title,
        text=found,
        waiting=mine[0] if found.state == "submitted" else None,
        changes=compare_fields(found.kind, found.before, found.record, reader),
        findings=[finding for finding in findings if finding.severity != "info"],
        remarks=remarks,
        names=names,
        offices=offices,
        steps=STEPS,
        when=when,
        form=form_of(found),
        may_review=who.has(*REVIEWERS),
        may_read=who.has(*common.READERS),
    )


def decide(request: Request, form: FormData) -> Response:
    """Approve the text or return it."""
    number, at, words_of = int(request.path_params["number"]), desk(request), words(request)
    verdict: Verdict = "returned" if form.get("verdict") == "returned" else "approved"
    wanted = {number: text(form, "content_hash")}
    with writing(at.engine) as connection:
        declined = review_texts(connection, wanted, verdict, person(request), text(form, "note"), at.clock())
    if declined:
        flash(
            request,
            words_of("review.declined", number=number, reason=words_of.said(declined[0].reason)),
            "error",
        )
        return RedirectResponse(f"/admin/review/{number}", 303)
    return done(request, "/admin/review", words_of(f"review.done-{verdict}", count=1))


def _final(request: Request, form: FormData) -> bool:
    return finishes(request, form, [int(request.path_params["number"])])


def comment(request: Request, form: FormData) -> Response:
    """Remark on a field."""
    number, at = int(request.path_params["number"]), desk(request)
    with writing(at.engine) as connection:
        _text(request, connection)
        field, said = text(form, "field"), text(form, "text")
        say(connection, number, field, said, person(request).name, at.clock())
    return done(request, f"/admin/review/{number}#remarks", words(request)("review.remarked"))


def sheet(request: Request) -> Response:
    """The printable review sheet."""
    at = desk(request)
    with at.engine.connect() as connection:
        found = _text(request, connection)
        names = names_of(connection, {found.author, found.submitted_by, *found.reviewers})
        offices = titles_by_id(connection, found.owners)
        (county,) = revisions.published_of(connection, County)
        reader = reader_of(connection, words(request), found.kind, found.before, found.record)
    data = draw_sheet(found, names, list(offices.values()), reader, county, at.clock())
    headers = {"Content-Disposition": f'inline; filename="review-{found.number}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _text(request: Request, connection: Connection) -> Text:
    """The text of the request's path. Raises Refused for a clerk of another organisation."""
    found = get_text(connection, int(request.path_params["number"]))
    who = person(request)
    if who.has(*REVIEWERS, "supervisor", "auditor") or who.name in found.writers:
        return found
    if found.owners and who.organisation not in found.owners:
        raise Refused("这条内容属于其他单位")
    return found


PAGES = (
    Page("/review/{number:int}", show, READERS),
    Page("/review/{number:int}/decide", posted(proven(decide, _final)), REVIEWERS, methods=("POST",)),
    Page("/review/{number:int}/remark", posted(comment), (*REVIEWERS, "clerk"), methods=("POST",)),
    Page("/review/{number:int}/sheet.pdf", sheet, READERS),
)
