"""What supervision and emergencies have to say on the start page."""

from starlette.requests import Request

from catalog.records import CalendarYear
from county import revisions
from county.bulletins.emergencies import emergencies
from county.bulletins.tasks import tasks
from county.clock import local
from county.supervision.overview import OVERVIEWS
from county.supervision.zones import inspections
from county.web.admin.reviewing.tasks import Task
from county.web.admin.shell import desk, person, words

Line = tuple[str, int, str, bool]
"""The key of the words, how many, where to go, whether it is urgent."""


def waiting(request: Request) -> tuple[Task, ...]:
    """The lines that are not zero, emergencies first."""
    say = words(request)
    return tuple(
        Task(say(f"supervision.task-{name}", count=number), url, urgent)
        for name, number, url, urgent in (*_emergencies(request), *_figures(request))
        if number
    )


def _emergencies(request: Request) -> list[Line]:
    me, here = person(request), desk(request)
    if not me.has("approver", "supervisor"):
        return []
    now = here.clock()
    with here.engine.connect() as connection:
        found = emergencies(connection)
        calendar = revisions.published_of(connection, CalendarYear) if found else []
        late = sum(
            task.state == "overdue"
            for one in found
            if one.state in ("active", "lifted")
            for task in tasks(connection, one, calendar, now)
        )
    asked = [one.open_step for one in found if one.open_step is not None]
    others = [step for one in found for step in one.steps if step.unchecked]
    mine = [step for step in others if me.name not in (step.asked_by, step.decided_by)]
    url = "/admin/emergencies"
    return [
        ("confirm", sum(step.asked_by != me.name for step in asked) if me.has("approver") else 0, url, True),
        ("undisclosed", late, url, True),
        ("check", len(mine), url, False),
    ]


def _figures(request: Request) -> list[Line]:
    """For supervisors the county's figures, for clerks those of their organisation, as last computed."""
    me, here = person(request), desk(request)
    if not me.has("supervisor", "clerk"):
        return []
    seen = OVERVIEWS.latest(here.engine, here.clock(), compute=me.has("supervisor"))
    if seen is None:
        return []
    office = "" if me.has("supervisor") else me.organisation
    states = [entry.state for entry in seen.entries if not office or office in entry.organisations]
    home = "/admin/supervision/publications"
    lines: list[Line] = [
        ("overdue", states.count("overdue"), f"{home}?state=overdue", True),
        ("due-soon", states.count("due_soon"), f"{home}?state=due_soon", False),
    ]
    if me.has("supervisor"):
        today = local(here.clock()).date()
        with here.engine.connect() as connection:
            open_ones = [one for one in inspections(connection) if one.open]
        overdue = sum(one.due is not None and one.due < today for one in open_ones)
        lines += [
            ("follow-up", overdue, "/admin/zones", True),
            ("faults", len(seen.faults), "/admin/supervision/faults", False),
        ]
    return lines
