"""Services that never come out, and effects that include or exclude what they cannot change."""

from collections.abc import Iterator, Set

from catalog.guided.proof.flaw import Flaw, at_effect
from catalog.guided.proof.model import Model
from catalog.guided.proof.words import effect_words


def lost_services(model: Model) -> frozenset[str]:
    """The known services that effects include, but that are in no result."""
    known = (service for service in model.included if service in model.subject.services)
    return frozenset(service for service in known if not model.possible(model.service(service)))


def idle_services(model: Model, known: Set[str]) -> Iterator[Flaw]:
    """Lost services, and effects that include or exclude something without any consequence."""
    lost = lost_services(model)
    for service in sorted(lost):
        yield from _lost(model, service, known)
    for number, effect in enumerate(model.subject.flow.effects):
        if at_effect(number) in known:
            continue
        for service in effect.do.include_services:
            if service in model.subject.services and service not in lost:
                yield from _idle_inclusion(model, number, service)
        for service in effect.do.exclude_services:
            if service in model.subject.services and service not in lost:
                yield from _idle_exclusion(model, number, service)


def _lost(model: Model, service: str, known: Set[str]) -> Iterator[Flaw]:
    effects = list(enumerate(model.subject.flow.effects))
    including = [number for number, effect in effects if service in effect.do.include_services]
    if all(at_effect(number) in known for number in including):
        return
    excluding = [number for number, effect in effects if service in effect.do.exclude_services]
    yield Flaw(
        code="flow-unreachable-service",
        at=at_effect(including[0]),
        message=f"事项“{_title(model, service)}”永远不会出现在结果里，凡是列入它的时候都同时被排除",
        advice="改正列入或排除它的条件",
        conflict=tuple(effect_words(model.subject.flow, number) for number in (*including, *excluding)),
    )


def _idle_inclusion(model: Model, number: int, service: str) -> Iterator[Flaw]:
    if model.possible(model.circuit.every([model.effects[number], model.service(service)])):
        return
    flow = model.subject.flow
    excluding = [at for at, effect in enumerate(flow.effects) if service in effect.do.exclude_services]
    yield Flaw(
        code="flow-idle-inclusion",
        severity="warning",
        at=at_effect(number),
        walk=model.walk(model.effects[number]),
        message=f"{effect_words(flow, number)}列入“{_title(model, service)}”，可每次都同时被排除",
        advice="改正其中一个条件，或删去这一处",
        conflict=tuple(effect_words(flow, at) for at in excluding),
    )


def _idle_exclusion(model: Model, number: int, service: str) -> Iterator[Flaw]:
    included = model.circuit.some(model.included.get(service, ()))
    if model.possible(model.circuit.every([model.effects[number], included])):
        return
    flow = model.subject.flow
    yield Flaw(
        code="flow-idle-exclusion",
        severity="warning",
        at=at_effect(number),
        walk=model.walk(model.effects[number]),
        message=f"{effect_words(flow, number)}排除“{_title(model, service)}”，可那时它本来就没有列入",
        advice="列入这个事项，或删去这一处",
        conflict=tuple(
            effect_words(flow, at)
            for at, effect in enumerate(flow.effects)
            if service in effect.do.include_services
        ),
    )


def _title(model: Model, service: str) -> str:
    return model.subject.services[service].title
