"""One record: its text, history and differences, and what may be done with it."""

from secrets import token_hex
from typing import Any

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog.links import PAGES as PHONE_PAGES
from catalog.records import RECORD_TYPES, Record
from county.belonging import owners
from county.clock import local
from county.database.engine import writing
from county.database.tables import review, revision
from county.difference import title_of
from county.editing import drafting
from county.editing.checking import findings_of
from county.editing.difference import compare_fields
from county.editing.drawing import draw, picked
from county.editing.previewing import ROUTES
from county.editing.reading import ID
from county.editing.tree import tree_of
from county.errors import Refused
from county.web.admin.records.common import (
    Address,
    address,
    editor,
    names_of,
    number_in,
    number_of,
    reader_of,
    titles_by_id,
    when,
)
from county.web.admin.records.form import completeness_of
from county.web.admin.shell import desk, done, person, render, words

SINGLE = {"county": "county"}
"""Kinds of which there is one record, and its id."""


def show(request: Request) -> Response:
    """The newest text with what the checks say, the history, and the pictures."""
    at, engine = address(request), desk(request).engine
    with engine.connect() as connection:
        found = drafting.current(connection, at.kind, at.id)
        if found.number == 0:
            raise HTTPException(404)
        record = found.record or drafting.newest_text(connection, at.kind, at.id)
        history = _history(connection, at)
        published = drafting.text_of(connection, found.published)
        offices = drafting.offices_of(connection)
        nodes = draw(at.kind, tree_of(record)) if record else ()
        people = {row.author for row in history} | {one.reviewer for row in history for one in row.reviews}
        context: dict[str, Any] = {
            "titles": titles_by_id(connection, picked(nodes)),
            "people": names_of(connection, people),
        }
    who = editor(request)
    texts = [text for text in (record, published) if text is not None]
    mine = person(request).has("clerk") and all(
        drafting.may_edit(who, owners(text, offices)) for text in texts
    )
    today = local(desk(request).clock()).date()
    context |= {
        "at": at,
        "found": found,
        "record": record,
        "nodes": nodes,
        "history": history,
        "mine": mine,
        "open": found.state in ("draft", "submitted"),
        "findings": findings_of(engine, found.record, today) if found.record else [],
        "complete_words": completeness_of(request, found.record),
        "phone": at.kind in PHONE_PAGES,
        "kiosk": at.kind in ROUTES,
        "when": when,
    }
    title = title_at(record, at)
    return render(request, "records/record.html", title=title, **context)


def title_at(record: Record | None, at: Address) -> str:
    """What a page about the record is called."""
    return title_of(record) if record is not None else at.id


def begin(request: Request) -> Response:
    """Begin a new record: its kind, and its id, which a person may choose."""
    kind = request.path_params["kind"]
    if kind not in RECORD_TYPES:
        raise HTTPException(404)
    if kind in SINGLE:
        return RedirectResponse(Address(kind, SINGLE[kind]).url("edit"), 303)
    say = words(request)
    suggested = f"{kind.replace('_', '-')}-{token_hex(4)}"
    title = say("records.new-of", kind=say(f"fields.kind.{kind}"))
    like = request.query_params.get("like", "")
    return render(request, "records/begin.html", title=title, kind=kind, suggested=suggested, like=like)


async def begun(request: Request) -> Response:
    """Go to the form of the new record. Raises Refused for an id that is taken or unusable."""
    form = await request.form()
    kind, chosen = request.path_params["kind"], str(form.get("id", "")).strip()
    if kind not in RECORD_TYPES:
        raise HTTPException(404)
    return await run_in_threadpool(_begun, request, Address(kind, chosen), str(form.get("like", ""))[:96])


def _begun(request: Request, at: Address, like: str) -> Response:
    if not ID.fullmatch(at.id):
        raise Refused(words(request)("fields.wrong.id"))
    with desk(request).engine.connect() as connection:
        taken = drafting.current(connection, at.kind, at.id).number
    if taken:
        raise Refused(words(request)("records.taken"))
    return RedirectResponse(at.url("edit", like=like) if like else at.url("edit"), 303)


def compare(request: Request) -> Response:
    """Two revisions side by side; without numbers, the published text and the newest."""
    at = address(request)
    with desk(request).engine.connect() as connection:
        history = _history(connection, at)
        found = drafting.current(connection, at.kind, at.id)
        if found.number == 0:
            raise HTTPException(404)
        numbers = {row.number: row for row in history}
        before = number_in(request, "a") or found.published or 0
        after = number_in(request, "b") or found.number
        if {before, after} - numbers.keys() - {0}:
            raise HTTPException(404)
        old, new = (drafting.text_of(connection, number) for number in (before, after))
        people = names_of(connection, (row.author for row in history))
        reader = reader_of(connection, words(request), at.kind, old, new)
    context: dict[str, Any] = {
        "at": at,
        "history": history,
        "before": before,
        "after": after,
        "numbers": numbers,
        "changes": compare_fields(at.kind, old, new, reader),
        "gone": (old is None, new is None),
        "people": people,
        "when": when,
    }
    say = words(request)
    return render(
        request,
        "records/compare.html",
        title=say("records.compare-of", title=title_at(new or old, at)),
        **context,
    )


async def change(request: Request) -> Response:
    """Withdraw, discard or restore, as the form says."""
    form = await request.form()
    act, based_on, number = (
        str(form.get("act", "")),
        number_of(form.get("based_on", "")),
        number_of(form.get("number", "")),
    )
    return await run_in_threadpool(_change, request, act, based_on, number)


def _change(request: Request, act: str, based_on: int, number: int) -> Response:
    at, who, now = address(request), editor(request), desk(request).clock()
    say = words(request)
    with writing(desk(request).engine) as connection:
        match act:
            case "withdraw":
                drafting.withdraw(connection, who, at.kind, at.id, based_on, now)
            case "discard":
                drafting.discard(connection, who, at.kind, at.id, based_on, now)
            case "restore":
                drafting.restore(connection, who, at.kind, at.id, number, based_on, now)
            case _:
                raise HTTPException(400)
        left = drafting.current(connection, at.kind, at.id).number
    return done(request, at.url() if left else f"/admin/records?kind={at.kind}", say(f"records.done-{act}"))


class _Row:
    """A line of the history."""

    def __init__(self, row: Any, reviews: list[Any]) -> None:
        self.number, self.state, self.author, self.created = row.number, row.state, row.author, row.created
        self.withdraws, self.reviews = row.body is None, reviews


def _history(connection: Any, at: Address) -> list[_Row]:
    """The revisions of a record, newest first, with what reviewers said."""
    rows = connection.execute(
        select(revision)
        .where(revision.c.kind == at.kind, revision.c.record == at.id)
        .order_by(revision.c.number.desc())
        .limit(200)
    ).all()
    numbers = [row.number for row in rows]
    said = connection.execute(
        select(review).where(review.c.revision.in_(numbers)).order_by(review.c.number)
    ).all()
    return [_Row(row, [one for one in said if one.revision == row.number]) for row in rows]
