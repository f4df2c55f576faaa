"""Editing a record: the form, saving it, keeping what is typed, and what the checks say about it meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from catalog.checks.completeness import completeness
from catalog.findings import Finding
from catalog.links import PAGES as PHONE_PAGES
from catalog.records import Record
from county.clock import local
from county.database.engine import writing
from county.difference import title_of
from county.editing import drafting, unsaved
from county.editing.checking import check_soon, findings_of
from county.editing.difference import Changed, compare_fields
from county.editing.drafting import Current, Overtaken
from county.editing.drawing import draw, picked
from county.editing.merging import Merged, merge
from county.editing.previewing import ROUTES
from county.editing.reading import Read, read_form
from county.editing.tree import Tree, place_in, tree_of, unfold
from county.errors import Refused
from county.web.admin.records.common import (
    CODED,
    Address,
    address,
    editor,
    number_of,
    reader_of,
    titles_by_id,
    when,
)
from county.web.admin.shell import desk, done, flash, person, render, words
from county.web.admin.words import Words

MOST_FIELDS = 20_000
MOST_BYTES = 4 * 1024 * 1024
_OWN = frozenset({"csrftoken", "based_on", "end", "go"})
"""Names that the page sends beside the record's."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it is shown: the texts, the revision they were typed over, and what is to be said about them."""

    tree: Tree
    based_on: int
    read: Read = field(default_factory=lambda: Read(None, {}))
    restored: str = ""
    merged: Merged | None = None
    theirs: tuple[Changed, ...] = ()


def edit(request: Request) -> Response:
    """The form, with what the person had typed and not saved."""
    at = address(request)
    if at.kind in CODED:
        return RedirectResponse(f"/admin/flows/{at.id}", 303)
    who = editor(request)
    with desk(request).engine.connect() as connection:
        found = drafting.current(connection, at.kind, at.id)
        base = found.record or drafting.newest_text(connection, at.kind, at.id)
        published = drafting.text_of(connection, found.published)
        drafting.check_owner(who, (base, published), drafting.offices_of(connection))
        kept = unsaved.kept(connection, who.name, at.kind, at.id)
        began = drafting.text_of(connection, kept.based_on) if kept else None
        like = _like(connection, at, request.query_params.get("like", ""))
    tree = tree_of(base) if base else tree_of(like) | {"id": at.id} if like else {"id": at.id}
    if kept is None:
        return _show(request, at, found, Sheet(tree, found.number))
    read = read_form(at.kind, kept.tree, base)
    sheet = Sheet(kept.tree | {"id": at.id}, found.number, Read(None, read.errors), restored=when(kept.at))
    if kept.based_on == found.number or request.query_params.get("take") == "mine":
        return _show(request, at, found, sheet)
    return _show(request, at, found, _merged(request, at, sheet, began, base))


async def save(request: Request) -> Response:
    """Save the form as a draft."""
    tree, based_on = await _sent(request)
    return await run_in_threadpool(_save, request, tree, based_on)


async def keep(request: Request) -> Response:
    """Keep what is typed, and answer with what is to be said about it, as JSON."""
    tree, based_on = await _sent(request)
    return await run_in_threadpool(_keep, request, tree, based_on)


def here(request: Request) -> Response:
    """The page is still open: who else has it open, and the record's newest revision, as JSON."""
    at, who, now = address(request), editor(request), desk(request).clock()
    with writing(desk(request).engine) as connection:
        unsaved.appear(connection, who.name, at.kind, at.id, now)
        others = unsaved.others(connection, who.name, at.kind, at.id, now)
        newest = drafting.current(connection, at.kind, at.id)
    return JSONResponse({"others": others, "newest": newest.number, "author": newest.author})


def forget(request: Request) -> Response:
    """Give up what was typed and not saved."""
    at, who = address(request), editor(request)
    with writing(desk(request).engine) as connection:
        drafting.forget(connection, who.name, at.kind, at.id)
    return done(request, at.url("edit"), words(request)("records.forgotten"))


def _save(request: Request, tree: Tree, based_on: int) -> Response:
    at, who, now = address(request), editor(request), desk(request).clock()
    engine, say = desk(request).engine, words(request)
    with writing(engine) as connection:
        unsaved.keep(connection, who.name, at.kind, at.id, tree, based_on, now)
        found = drafting.current(connection, at.kind, at.id)
        began = drafting.text_of(connection, based_on) or drafting.newest_text(connection, at.kind, at.id)
    read = read_form(at.kind, tree, began)
    if read.record is None:
        return _show(request, at, found, Sheet(tree, found.number, read), 422)
    try:
        with writing(engine) as connection:
            number = drafting.save(connection, who, read.record, based_on, now)
            unsaved.leave(connection, who.name, at.kind, at.id)
    except Overtaken as error:
        with engine.connect() as connection:
            found = drafting.current(connection, at.kind, at.id)
        flash(request, str(error), "warning")
        return _show(
            request,
            at,
            found,
            _merged(request, at, Sheet(tree, found.number, read), began, found.record),
            409,
        )
    except Refused as error:
        flash(request, str(error), "error")
        return _show(request, at, found, Sheet(tree, based_on, read), 409)
    check_soon(engine, desk(request).clock)
    return done(request, at.url(), say("records.saved" if number != based_on else "records.unchanged"))


def _keep(request: Request, tree: Tree, based_on: int) -> Response:
    at, who, now = address(request), editor(request), desk(request).clock()
    say = words(request)
    with writing(desk(request).engine) as connection:
        found = drafting.current(connection, at.kind, at.id)
        drafting.check_owner(who, (found.record,), drafting.offices_of(connection))
        began = drafting.text_of(connection, based_on)
        unsaved.keep(connection, who.name, at.kind, at.id, tree, based_on, now)
        unsaved.appear(connection, who.name, at.kind, at.id, now)
        others = unsaved.others(connection, who.name, at.kind, at.id, now)
    read = read_form(at.kind, tree, began)
    today = local(now).date()
    said = [] if read.record is None else findings_of(desk(request).engine, read.record, today)
    return JSONResponse(
        {
            "kept": when(now)[-5:],
            "errors": {path: say(f"fields.wrong.{key}") for path, key in read.errors.items()},
            "findings": [_finding(finding, tree, say) for finding in said],
            "completeness": completeness_of(request, read.record),
            "others": others,
            "newest": found.number,
            "author": found.author,
        }
    )


def _finding(finding: Finding, tree: Tree, say: Words) -> dict[str, str]:
    return {
        "place": place_in(tree, finding.field),
        "severity": finding.severity,
        "message": say.said(finding.message),
        "advice": say.said(finding.advice),
    }


def completeness_of(request: Request, record: Record | None) -> dict[str, Any] | None:
    """How complete the record is, in words."""
    found = None if record is None else completeness(record)
    if found is None or record is None:
        return None
    say, kind = words(request), address(request).kind
    missing = [
        say(
            "records.missing",
            level=level,
            fields=say("records.comma").join(_label(say, kind, f) for f in fields),
        )
        for level, fields in found.missing.items()
        if fields
    ]
    return {"level": found.level, "percent": round(found.share * 100), "missing": missing}


def _label(say: Any, kind: str, field_name: str) -> str:
    if field_name in ("audience", "mode"):
        return str(say(f"records.{field_name}"))
    if field_name.startswith(("checked", "valid")):
        return str(say(f"fields.record.{field_name}"))
    return str(say(f"fields.{field_name}" if "." in field_name else f"fields.{kind}.{field_name}"))


def _merged(
    request: Request, at: Address, sheet: Sheet, began: Record | None, theirs: Record | None
) -> Sheet:
    """The sheet put together with what somebody else saved since."""
    base = tree_of(began) if began else {}
    other = tree_of(theirs) if theirs else {}
    merged = merge(base, other, sheet.tree)
    with desk(request).engine.connect() as connection:
        reader = reader_of(connection, words(request), at.kind, began, theirs)
    shown = tuple(compare_fields(at.kind, began, theirs, reader))
    return replace(sheet, tree=merged.tree | {"id": at.id}, merged=merged, theirs=shown)


def _show(request: Request, at: Address, found: Current, sheet: Sheet, status: int = 200) -> Response:
    nodes = draw(at.kind, sheet.tree, sheet.read.errors)
    record = sheet.read.record or read_form(at.kind, sheet.tree).record
    today = local(desk(request).clock()).date()
    said = _said(request, record, today)
    with desk(request).engine.connect() as connection:
        titles = titles_by_id(connection, picked(nodes))
        others = unsaved.others(connection, person(request).name, at.kind, at.id, desk(request).clock())
    say = words(request)
    context: dict[str, Any] = {
        "at": at,
        "found": found,
        "sheet": sheet,
        "nodes": nodes,
        "titles": titles,
        "others": others,
        "findings": [_finding(one, sheet.tree, say) for one in said],
        "complete_words": completeness_of(request, record),
        "kiosk": at.kind in ROUTES,
        "phone": at.kind in PHONE_PAGES,
        "new": found.number == 0,
    }
    name = title_of(found.record) if found.record else at.id
    heading = say(
        "records.new-of" if found.number == 0 else "records.edit-of",
        name=name,
        kind=say(f"fields.kind.{at.kind}"),
    )
    return render(request, "records/form.html", status, title=heading, **context)


def _said(request: Request, record: Record | None, today: date) -> list[Finding]:
    return [] if record is None else findings_of(desk(request).engine, record, today)


def _like(connection: Any, at: Address, like: str) -> Record | None:
    """The record that a new one is begun from."""
    return drafting.current(connection, at.kind, like).record if like else None


async def _sent(request: Request) -> tuple[Tree, int]:
    """The tree that was sent, and the revision it was typed over. Raises Refused for a form that is not whole."""
    form = await request.form(max_fields=MOST_FIELDS, max_part_size=MOST_BYTES)
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    if form.get("end") != "1":
        raise Refused("表单没有完整送达，什么都没有改。请返回上一页再试一次")
    at = address(request)
    tree = unfold((name, value) for name, value in pairs if name not in _OWN)
    return tree | {"id": at.id}, number_of(form.get("based_on", "0"))
