"""Publications against their deadlines: the list, and entering, correcting and voiding what was published."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import DisclosureItem, Policy, Record
from county.accounts.roles import Role
from county.belonging import owners
from county.database.engine import writing
from county.errors import Refused
from county.supervision.entries import Entry
from county.supervision.ground import Ground
from county.supervision.periods import rhythm_of
from county.supervision.publications import Kind, Occasion, Publication, correct, enter, void
from county.supervision.timeliness import STATES, State
from county.web.admin.forms import day, posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words
from county.web.admin.supervision.overview import office_choices, seen
from county.web.admin.supervision.paging import leaf

READERS: tuple[Role, ...] = ("supervisor", "clerk", "approver", "reviewer", "auditor", "administrator")
WRITERS: tuple[Role, ...] = ("supervisor", "clerk")
URGENCY: tuple[State, ...] = ("overdue", "due_soon", "pending", "estimate", "late", "on_time", "unknown")
"""The order of the list."""
FOUND = 30
"""So many items are offered to choose from."""
HOME = "/admin/supervision/publications"


def publications(request: Request) -> Response:
    """Every entry with its state. A clerk sees those of their organisation."""
    found = seen(request)
    given = {name: request.query_params.get(name, "") for name in ("state", "organisation", "q")}
    me = person(request)
    mine = me.organisation if me.roles == {"clerk"} else ""
    rows = sorted(
        (entry for entry in found.entries if _wanted(entry, given, mine)),
        key=lambda entry: URGENCY.index(entry.state),
    )
    return render(
        request,
        "supervision/publications.html",
        title=words(request)("supervision.publications"),
        leaf=leaf(request, rows, "state", "organisation", "q"),
        given=given,
        states=STATES,
        offices=office_choices(found, (entry.organisations for entry in found.entries)),
        titles=found.ground.office_titles,
        writes=me.has(*WRITERS),
        mine=mine,
    )


def form(request: Request) -> Response:
    """The form for a new entry; before that, the choice of what it is about."""
    ground = seen(request).ground
    about = ground.records.get((request.query_params.get("kind", ""), request.query_params.get("record", "")))
    if not isinstance(about, DisclosureItem | Policy):
        return _chooser(request, ground)
    start = about.issued if isinstance(about, Policy) and about.issued else ground.today
    values = {"title": ground.title(about), "formed": start.isoformat()}
    return _form(request, ground, about, values)


def save(request: Request, form: FormData) -> Response:
    """Enter a publication, or correct one."""
    found = seen(request)
    ground = found.ground
    about = ground.records.get((text(form, "kind"), text(form, "record")))
    if not isinstance(about, DisclosureItem | Policy):
        raise Refused("找不到这一事项或文件，请从列表里选")
    number = request.path_params.get("number")
    here, say = desk(request), words(request)
    try:
        _allow(request, ground, about)
        occasion = _occasion(form, about)
        with writing(here.engine) as connection:
            if number:
                was = _publication(ground, number)
                _allow(request, ground, ground.records.get((was.kind, was.record)))
                correct(connection, was.number, occasion, ground.records, person(request).name, here.clock())
            else:
                enter(connection, occasion, ground.records, person(request).name, here.clock())
    except Refused as refusal:
        return _form(request, ground, about, {name: text(form, name) for name in form}, str(refusal), 409)
    return done(request, HOME, say("supervision.corrected" if number else "supervision.entered"))


def edit(request: Request) -> Response:
    """The form with an entry to correct, or to void."""
    ground = seen(request).ground
    publication = _publication(ground, request.path_params["number"])
    about = ground.records.get((publication.kind, publication.record))
    if not isinstance(about, DisclosureItem | Policy):
        raise Refused("这一事项或文件已经撤下，不能更正它的公开记录")
    values = {name: str(getattr(publication, name) or "") for name in Occasion.__slots__}
    return _form(request, ground, about, values)


def remove(request: Request, form: FormData) -> Response:
    """Void an entry."""
    ground = seen(request).ground
    publication = _publication(ground, request.path_params["number"])
    _allow(request, ground, ground.records.get((publication.kind, publication.record)))
    here = desk(request)
    with writing(here.engine) as connection:
        void(connection, publication.number, person(request).name, here.clock())
    return done(request, HOME, words(request)("supervision.voided"))


def _wanted(entry: Entry, given: Mapping[str, str], mine: str) -> bool:
    asked = given["q"].casefold()
    return (
        (not given["state"] or entry.state == given["state"])
        and (not given["organisation"] or given["organisation"] in entry.organisations)
        and (not mine or mine in entry.organisations)
        and (not asked or asked in f"{entry.subject} {entry.title}".casefold())
    )


def _allow(request: Request, ground: Ground, about: Record | None) -> None:
    """Raises Refused when a clerk writes about another organisation's item."""
    me = person(request)
    if me.has("supervisor"):
        return
    if about is None or me.organisation not in owners(about, ground.offices):
        raise Refused(words(request)("supervision.not-yours"))


def _publication(ground: Ground, number: object) -> Publication:
    for one in ground.publications:
        if str(one.number) == str(number):
            return one
    raise Refused(f"没有第 {number} 条公开记录，或它已作废")


def _occasion(form: FormData, about: DisclosureItem | Policy) -> Occasion:
    formed = day(form, "formed")
    if formed is None:
        raise Refused("请填形成日期")
    kind: Kind = "policy" if isinstance(about, Policy) else "disclosure"
    return Occasion(
        kind=kind,
        record=about.id,
        title=text(form, "title"),
        formed=formed,
        changed=day(form, "changed"),
        published=day(form, "published"),
        shown_until=day(form, "shown_until"),
        period=text(form, "period"),
        link=text(form, "link"),
    )


def _chooser(request: Request, ground: Ground) -> Response:
    asked = request.query_params.get("q", "").strip().casefold()
    me = person(request)
    mine = "" if me.has("supervisor") else me.organisation
    known: list[DisclosureItem | Policy] = [*ground.of(DisclosureItem), *ground.of(Policy)]
    choices = [
        record
        for record in known
        if (not asked or asked in f"{ground.title(record)} {record.id} {_path(record)}".casefold())
        and (not mine or mine in owners(record, ground.offices))
    ]
    return render(
        request,
        "supervision/choose.html",
        title=words(request)("supervision.enter"),
        q=request.query_params.get("q", ""),
        choices=[(_kind(record), record, ground.title(record)) for record in choices[:FOUND]],
        count=len(choices),
        fields=ground.field_titles,
    )


def _form(
    request: Request,
    ground: Ground,
    about: DisclosureItem | Policy,
    values: Mapping[str, str],
    problem: str = "",
    status: int = 200,
) -> Response:
    number = request.path_params.get("number", 0)
    return render(
        request,
        "supervision/publication.html",
        status,
        title=words(request)("supervision.correct" if number else "supervision.enter"),
        about=about,
        kind=_kind(about),
        subject=ground.title(about),
        rule=about.deadline_text if isinstance(about, DisclosureItem) else "",
        recurs=isinstance(about, DisclosureItem) and rhythm_of(about.deadline) is not None,
        stays=isinstance(about, DisclosureItem) and about.deadline is not None and about.deadline.display,
        values=values,
        number=number,
        problem=problem,
    )


def _kind(record: Record) -> Kind:
    return "policy" if isinstance(record, Policy) else "disclosure"


def _path(record: DisclosureItem | Policy) -> str:
    return record.document_number if isinstance(record, Policy) else f"{record.level1} {record.level2}"


PAGES = (
    Page(
        "/supervision/publications",
        publications,
        READERS,
        label="supervision.publications",
        group="supervision",
        icon="fa-solid fa-calendar-check",
    ),
    Page("/supervision/publications/new", form, WRITERS),
    Page("/supervision/publications/new", posted(save), WRITERS, ("POST",)),
    Page("/supervision/publications/{number:int}", edit, WRITERS),
    Page("/supervision/publications/{number:int}", posted(save), WRITERS, ("POST",)),
    Page("/supervision/publications/{number:int}/void", posted(remove), WRITERS, ("POST",)),
)
