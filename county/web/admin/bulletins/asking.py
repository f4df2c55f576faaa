"""Asking to activate a plan, to change the level of an emergency, to correct its bulletin, or to lift it."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.levels import LEVELS, level
from catalog.records import Bulletin, EmergencyPlan
from county import revisions
from county.bulletins.drafting import drafted, lifted, takes_over
from county.bulletins.emergencies import (
    Action,
    Emergency,
    activate,
    bulletin_of,
    change,
    find_emergency,
    free_id,
)
from county.choices import one_of
from county.database.engine import writing
from county.errors import Refused
from county.web.admin.bulletins.emergencies import ASKING
from county.web.admin.bulletins.reading import given_bulletin, stage_of, values_of
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words

OTHERS: tuple[Action, ...] = ("level", "correct", "lift")
"""What may be asked for while an emergency is active."""


def new(request: Request) -> Response:
    """Choose a level of a plan, then see its bulletin as a form."""
    with desk(request).engine.connect() as connection:
        plan = _plan(connection, request.path_params["plan"])
    chosen = request.query_params.get("level", "")
    if not chosen:
        return _levels(request, plan, f"/admin/emergencies/plans/{plan.id}")
    proposed = drafted(plan, stage_of(plan, chosen), "draft", desk(request).clock())
    return _form(request, plan, values_of(proposed))


def ask(request: Request, form: FormData) -> Response:
    """Ask to activate a plan."""
    here, say = desk(request), words(request)
    now = here.clock()
    with here.engine.connect() as connection:
        plan = _plan(connection, request.path_params["plan"])
    try:
        with writing(here.engine) as connection:
            base = Bulletin(id=free_id(connection, plan.id, now), bulletin_kind="emergency", title="")
            bulletin = given_bulletin(form, base)
            me = person(request).name
            number = activate(connection, plan, bulletin, text(form, "reason"), me, now)
    except Refused as refusal:
        return _form(request, plan, {name: text(form, name) for name in form}, str(refusal), 409)
    return done(request, f"/admin/emergencies/{number}", say("emergencies.asked"))


def other(request: Request) -> Response:
    """The form that changes an emergency."""
    action = _action(request.path_params["action"])
    now = desk(request).clock()
    with desk(request).engine.connect() as connection:
        one = find_emergency(connection, request.path_params["number"])
        current = _in_force(connection, one)
        plan = _plan_or_none(connection, one.plan)
    chosen = request.query_params.get("level", "")
    if action == "level":
        if plan is None:
            raise Refused(words(request)("emergencies.plan-gone"))
        if not chosen:
            return _levels(request, plan, f"/admin/emergencies/{one.number}/level")
        proposed = drafted(plan, stage_of(plan, chosen), current.id, now)
        kept = {name: getattr(current, name) for name in ("area", "starts", "issuer", "phone", "body")}
        current = msgspec.structs.replace(proposed, **kept)
    if action == "lift":
        current = lifted(current, plan.lift if plan else "", now)
    if action == "correct":
        current = msgspec.structs.replace(current, issued=now)
    return _form(request, plan, values_of(current), one=one, action=action)


def ask_other(request: Request, form: FormData) -> Response:
    """Ask to change an emergency."""
    action = _action(request.path_params["action"])
    here, say = desk(request), words(request)
    with here.engine.connect() as connection:
        one = find_emergency(connection, request.path_params["number"])
        current, plan = _in_force(connection, one), _plan_or_none(connection, one.plan)
    try:
        with writing(here.engine) as connection:
            bulletin = given_bulletin(form, current)
            me = person(request).name
            change(connection, one.number, action, bulletin, text(form, "reason"), me, here.clock())
    except Refused as refusal:
        values = {name: text(form, name) for name in form}
        return _form(request, plan, values, str(refusal), 409, one=one, action=action)
    return done(request, f"/admin/emergencies/{one.number}", say("emergencies.asked"))


def _levels(request: Request, plan: EmergencyPlan, address: str) -> Response:
    return render(
        request,
        "bulletins/levels.html",
        title=plan.title,
        plan=plan,
        address=address,
        levels=[(stage, level(stage.level) or len(LEVELS), takes_over(plan, stage)) for stage in plan.levels],
    )


def _form(
    request: Request,
    plan: EmergencyPlan | None,
    values: dict[str, Any],
    problem: str = "",
    status: int = 200,
    *,
    one: Emergency | None = None,
    action: Action = "activate",
) -> Response:
    levels: Sequence[str] = [stage.level for stage in plan.levels] if plan else []
    return render(
        request,
        "bulletins/form.html",
        status,
        title=words(request)(
            f"emergencies.title-{action}", plan=one.plan_title if one else plan.title if plan else ""
        ),
        plan=plan,
        one=one,
        action=action,
        values=values,
        levels=[*levels, *([] if values["level"] in levels else [values["level"]])],
        problem=problem,
    )


def _plan(connection: Connection, name: str) -> EmergencyPlan:
    found = _plan_or_none(connection, name)
    if found is None:
        raise Refused("没有这个预案，或它还没有审核通过")
    return found


def _plan_or_none(connection: Connection, name: str) -> EmergencyPlan | None:
    plans = revisions.published_of(connection, EmergencyPlan)
    return next((plan for plan in plans if plan.id == name), None)


def _in_force(connection: Connection, one: Emergency) -> Bulletin:
    confirmed = [step for step in one.steps if step.verdict == "confirmed"]
    if not confirmed:
        raise Refused("这次应急响应没有生效")
    return bulletin_of(connection, confirmed[-1])


def _action(name: str) -> Action:
    action = one_of(OTHERS, name)
    if action is None:
        raise Refused("没有这种操作")
    return action


PAGES = (
    Page("/emergencies/plans/{plan}", new, ASKING),
    Page("/emergencies/plans/{plan}", posted(ask), ASKING, ("POST",)),
    Page("/emergencies/{number:int}/{action}", other, ASKING),
    Page("/emergencies/{number:int}/{action}", posted(ask_other), ASKING, ("POST",)),
)
