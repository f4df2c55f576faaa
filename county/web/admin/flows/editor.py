"""The editor over HTTP: the list of flows, one flow, and what each touch does to it.

The browser keeps the flow's text and sends it with every touch, together with what stands in the open form; the
answer is the text after it, and everything drawn again. Nothing is lost by an error: the page stays as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from catalog.records import GuidedFlow
from catalog.records.flow import FlowOption
from county.accounts.roles import Role
from county.database.editing import record_summary, unsaved_form
from county.database.engine import writing
from county.editing import drafting, unsaved
from county.editing.drafting import Overtaken
from county.errors import Refused
from county.flows import storing
from county.flows.board import board
from county.flows.lines import Line, Unfinished
from county.flows.parts import Impossible
from county.flows.trying import example_of, touched, trial
from county.flows.wording import Speech, reason_words
from county.flows.work import ACTS, Names, Work, add_example, told
from county.web.admin.page import Page
from county.web.admin.records.common import editor
from county.web.admin.shell import desk, done, flash, person, render, words

ROLES: tuple[Role, ...] = ("clerk",)
_KEPT_AS_THEY_ARE = ("question-remove", "rule-remove")
"""Acts that do not ask whether the open form is filled in."""


class Touch(msgspec.Struct, kw_only=True):
    """What a browser sends. `fields` has every value of the open form, `answers` of the try, by name."""

    document: str
    place: str = ""
    line: str = ""
    path: tuple[int, ...] = ()
    act: str = "show"
    rest: str = ""
    fields: dict[str, list[str]] = {}
    answers: dict[str, list[str]] = {}
    touched: tuple[str, str] = ("", "")
    base: int = 0


def flows(request: Request) -> Response:
    """Every life event with its flow, or a way to begin one."""
    with desk(request).engine.connect() as connection:
        known = connection.execute(
            select(record_summary).where(record_summary.c.kind == "flow", ~record_summary.c.withdrawn)
        ).all()
        events = connection.execute(
            select(record_summary)
            .where(record_summary.c.kind == "life_event", ~record_summary.c.withdrawn)
            .order_by(record_summary.c.title)
        ).all()
        mine = unsaved_form.c.person == person(request).name
        kept = connection.scalars(
            select(unsaved_form.c.record).where(mine, unsaved_form.c.kind == storing.KIND)
        ).all()
        begun = [storing.unsaved(connection, one, person(request).name) for one in kept]
    ids = {row.record for row in known}
    free = [row for row in events if f"flow-{row.record}"[:96] not in ids]
    listed = sorted(known, key=lambda row: row.title)
    return render(
        request,
        "flow/list.html",
        title=words(request)("flow.title"),
        flows=listed,
        unsaved=set(kept),
        events=free,
        mine=editor(request).common,
        begun=[one.flow for one in begun if one and one.flow.id not in ids],
    )


async def begin(request: Request) -> Response:
    """Begin a flow for a life event."""
    form = await request.form()
    return await run_in_threadpool(_begun, request, str(form.get("event", "")))


def show(request: Request) -> Response:
    """The editor of one flow: what its writer has not saved, else its newest text."""
    with writing(desk(request).engine) as connection:
        known = drafting.current(connection, "flow", request.path_params["id"])
        kept = storing.unsaved(connection, request.path_params["id"], person(request).name)
        flow = kept.flow if kept else known.record
        if not isinstance(flow, GuidedFlow):
            raise HTTPException(404)
        drafting.check_owner(editor(request), (flow,), drafting.offices_of(connection))
        around = storing.surroundings(connection, flow)
        others = _others(connection, request, flow.id)
    shown = _drawn(request, Work(flow), {}, around)
    say = words(request)
    return render(
        request,
        "flow/editor.html",
        title=say("flow.of", title=say.pick(flow.title, flow.title_en)),
        flow=flow,
        kept=kept,
        overtaken=bool(kept and kept.based_on != known.number),
        known=known,
        others=others,
        **shown,
    )


async def work(request: Request) -> Response:
    """Do what a button says, keep the text, and draw everything again."""
    return await run_in_threadpool(_worked, request, await _touch(request))


async def save(request: Request) -> Response:
    """Make the text a draft."""
    return await run_in_threadpool(_saved, request, await _touch(request))


def discard(request: Request) -> Response:
    """Forget what is not saved."""
    with writing(desk(request).engine) as connection:
        drafting.forget(connection, person(request).name, storing.KIND, request.path_params["id"])
        known = drafting.current(connection, "flow", request.path_params["id"]).record
    target = f"/admin/flows/{request.path_params['id']}" if known else "/admin/flows"
    return done(request, target, words(request)("flow.discarded"))


def _begun(request: Request, event: str) -> Response:
    here = desk(request)
    with writing(here.engine) as connection:
        flow = storing.begin(connection, event)
        drafting.check_owner(editor(request), (flow,), drafting.offices_of(connection))
        if drafting.current(connection, "flow", flow.id).record is None:
            storing.keep(connection, flow, 0, person(request).name, here.clock())
    return done(request, f"/admin/flows/{flow.id}")


def _worked(request: Request, touch: Touch) -> Response:
    here, say = desk(request), words(request)
    try:
        before = storing.read_flow(touch.document)
        after, answers = _done(before, touch, request)
        _same(request, after.flow)
    except (Impossible, Unfinished) as problem:
        return JSONResponse({"error": say(f"flow.{problem}")}, 409)
    with writing(here.engine) as connection:
        storing.keep(connection, after.flow, touch.base, person(request).name, here.clock())
        others = _others(connection, request, after.flow.id)
        around = storing.surroundings(connection, after.flow, after.search)
    return JSONResponse({**_drawn(request, after, answers, around), "others": others})


def _saved(request: Request, touch: Touch) -> Response:
    here, say = desk(request), words(request)
    try:
        flow = _done(storing.read_flow(touch.document), touch, request)[0].flow
        _same(request, flow)
        with writing(here.engine) as connection:
            number = storing.save(connection, flow, touch.base, editor(request), here.clock())
    except (Impossible, Unfinished) as problem:
        return JSONResponse({"error": say(f"flow.{problem}")}, 409)
    except Overtaken:
        return JSONResponse({"error": say("flow.overtaken")}, 409)
    except Refused as refused:
        return JSONResponse({"error": say.said(str(refused))}, 409)
    flash(request, say("flow.unchanged") if number is None else say("flow.saved", number=number))
    return JSONResponse({"number": number, "location": f"/admin/flows/{flow.id}"})


def _done(before: GuidedFlow, touch: Touch, request: Request) -> tuple[Work, Mapping[str, Sequence[str]]]:
    """The work after a touch, and the answers of the try."""
    say = words(request)
    unsure = FlowOption(id="unsure", text="说不清", text_en="Not sure")
    names = Names(say("flow.new-question"), say("flow.new-option"), unsure)
    now = Work(before, touch.place, touch.line, touch.path, _line(touch.fields))
    if touch.fields and touch.act not in _KEPT_AS_THEY_ARE:
        now = told(now, {name: values[0] for name, values in touch.fields.items() if values}, names)
    question, option = touch.touched
    answers = touched(now.flow, touch.answers, question, option)
    if touch.act == "example-add":
        with desk(request).engine.connect() as connection:
            around = storing.surroundings(connection, now.flow)
        return add_example(now, example_of(now.flow, answers, touch.rest, around.services)), answers
    if touch.act not in ACTS:
        raise Impossible("gone")
    return ACTS[touch.act](now, touch.rest, names), answers


def _others(connection: Connection, request: Request, flow: str) -> str:
    """Says that this person writes the flow; who else does, in words."""
    name, now = person(request).name, desk(request).clock()
    unsaved.appear(connection, name, "flow", flow, now)
    say, names = words(request), unsaved.others(connection, name, "flow", flow, now)
    return say("flow.others", names=say("flow.comma").join(names)) if names else ""


def _drawn(
    request: Request, work: Work, answers: Mapping[str, Sequence[str]], around: storing.Surroundings
) -> dict[str, Any]:
    """The texts and fragments that the page is made of."""
    say = words(request)
    speech = Speech(lambda key, **values: say(f"flow.{key}", **values), say.pick)
    shown = board(work, around.near, around.services, around.towns, speech)
    tried = trial(work.flow, answers, around.services, around.towns, around.plan, speech)
    templates = request.state.templates.env
    context = {
        "board": shown,
        "trial": tried,
        "words": say,
        "say": speech.say,
        "pick": say.pick,
        "because": lambda *reasons: [*dict.fromkeys(reason_words(one, work.flow, speech) for one in reasons)],
        "towns": around.towns,
    }
    return {
        "document": storing.write_flow(work.flow),
        "place": work.place,
        "line": work.line,
        "path": list(work.path),
        "answers": answers,
        "cards": templates.get_template("flow/cards.html").render(context),
        "side": templates.get_template("flow/side.html").render(context),
    }


async def _touch(request: Request) -> Touch:
    body = await request.body()
    try:
        return msgspec.json.decode(body, type=Touch)
    except msgspec.MsgspecError:
        raise HTTPException(400) from None


def _same(request: Request, flow: GuidedFlow) -> None:
    if flow.id != request.path_params["id"]:
        raise Impossible("damaged")


def _line(fields: Mapping[str, Sequence[str]]) -> Line:
    """The line that stands in the form; what belongs to another question is left out."""

    def first(name: str) -> str:
        return next(iter(fields.get(name, ())), "")[:200]

    if not first("line-question"):
        return Line()
    relation: Any = first("line-relation")
    return Line(
        first("line-question"),
        relation,
        tuple(fields.get("line-values", ())),
        first("line-lower"),
        first("line-lower-word") or "ge",
        first("line-upper"),
        first("line-upper-word") or "lt",
    )


PAGES = (
    Page("/flows", flows, ROLES, label="flow.title", group="content", icon="fa-solid fa-diagram-project"),
    Page("/flows", begin, ROLES, methods=("POST",)),
    Page("/flows/{id}", show, ROLES),
    Page("/flows/{id}/work", work, ROLES, methods=("POST",)),
    Page("/flows/{id}/save", save, ROLES, methods=("POST",)),
    Page("/flows/{id}/discard", discard, ROLES, methods=("POST",)),
)
