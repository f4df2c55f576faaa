"""The list of plans and emergencies, one emergency with its checklist, and what is decided about its steps."""

from collections.abc import Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import Bulletin, CalendarYear, EmergencyPlan
from county import building, revisions
from county.accounts.roles import Role
from county.bulletins import emergencies as domain
from county.bulletins.emergencies import Emergency, Step, bulletin_of, find_emergency
from county.bulletins.reaching import reach, waiting_edition
from county.bulletins.tasks import HAPPENINGS, record, tasks
from county.choices import one_of
from county.database.engine import writing
from county.errors import CountyError, Refused
from county.supervision.rules import current_rules
from county.web.admin.forms import posted, text
from county.web.admin.page import Endpoint, Page
from county.web.admin.shell import desk, done, flash, person, render, words

ASKING: tuple[Role, ...] = ("supervisor", "approver")
CONFIRMING: tuple[Role, ...] = ("approver",)
CHECKING: tuple[Role, ...] = ("approver", "reviewer", "supervisor")
WORKING: tuple[Role, ...] = ("supervisor", "approver", "clerk")
READERS: tuple[Role, ...] = (
    "approver",
    "supervisor",
    "reviewer",
    "clerk",
    "guide",
    "auditor",
    "administrator",
)


def listed(request: Request) -> Response:
    """Plans to activate, and every emergency there was."""
    here = desk(request)
    now = here.clock()
    with here.engine.connect() as connection:
        found = domain.emergencies(connection)
        calendar = revisions.published_of(connection, CalendarYear)
        overdue = {
            one.number: sum(task.state == "overdue" for task in tasks(connection, one, calendar, now))
            for one in found
            if one.state in ("active", "lifted")
        }
        plans = revisions.published_of(connection, EmergencyPlan)
    return render(
        request,
        "bulletins/list.html",
        title=words(request)("emergencies.emergencies"),
        emergencies=found,
        overdue=overdue,
        plans=plans,
        asks=person(request).has(*ASKING),
    )


def show(request: Request) -> Response:
    """One emergency."""
    return _shown(request)


def confirm(request: Request, form: FormData) -> Response:
    """Put a step into force, and build the edition with it at once."""
    here, say = desk(request), words(request)
    one, step = _step(request)
    me = person(request).name
    if not text(form, "read"):
        return _shown(request, say("emergencies.read-first"), 409)
    now = here.clock()
    with writing(here.engine) as connection:
        calendar = revisions.published_of(connection, CalendarYear)
        days = current_rules(connection).emergency_check_working_days
        domain.confirm(connection, step, text(form, "content_hash"), calendar, days, me, now)
    _build(request)
    return done(request, f"/admin/emergencies/{one.number}", say("emergencies.confirmed"))


def refuse(request: Request, form: FormData) -> Response:
    """Refuse a step, or withdraw it."""
    here = desk(request)
    one, step = _step(request)
    with writing(here.engine) as connection:
        domain.refuse(connection, step, text(form, "remark"), person(request).name, here.clock())
    return done(request, f"/admin/emergencies/{one.number}", words(request)("emergencies.refused"))


def check(request: Request, form: FormData) -> Response:
    """Put on record that somebody looked at a step afterwards."""
    here = desk(request)
    one, step = _step(request)
    with writing(here.engine) as connection:
        domain.check_afterwards(connection, step, text(form, "note"), person(request).name, here.clock())
    return done(request, f"/admin/emergencies/{one.number}", words(request)("emergencies.checked"))


def mark(request: Request, form: FormData) -> Response:
    """Put on record what happened to a task."""
    here = desk(request)
    event, note = one_of(HAPPENINGS, text(form, "event")), text(form, "note")
    if event is None:
        raise Refused(words(request)("emergencies.what-happened"))
    with here.engine.connect() as connection:
        one = find_emergency(connection, request.path_params["number"])
    with writing(here.engine) as connection:
        task = request.path_params["task"]
        record(connection, one, task, event, note, person(request).name, here.clock())
    url = f"/admin/emergencies/{one.number}#tasks"
    return done(request, url, words(request)(f"emergencies.marked-{event}"))


def _acted(act: Callable[[Request, FormData], Response]) -> Endpoint:
    """A page that takes a form and acts; why that is refused is said on the emergency's page."""

    def answer(request: Request, form: FormData) -> Response:
        try:
            return act(request, form)
        except Refused as refusal:
            return _shown(request, str(refusal), 409)

    return posted(answer)


def _shown(request: Request, problem: str = "", status: int = 200) -> Response:
    here = desk(request)
    now = here.clock()
    with here.engine.connect() as connection:
        one = find_emergency(connection, request.path_params["number"])
        bulletins = {step.number: bulletin_of(connection, step) for step in one.steps}
        calendar = revisions.published_of(connection, CalendarYear)
        confirmed = [step for step in one.steps if step.verdict == "confirmed"]
        reached = reach(connection, confirmed[-1]) if confirmed else None
        checklist = tasks(connection, one, calendar, now)
        waiting = waiting_edition(connection)
    me = person(request)
    return render(
        request,
        "bulletins/emergency.html",
        status,
        title=one.plan_title,
        one=one,
        bulletins=bulletins,
        in_force=bulletins[confirmed[-1].number] if confirmed else None,
        changed=_changed(one, bulletins),
        tasks=checklist,
        reach=reached,
        waiting=waiting,
        problem=problem,
        now=now,
        myself=me.name,
        asks=me.has(*ASKING),
        confirms=me.has(*CONFIRMING),
        checks=me.has(*CHECKING),
        works=me.has(*WORKING),
    )


def _changed(one: Emergency, bulletins: dict[int, Bulletin]) -> frozenset[str]:
    """The fields in which the step that waits differs from what is in force."""
    open_step = one.open_step
    confirmed = [step for step in one.steps if step.verdict == "confirmed"]
    if open_step is None or not confirmed:
        return frozenset()
    before, after = bulletins[confirmed[-1].number], bulletins[open_step.number]
    return frozenset(
        name for name in Bulletin.__struct_fields__ if getattr(before, name) != getattr(after, name)
    )


def _step(request: Request) -> tuple[Emergency, Step]:
    with desk(request).engine.connect() as connection:
        one = find_emergency(connection, request.path_params["number"])
    for step in one.steps:
        if step.number == request.path_params["step"]:
            return one, step
    raise Refused(words(request)("emergencies.no-step"))


def _build(request: Request) -> None:
    """Build the edition with the bulletin. When that fails the bulletin stands, and the page says what to do."""
    here = desk(request)
    try:
        built = building.build(here.engine, here.settings, person(request).name, here.clock(), force=True)
    except CountyError as error:
        flash(request, words(request)("emergencies.not-built", error=error), "warning")
        return
    number = built.edition.number if built.edition else 0
    flash(request, words(request)("emergencies.to-sign", number=number), "warning")


_ONE = "/emergencies/{number:int}"
PAGES = (
    Page(
        "/emergencies",
        listed,
        READERS,
        label="emergencies.emergencies",
        group="publish",
        icon="fa-solid fa-tower-broadcast",
    ),
    Page(_ONE, show, READERS),
    Page(_ONE + "/steps/{step:int}/confirm", _acted(confirm), CONFIRMING, ("POST",)),
    Page(_ONE + "/steps/{step:int}/refuse", _acted(refuse), ASKING, ("POST",)),
    Page(_ONE + "/steps/{step:int}/check", _acted(check), CHECKING, ("POST",)),
    Page(_ONE + "/tasks/{task:int}", _acted(mark), WORKING, ("POST",)),
)
