"""Guided questions on their way: the answers of one visit, and what comes out of them. Pure.

A walk belongs to the record that the questions are about: a life event with a flow, or a service whose papers depend
on the case.
"""

from catalog.codes import Key
from catalog.guided.automatic import automatic
from catalog.guided.engine import counted
from catalog.guided.fragment import encode
from catalog.guided.result import Result, result
from catalog.records import GuidedFlow, LifeEvent, PublicService
from kiosk.catalogue import Catalogue
from kiosk.visit import Visit
from kiosk.walk import Walk


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
