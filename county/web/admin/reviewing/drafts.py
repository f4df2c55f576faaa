"""What somebody drafted and has not handed in yet."""

from sqlalchemy import select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from county.accounts.roles import Role
from county.database.editing import record_summary
from county.database.engine import writing
from county.database.tables import review, revision
from county.reviewing.review import submit
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.records.common import number_of, when
from county.web.admin.shell import desk, done, flash, person, render, words

WRITERS: tuple[Role, ...] = ("clerk",)
SHOWN = 500


def show(request: Request) -> Response:
    """A person's own drafts, and what came back with the reason, newest first."""
    summary = record_summary.c
    said = select(review.c.note).where(review.c.revision == revision.c.number, review.c.verdict == "returned")
    own = revision.c.author == person(request).name
    with desk(request).engine.connect() as connection:
        rows = connection.execute(
            select(
                revision.c.number, revision.c.kind, revision.c.record, revision.c.created, revision.c.state
            )
            .add_columns(revision.c.body.is_(None).label("withdrawn"), summary.title)
            .add_columns(said.scalar_subquery().label("reason"))
            .join(record_summary, (summary.kind == revision.c.kind) & (summary.record == revision.c.record))
            .where(own, summary.current == revision.c.number, revision.c.state.in_(("draft", "returned")))
            .order_by(revision.c.number.desc())
            .limit(SHOWN)
        ).all()
    return render(
        request,
        "review/drafts.html",
        title=words(request)("review.drafts"),
        rows=[row for row in rows if row.state == "draft"],
        returned=[row for row in rows if row.state == "returned"],
        when=when,
    )


def hand_in(request: Request, form: FormData) -> Response:
    """Submit the ticked drafts."""
    numbers = sorted({number_of(value) for value in form.getlist("draft")})
    say = words(request)
    if not numbers:
        flash(request, say("review.none-ticked"), "warning")
        return done(request, "/admin/review/drafts")
    at, name = desk(request), person(request).name
    with writing(at.engine) as connection:
        own = connection.scalars(
            select(revision.c.number).where(revision.c.number.in_(numbers), revision.c.author == name)
        ).all()
        submit(connection, list(own), name, at.clock(), text(form, "note"))
    if not own:
        flash(request, say("review.none-left"), "warning")
        return done(request, "/admin/review/drafts")
    return done(request, "/admin/review/drafts", say("review.handed-in", count=len(own)))


PAGES = (
    Page(
        "/review/drafts",
        show,
        WRITERS,
        label="review.drafts",
        group="review",
        icon="fa-solid fa-pen-to-square",
    ),
    Page("/review/drafts/submit", posted(hand_in), WRITERS, methods=("POST",)),
)
