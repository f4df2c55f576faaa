"""Where flows come from and go to: texts of the county, what somebody has not saved yet, and drafts.

What is being written is kept with every change (`unsaved_form`, under KIND) and becomes a draft when its writer says
so; drafts go through review like everything else. Functions that write are called inside `writing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, insert, select

from catalog.guided.towns import towns_of
from catalog.records import FloorPlan, GuidedFlow, LifeEvent, Outline, Place, PublicService, Record
from catalog.records.flow import FlowAction, FlowEffect
from catalog.text import content_hash, decode_record, encode_record
from county.database.editing import record_summary, unsaved_form
from county.database.tables import revision
from county.editing import drafting
from county.editing.drafting import Editor
from county.editing.listing import offers
from county.errors import Refused
from county.flows.parts import Impossible

KIND = "flow-editor"
"""Kind under which `unsaved_form` keeps what the editor has, which is no form of a record."""

LONGEST = 2_000_000
"""Characters of a flow's text."""

DEEPEST = 40
"""Brackets within brackets of a flow's text."""

_FOUND = 20


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What somebody has not saved, and the revision that they began with, 0 for a new flow."""

    flow: GuidedFlow
    based_on: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a flow is about: services by id, those of its event first in `near`, the towns, the hall's plan."""

    event: LifeEvent | None
    services: Mapping[str, PublicService]
    near: tuple[str, ...]
    towns: tuple[str, ...]
    plan: FloorPlan | None


def read_flow(text: str) -> GuidedFlow:
    """The flow that a browser sends back. Raises Impossible for anything else."""
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise Impossible("too-large")
    try:
        found = decode_record("flow", text)
    except msgspec.MsgspecError:
        raise Impossible("damaged") from None
    assert isinstance(found, GuidedFlow)
    return found


def write_flow(flow: GuidedFlow) -> str:
    """The flow as a browser keeps it."""
    return encode_record(flow).decode()


def unsaved(connection: Connection, flow: str, person: str) -> Unsaved | None:
    """What a person wrote and did not save; None as well when it can no longer be read."""
    mine = (unsaved_form.c.person == person, unsaved_form.c.kind == KIND, unsaved_form.c.record == flow)
    row = connection.execute(select(unsaved_form).where(*mine)).first()
    if row is None:
        return None
    try:
        return Unsaved(read_flow(row.form), row.based_on, row.at)
    except Impossible:
        return None


def keep(connection: Connection, flow: GuidedFlow, based_on: int, person: str, now: datetime) -> None:
    """Keep what a person has now; nothing when it says the same as the newest text."""
    drafting.forget(connection, person, KIND, flow.id)
    known = drafting.current(connection, "flow", flow.id).record
    if known is None or content_hash(known) != content_hash(flow):
        connection.execute(
            insert(unsaved_form).values(
                person=person, kind=KIND, record=flow.id, form=write_flow(flow), based_on=based_on, at=now
            )
        )


def save(
    connection: Connection, flow: GuidedFlow, based_on: int, editor: Editor, now: datetime
) -> int | None:
    """Make the flow a draft; its event leads to it from then on. None when it says the same as the newest text.

    Raises Overtaken when somebody else saved after `based_on`; what the person wrote stays kept. Raises Refused for
    an event of others.
    """
    before = drafting.current(connection, "flow", flow.id).number
    number = drafting.save(connection, editor, flow, based_on, now)
    drafting.forget(connection, editor.name, KIND, flow.id)
    event = drafting.current(connection, "life_event", flow.event)
    if isinstance(event.record, LifeEvent) and not event.record.flow:
        drafting.save(connection, editor, replace(event.record, flow=flow.id), event.number, now)
    return None if number == before else number


def begin(connection: Connection, event: str) -> GuidedFlow:
    """A new flow for an event, which includes all of its services. Raises Refused when there is no such event."""
    about = drafting.current(connection, "life_event", event).record
    if not isinstance(about, LifeEvent):
        raise Refused("没有这个“一件事”，请重新选择 · There is no such life event, please choose again")
    first = FlowEffect(do=FlowAction(include_services=about.services))
    return GuidedFlow(
        id=f"flow-{about.id}"[:96],
        event=about.id,
        title=about.title,
        title_en=about.title_en,
        effects=(first,),
    )


def surroundings(connection: Connection, flow: GuidedFlow, search: str = "") -> Surroundings:
    """What the flow is about, with services that a search finds besides."""
    event = drafting.current(connection, "life_event", flow.event).record
    near = event.services if isinstance(event, LifeEvent) else ()
    wanted = dict.fromkeys((*near, *_named(flow), *_searched(connection, search)))
    services = {
        one.id: one for one in _records(connection, "service", list(wanted)) if isinstance(one, PublicService)
    }
    place = any(question.kind == "place" and not question.options for question in flow.questions)
    outlines = _records(connection, "outline") if place else []
    places = _records(connection, "place") if place else []
    plans = _records(connection, "floor_plan")
    return Surroundings(
        event if isinstance(event, LifeEvent) else None,
        services,
        tuple(near),
        towns_of(
            (one for one in outlines if isinstance(one, Outline)),
            (one for one in places if isinstance(one, Place)),
        ),
        next((one for one in plans if isinstance(one, FloorPlan)), None),
    )


def _named(flow: GuidedFlow) -> Iterable[str]:
    for effect in flow.effects:
        yield from (*effect.do.include_services, *effect.do.exclude_services)
        for paper in (*effect.do.require_evidence, *effect.do.drop_evidence):
            yield paper.service
    for example in flow.examples:
        yield from example.services


def _searched(connection: Connection, search: str) -> Iterable[str]:
    return [offer.id for offer in offers(connection, ["service"], search, _FOUND)] if search.strip() else []


def _records(connection: Connection, kind: str, wanted: Sequence[str] | None = None) -> list[Record]:
    """The newest texts of a kind: of the wanted records, in their order, or of all."""
    found: dict[str, Record] = {}
    query = (
        select(revision.c.record, revision.c.body)
        .join(record_summary, record_summary.c.current == revision.c.number)
        .where(record_summary.c.kind == kind, revision.c.body.is_not(None))
        .order_by(revision.c.record)
    )
    for at in range(0, 1 if wanted is None else len(wanted), 500):
        among = query if wanted is None else query.where(revision.c.record.in_(wanted[at : at + 500]))
        found |= {row.record: decode_record(kind, row.body) for row in connection.execute(among)}
    return list(found.values()) if wanted is None else [found[one] for one in wanted if one in found]


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
