"""Publications from a table: the blank table, sending it filled in, seeing what it would do, entering it."""

from collections import Counter

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import Record
from county.belonging import owners
from county.database.engine import writing
from county.supervision import bulk
from county.supervision.publications import publications
from county.uploads import MOST_BYTES
from county.web.admin.forms import posted, text, uploaded
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words
from county.web.admin.supervision.overview import seen
from county.web.admin.supervision.publications import HOME, WRITERS

HERE = f"{HOME}/import"
LABELS = {
    "title": "what",
    "formed": "formed",
    "changed": "changed",
    "published": "published-on",
    "shown_until": "shown-until",
    "link": "link",
}
"""Field of an entry → its words."""
SHOWN = 300
"""Rows and problems on the page."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(request: Request) -> Response:
    """What was sent and not yet entered, and a form to send a table."""
    with desk(request).engine.connect() as connection:
        pending = bulk.kept(connection, person(request).name)
        steps = bulk.compare(pending, publications(connection)) if pending else []
    return render(
        request,
        "supervision/bulk.html",
        title=words(request)("supervision.bulk"),
        pending=pending,
        counts=Counter(step.sort for step in steps),
        steps=[step for step in steps if step.sort != "same"][:SHOWN],
        names=LABELS,
        problems=pending.findings[:SHOWN] if pending else (),
    )


def blank(request: Request) -> Response:
    """The table to fill in, with the items and policies of the person's organisation."""
    body = bulk.blank(seen(request).ground, _mine(request))
    headers = {"Content-Disposition": 'attachment; filename="publications.xlsx"'}
    return Response(body, media_type=_XLSX, headers=headers)


def upload(request: Request, form: FormData) -> Response:
    """Read a table and show what it would do; nothing else happens."""
    at = desk(request)
    name, data = uploaded(form, "file", MOST_BYTES)
    read = bulk.read_table(data, name, seen(request).ground, _mine(request))
    with writing(at.engine) as connection:
        bulk.keep(connection, read, person(request).name, at.clock())
    return done(request, HERE)


def confirm(request: Request, form: FormData) -> Response:
    """Enter what was sent, or forget it."""
    at, who, say = desk(request), person(request).name, words(request)
    ground = seen(request).ground
    with writing(at.engine) as connection:
        pending = bulk.kept(connection, who)
        bulk.drop(connection, who)
        if pending is None or text(form, "drop"):
            return done(request, HERE, say("supervision.bulk-dropped"))
        entered = bulk.apply(connection, pending, ground, _mine(request), who, at.clock())
    counts = {"added": entered["added"], "corrected": entered["corrected"], "same": entered["same"]}
    return done(request, HOME, say("supervision.bulk-entered", **counts))


def _mine(request: Request) -> bulk.Mine:
    me, offices = person(request), seen(request).ground.offices

    def mine(record: Record) -> bool:
        return me.has("supervisor") or me.organisation in owners(record, offices)

    return mine


PAGES = (
    Page("/supervision/publications/import", show, WRITERS),
    Page("/supervision/publications/import", posted(upload), WRITERS, ("POST",)),
    Page("/supervision/publications/import/confirm", posted(confirm), WRITERS, ("POST",)),
    Page("/supervision/publications/import/blank.xlsx", blank, WRITERS),
)
