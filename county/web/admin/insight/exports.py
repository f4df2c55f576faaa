"""Tables of insight to take away, as CSV or as a workbook."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.outbox import Rating
from catalog.records import County, GuidedFlow
from county.insight import counts
from county.insight.naming import texts, title
from county.insight.opinions import given
from county.insight.tables import Table, as_csv, as_workbook
from county.insight.window import Window
from county.insight.words import missed
from county.web.admin.insight.looked import KINDS, flow_title, question_text, rated
from county.web.admin.insight.shared import READERS, asked
from county.web.admin.insight.topics import SHEET
from county.web.admin.page import Page
from county.web.admin.shell import desk, words
from county.web.admin.words import Words

MOST = 5_000
"""Records of a kind in an exported table."""


def export(request: Request) -> Response:
    """The tables of one page, for the window of the address; CSV has the first of them."""
    what, ending = request.path_params["what"], request.path_params["ending"]
    if what not in TABLES or ending not in ("csv", "xlsx"):
        raise HTTPException(404)
    with desk(request).engine.connect() as connection:
        view = asked(request, connection)
        found = list(TABLES[what](connection, view.window, words(request)))
        fictional = any(county.demonstration for county in texts(connection, County).values())
    notice = words(request)("paper.demonstration") if fictional else ""
    chosen = request.query_params.get("kind", "")
    if what == "looked" and chosen in KINDS:
        found = [found[KINDS.index(chosen)]]
    body = as_csv(found[0]) if ending == "csv" else as_workbook(found, notice)
    name = f'attachment; filename="{what}-{view.window.start}-{view.window.end}.{ending}"'
    media_type = "text/csv; charset=utf-8" if ending == "csv" else SHEET
    return Response(body, media_type=media_type, headers={"Content-Disposition": name})


def _looked(connection: Connection, window: Window, say: Words) -> Iterator[Table]:
    name = title(connection)
    weeks = counts.weeks_of(window)
    for kind in KINDS:
        rows = [
            (name(kind, one.name), one.number, *(one.weeks.get(week) for week in weeks))
            for one in counts.looked_up(connection, window, kind, MOST)
        ]
        heads = (say("insight.title"), say("insight.times"), *(week.isoformat() for week in weeks))
        yield Table(say(f"insight.kind-{kind}"), heads, rows)


def _words(connection: Connection, window: Window, say: Words) -> Iterator[Table]:
    rows = [
        (row.words, row.kiosk_days, say(f"insight.handled-{row.handled or 'open'}"))
        for row in missed(connection, window)
    ]
    yield Table(
        say("insight.words"), (say("insight.said"), say("insight.kiosk-days"), say("insight.state")), rows
    )


def _given_up(connection: Connection, window: Window, say: Words) -> Iterator[Table]:
    flows = texts(connection, GuidedFlow)
    left = [
        (flow_title(flows, one.flow), question_text(flows, one.flow, one.question), one.number)
        for one in counts.abandoned(connection, window)
    ]
    yield Table(
        say("insight.left"), (say("insight.flow"), say("insight.question"), say("insight.times")), left
    )
    unmatched = [
        (
            say(f"insight.audience-{one.audience}")
            if one.audience in ("person", "business")
            else one.audience,
            say("insight.comma").join(one.groups),
            one.number,
        )
        for one in counts.unmatched(connection, window)
    ]
    heads = (say("insight.audience"), say("insight.groups"), say("insight.times"))
    yield Table(say("insight.unmatched"), heads, unmatched)


def _opinions(connection: Connection, window: Window, say: Words) -> Iterator[Table]:
    grades = tuple(say(f"insight.grade-{one}") for one in range(1, 6))
    ratings = given(connection, window, Rating)
    for by in ("office", "service", "month", "all"):
        rows = [
            (name, one.number, one.average, f"{one.satisfied:.1%}", *one.counts)
            for name, one in rated(connection, ratings, by)
        ]
        heads = (
            say(f"insight.by-{by}"),
            say("insight.rated"),
            say("insight.average"),
            say("insight.satisfied"),
        )
        yield Table(say(f"insight.by-{by}"), (*heads, *grades), rows)


TABLES: Mapping[str, Callable[[Connection, Window, Words], Iterator[Table]]] = {
    "looked": _looked,
    "words": _words,
    "given-up": _given_up,
    "opinions": _opinions,
}

PAGES = (Page("/insight/export/{what}.{ending}", export, READERS),)
