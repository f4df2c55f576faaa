"""Guided questions on their way: the answers of one visit, and what comes out of them. Pure.

A walk belongs to the record that the questions are about: a life event with a flow, or a service whose papers depend
on the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from catalog.codes import Key
from catalog.guided.answers import Answers
from catalog.guided.automatic import automatic
from catalog.guided.engine import counted
from catalog.guided.fragment import encode
from catalog.guided.result import Result, result
from catalog.records import GuidedFlow, LifeEvent, PublicService
from kiosk.catalogue import Catalogue
from kiosk.visit import Visit


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions and the answers given so far; `dates` are dates that are not complete: question id → digits."""

    flow: GuidedFlow
    answers: Answers = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)


def key_of(text: str) -> Key:
    """Kind and id in `<kind>/<id>`."""
    kind, _, record_id = text.partition("/")
    return kind, record_id


def flow_of(key: Key, catalogue: Catalogue) -> GuidedFlow | None:
    """The questions about a record; None when there are none."""
    kind, record_id = key
    if kind == "life_event":
        event = catalogue.store.get(LifeEvent, record_id)
        return catalogue.store.get(GuidedFlow, event.flow) if event and event.flow else None
    service = catalogue.store.get(PublicService, record_id) if kind == "service" else None
    return automatic(service) if service else None


def walk_of(key: Key, catalogue: Catalogue, visit: Visit) -> Walk | None:
    """The visitor's walk, or its beginning; answers to other questions than these are not taken for answers."""
    flow = flow_of(key, catalogue)
    if flow is None:
        return None
    walk = visit.walks.get(key)
    return walk if walk is not None and walk.flow == flow else Walk(flow)


def outdated(key: Key, walk: Walk, visit: Visit) -> bool:
    """Whether the visitor had answered other questions, before an edition changed them."""
    kept = visit.walks.get(key)
    return kept is not None and kept.flow != walk.flow


def outcome(walk: Walk, catalogue: Catalogue) -> Result:
    """What comes out of the answers so far."""
    named = {
        service
        for effect in walk.flow.effects
        for service in (*effect.do.include_services, *effect.do.exclude_services)
    }
    services = {service.id: service for service in catalogue.store.many(PublicService, sorted(named))}
    return result(walk.flow, walk.answers, services, catalogue.plan)


def carried(walk: Walk, catalogue: Catalogue) -> str:
    """The answers that count, as they stand in an address."""
    return encode(walk.flow, catalogue.towns, counted(walk.flow, walk.answers))


def unanswered(walk: Walk, question: str, text: str) -> Walk:
    """With the digits of a date that is not complete, and no answer to its question."""
    answers = {key: value for key, value in walk.answers.items() if key != question}
    return replace(walk, answers=answers, dates={**walk.dates, question: text})
