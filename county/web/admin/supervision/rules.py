"""The rules of supervision, changed by supervisors."""

from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import RECORD_TYPES
from county.accounts.roles import Role
from county.database.engine import writing
from county.errors import Refused
from county.supervision.rules import SupervisionRules, checked, current_rules, write_rules
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words

READERS: tuple[Role, ...] = ("supervisor", "auditor")
NUMBERS = (
    "warn_working_days",
    "period_working_days",
    "policy_working_days",
    "feedback_days",
    "emergency_check_working_days",
)
FRESHNESS = ("title", "kind", "scope", "pattern", "max_days", "warn_days")


def show(request: Request) -> Response:
    """The rules that hold."""
    with desk(request).engine.connect() as connection:
        rules = current_rules(connection)
    return _form(request, rules, msgspec.to_builtins(rules))


def save(request: Request, form: FormData) -> Response:
    """Let other rules hold from now on."""
    here = desk(request)
    with writing(here.engine) as connection:
        held = current_rules(connection)
        given = _given(form, msgspec.to_builtins(held))
        try:
            rules = checked(given)
        except Refused as refusal:
            return _form(request, held, given, str(refusal), 409)
        if rules != held:
            write_rules(connection, rules, person(request).name, here.clock())
    return done(request, "/admin/supervision/rules", words(request)("supervision.rules-saved"))


def _given(form: FormData, held: dict[str, Any]) -> dict[str, Any]:
    """The rules as the form has them; rows without a name are left out."""
    rows = []
    for place in range(len(held["freshness"]) + 1):
        row = {name: text(form, f"{name}-{place}") for name in FRESHNESS}
        if row["title"]:
            rows.append(row)
    return {**held, **{name: text(form, name) for name in NUMBERS}, "freshness": rows}


def _form(
    request: Request, held: SupervisionRules, values: dict[str, Any], problem: str = "", status: int = 200
) -> Response:
    blank = {
        "title": "",
        "kind": "disclosure",
        "scope": "record",
        "pattern": "",
        "max_days": 90,
        "warn_days": 10,
    }
    rows = [*values["freshness"], blank][: len(held.freshness) + 1]
    return render(
        request,
        "supervision/rules.html",
        status,
        title=words(request)("supervision.rules"),
        numbers=NUMBERS,
        values=values,
        rows=rows,
        kinds=list(RECORD_TYPES),
        problem=problem,
        writes=person(request).has("supervisor"),
    )


PAGES = (
    Page(
        "/supervision/rules",
        show,
        READERS,
        label="supervision.rules",
        group="supervision",
        icon="fa-solid fa-sliders",
    ),
    Page("/supervision/rules", posted(save), ("supervisor",), ("POST",)),
)
