"""UNSURE never removes anything: who cannot say must not lose what another answer would have kept."""

from collections.abc import Iterator, Set

from catalog.guided.proof.circuit import FALSE, Literal
from catalog.guided.proof.flaw import Flaw, at_question
from catalog.guided.proof.model import Model
from catalog.guided.proof.words import question_words
from catalog.records.flow import FlowQuestion


def unsure_removes(model: Model, known: Set[str]) -> Iterator[Flaw]:
    """Questions where UNSURE excludes a service or drops a paper that stays with another answer.

    Only answers after which the same questions are asked are compared: what the further questions decide is theirs.
    """
    for question in model.subject.flow.questions:
        if at_question(question.id) not in known:
            yield from _removed(model, question)


def _removed(model: Model, question: FlowQuestion) -> Iterator[Flaw]:
    circuit = model.circuit
    changed = model.other_answer(question)
    compared = [
        -circuit.differ(model.gates.asked[one], changed.gates.asked[one]) for one in model.gates.asked
    ]
    compared += [model.gates.asked[question.id], model.gates.domains[question.id].is_unsure()]
    losses = {
        what: circuit.every([*compared, loss])
        for what, loss in _losses(model, changed).items()
        if loss != FALSE
    }
    if not model.possible(circuit.some(losses.values())):
        return
    for what, loss in losses.items():
        walk = model.walk(loss) if model.possible(loss) else None
        if walk is not None:
            yield Flaw(
                code="flow-unsure-removes",
                at=at_question(question.id),
                message=f"{question_words(model.subject.flow, question.id)}答说不清，就去掉了{what}，换一个回答却还在",
                advice="说不清的时候先都列出来：在条件里排除 unsure",
                walk=walk,
            )
            return


def _losses(model: Model, changed: Model) -> dict[str, Literal]:
    """What the first model excludes or drops and the second does not, in words."""
    every, some = model.circuit.every, model.circuit.some
    services = model.subject.services
    found = {
        f"事项“{services[service].title}”": every(
            [
                some(model.included.get(service, ())),
                some(model.excluded.get(service, ())),
                changed.service(service),
            ]
        )
        for service in model.excluded
        if service in services and model.service(service) != changed.service(service)
    }
    for service, title in model.dropped:
        if service in services:
            loss = every(
                [
                    model.paper_dropped((service, title)),
                    changed.service(service),
                    -changed.paper_dropped((service, title)),
                ]
            )
            found[f"材料“{services[service].title}：{title}”"] = every([model.service(service), loss])
    return found
