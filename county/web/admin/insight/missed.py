"""Words that were not found, and making synonyms of them in two clicks: choose the words, choose the record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlalchemy import Connection, select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.outbox import LONGEST_WORDS
from catalog.search.query import MAX_QUERY
from county.database.editing import record_summary
from county.database.engine import writing
from county.editing.drafting import Editor
from county.insight.words import make_synonym, missed, put_aside, take_back
from county.web.admin.forms import posted, text
from county.web.admin.insight.shared import MAKERS, READERS, asked
from county.web.admin.page import Page
from county.web.admin.records.common import editor
from county.web.admin.shell import desk, done, person, render, words
from county.web.shelf import NothingPublished, active_store

TARGETS = ("service", "life_event", "policy", "place")
MOST = 12
"""Records to choose from."""
ADDRESS = "/admin/insight/words"


@dataclass(frozen=True, slots=True)
class Target:
    """A record that words may stand for."""

    kind: str
    id: str
    title: str


def missed_words(request: Request) -> Response:
    """The words, those first that wait for somebody."""
    with desk(request).engine.connect() as connection:
        view = asked(request, connection)
        rows = missed(connection, view.window)
    open_rows = [row for row in rows if not row.handled]
    return render(
        request,
        "insight/words.html",
        title=words(request)("insight.words"),
        view=view,
        open_rows=open_rows,
        handled=[row for row in rows if row.handled],
        may_make=person(request).has(*MAKERS),
    )


def choose(request: Request) -> Response:
    """Records that the words may be meant for."""
    said = request.query_params.get("words", "")[:LONGEST_WORDS]
    sought = request.query_params.get("q", said)[:MAX_QUERY]
    with desk(request).engine.connect() as connection:
        found = targets(connection, request, sought)
    return render(
        request,
        "insight/choose.html",
        title=words(request)("insight.choose-title", words=said),
        said=said,
        sought=sought,
        found=found,
        back=_back(request.query_params.get("back", "")),
    )


def targets(connection: Connection, request: Request, sought: str) -> Sequence[Target]:
    """What a search for the words finds, as kiosks search; by title while nothing is published."""
    try:
        with active_store(desk(request).settings.folder) as store:
            hits = store.index.search(sought, MOST, TARGETS)
            return [Target(hit.kind, hit.id, hit.title) for hit in hits]
    except NothingPublished:
        summary = record_summary.c
        rows = connection.execute(
            select(summary.kind, summary.record, summary.title)
            .where(
                summary.kind.in_(TARGETS),
                summary.withdrawn.is_(False),
                summary.title.contains(sought, autoescape=True),
            )
            .order_by(summary.title)
            .limit(MOST)
        )
        return [Target(row.kind, row.record, row.title) for row in rows]


def make(request: Request, form: FormData) -> Response:
    """Draft the synonym and hand it to the reviewers."""
    said, target = text(form, "words"), text(form, "target")
    with writing(desk(request).engine) as connection:
        make_synonym(connection, said, target, _editor(request), desk(request).clock())
    return done(request, _back(text(form, "back")), words(request)("insight.made", words=said))


def aside(request: Request, form: FormData) -> Response:
    """Say that nothing needs doing about words, or that something does after all."""
    said, again = text(form, "words"), text(form, "again")
    change = take_back if again else put_aside
    with writing(desk(request).engine) as connection:
        change(connection, said, person(request).name, desk(request).clock())
    key = "insight.taken-back" if again else "insight.put-aside"
    return done(request, _back(text(form, "back")), words(request)(key, words=said))


def _editor(request: Request) -> Editor:
    """Synonyms are the county's own; supervisors and reviewers watch over all of it."""
    found = editor(request)
    return replace(found, common=found.common or person(request).has("supervisor", "reviewer"))


def _back(query: str) -> str:
    """The list again, with the window that the address had."""
    pairs = [pair.partition("=") for pair in query.split("&")] if len(query) < 200 else []
    kept = {name: value.replace("%3A", ":") for name, _, value in pairs if name in ("from", "to", "place")}
    return f"{ADDRESS}?{urlencode(kept)}" if kept else ADDRESS


PAGES = (
    Page(
        "/insight/words",
        missed_words,
        READERS,
        label="insight.words",
        group="insight",
        icon="fa-solid fa-magnifying-glass-minus",
    ),
    Page("/insight/words/choose", choose, MAKERS),
    Page("/insight/words/make", posted(make), MAKERS, methods=("POST",)),
    Page("/insight/words/aside", posted(aside), MAKERS, methods=("POST",)),
)
