"""Papers that no answers require or drop although an effect says so."""

from collections.abc import Iterator, Set

from catalog.guided.proof.flaw import Flaw, at_effect
from catalog.guided.proof.model import Model, PaperKey, paper_key
from catalog.guided.proof.services import lost_services
from catalog.guided.proof.words import effect_words
from catalog.records.flow import EvidenceEffect

_FIX = "改正条件，或删去这一处"


def idle_papers(model: Model, known: Set[str]) -> Iterator[Flaw]:
    """Requirements and drops without any consequence, and papers dropped whatever the answers."""
    lost = lost_services(model)
    for number, effect in enumerate(model.subject.flow.effects):
        if at_effect(number) in known:
            continue
        for paper in effect.do.require_evidence:
            if model.subject.papers(paper_key(paper)) and paper.service not in lost:
                yield from _requirement(model, number, paper)
        for paper in effect.do.drop_evidence:
            if model.subject.papers(paper_key(paper)) and paper.service not in lost:
                yield from _drop(model, number, paper)
    for place, holding in model.dropped.items():
        if holding and place[0] in model.included and place[0] not in lost:
            yield from _lost(model, place, known)


def _requirement(model: Model, number: int, paper: EvidenceEffect) -> Iterator[Flaw]:
    if model.possible(model.circuit.every([model.effects[number], model.service(paper.service)])):
        return
    yield Flaw(
        code="flow-idle-requirement",
        at=at_effect(number),
        walk=model.walk(model.effects[number]),
        message=f"{_means(model, number, paper)}要带，可那时这个事项从不在结果里",
        advice=_FIX,
        conflict=_deciding(model, paper.service),
    )


def _drop(model: Model, number: int, paper: EvidenceEffect) -> Iterator[Flaw]:
    if not any(model.subject.papers(paper_key(paper))):
        yield Flaw(
            code="flow-idle-drop",
            at=at_effect(number),
            walk=model.walk(model.effects[number]),
            message=f"{_means(model, number, paper)}不用带，可事项里没有写它的需要情形，它总是要带的",
            advice="在事项的材料里写上需要情形，或删去这一处",
        )
    elif paper.service not in model.included:
        yield Flaw(
            code="flow-idle-drop",
            at=at_effect(number),
            walk=model.walk(model.effects[number]),
            message=f"{_means(model, number, paper)}不用带，可没有哪条规则列入这个事项",
            advice="列入这个事项，或删去这一处",
        )
    elif not model.possible(model.circuit.every([model.effects[number], model.service(paper.service)])):
        yield Flaw(
            code="flow-spare-drop",
            severity="info",
            at=at_effect(number),
            message=f"{_means(model, number, paper)}不用带，可那时这个事项本来就不在结果里",
            advice="无需处理；想简洁就删去这一处",
            conflict=_deciding(model, paper.service),
        )
    elif not model.possible(model.dropping(paper, model.effects[number])):
        flow = model.subject.flow
        yield Flaw(
            code="flow-idle-drop",
            at=at_effect(number),
            walk=model.walk(model.effects[number]),
            message=f"{_means(model, number, paper)}不用带，可那时总有规则要求带，要求优先",
            advice=_FIX,
            conflict=tuple(
                effect_words(flow, at)
                for at, effect in enumerate(flow.effects)
                if paper_key(paper) in map(paper_key, effect.do.require_evidence)
            ),
        )


def _lost(model: Model, place: PaperKey, known: Set[str]) -> Iterator[Flaw]:
    """A paper that one effect or another always drops, though each of them has a condition."""
    service, title = place
    effects = enumerate(model.subject.flow.effects)
    dropping = [at for at, effect in effects if place in map(paper_key, effect.do.drop_evidence)]
    meant = EvidenceEffect(service=service, evidence=title)
    if any(model.subject.flow.effects[at].when is None or at_effect(at) in known for at in dropping):
        return
    if not all(model.subject.papers(place) or [False]):
        return
    if model.possible(model.circuit.every([model.service(service), -model.paper_dropped(place)])):
        return
    yield Flaw(
        code="flow-unreachable-evidence",
        at=at_effect(dropping[0]),
        message=f"材料“{_paper(model, meant)}”无论怎么回答都不用带，可每条去掉它的规则都有条件",
        advice="改正条件；如果真的从不需要，写成一条没有条件的规则",
        conflict=tuple(effect_words(model.subject.flow, at) for at in dropping),
    )


def _deciding(model: Model, service: str) -> tuple[str, ...]:
    """The effects that put a service into the result or take it out."""
    return tuple(
        effect_words(model.subject.flow, number)
        for number, effect in enumerate(model.subject.flow.effects)
        if service in (*effect.do.include_services, *effect.do.exclude_services)
    )


def _means(model: Model, number: int, paper: EvidenceEffect) -> str:
    return f"{effect_words(model.subject.flow, number)}说“{_paper(model, paper)}”"


def _paper(model: Model, paper: EvidenceEffect) -> str:
    return f"{model.subject.services[paper.service].title}：{paper.evidence}"
