"""Rings: how the newest edition spreads, and halting, resuming, releasing it."""

from datetime import datetime

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from county import editions
from county.accounts.roles import Role
from county.database.engine import writing
from county.errors import Refused
from county.fleet import rollouts
from county.fleet.spreading import Stage
from county.publishing import spread
from county.web.admin.forms import number, text
from county.web.admin.shell import desk, done, person, render, words

READERS: tuple[Role, ...] = ("administrator", "approver", "supervisor", "auditor")
WRITERS: tuple[Role, ...] = ("administrator", "approver")
ROWS = 6


def rings(request: Request) -> Response:
    """How editions spread."""
    with desk(request).engine.connect() as connection:
        stages, current = rollouts.stages(connection), rollouts.newest(connection)
        reach = _reach(connection, stages, current.edition) if current else []
        past = rollouts.history(connection)
    return render(
        request,
        "fleet/rings.html",
        title=words(request)("fleet.rings"),
        stages=stages,
        blank=range(len(stages), ROWS),
        current=current,
        reach=reach,
        past=past,
        writes=person(request).has(*WRITERS),
    )


def act(request: Request, form: FormData) -> Response:
    """Set the rings, or halt, resume or release the newest edition. Raises Refused."""
    here, me, action = desk(request), person(request).name, str(request.path_params["action"])
    say, now = words(request), here.clock()
    with writing(here.engine) as connection:
        _do(connection, action, form, me, now, say("fleet.halted-by-hand"))
    spread(here.engine, here.settings, now)
    return done(request, "/admin/rings", say("fleet.spread"))


def _do(connection: Connection, action: str, form: FormData, me: str, now: datetime, reason: str) -> None:
    if action == "set":
        rollouts.set_stages(connection, _stages(form), me, now)
    elif action == "halt":
        rollouts.halt(connection, me, text(form, "reason") or reason, now)
    elif action == "resume":
        rollouts.resume(connection, me, now)
    elif action == "release":
        rollouts.release(connection, me, now)
    else:
        raise Refused(action[:20])


def _stages(form: FormData) -> list[Stage]:
    rows = [row for row in range(ROWS) if text(form, f"name-{row}")]
    return [
        Stage(
            text(form, f"name-{row}"),
            number(form, f"percent-{row}") if text(form, f"percent-{row}") else 0,
            number(form, f"minutes-{row}") if text(form, f"minutes-{row}") else 0,
            text(form, f"group-{row}"),
        )
        for row in rows
    ]


def _reach(connection: Connection, stages: list[Stage], edition: int) -> list[tuple[int, int]]:
    """For each ring and those before it: kiosks in service, and how many of them show the edition."""
    digest = editions.get(connection, edition).digest
    found = []
    for place in range(len(stages)):
        inside = rollouts.witnesses(connection, stages[: place + 1])
        showing = sum(w.report is not None and w.report.digest == digest for w in inside)
        found.append((len(inside), showing))
    return found
