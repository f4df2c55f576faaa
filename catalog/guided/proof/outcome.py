"""What the result is like: answers that leave nothing, and questions whose answer changes nothing."""

from collections.abc import Iterator, Sequence, Set

from catalog.guided.conditions import questions_of
from catalog.guided.proof.circuit import Literal
from catalog.guided.proof.flaw import Flaw, at_effect, at_question
from catalog.guided.proof.model import Model, Walk
from catalog.records.flow import FlowQuestion


def empty_results(model: Model) -> Iterator[Flaw]:
    """Answers that leave no service and do not say why. A note that always stands there says nothing about why."""
    effects = model.subject.flow.effects
    silent = model.walk(model.empty([bool(effect.do.note) for effect in effects]))
    if silent is not None:
        yield _empty(model, silent, "没有提示")
        return
    unexplained = model.walk(model.empty([bool(effect.do.note and effect.when) for effect in effects]))
    if unexplained is not None:
        yield _empty(model, unexplained, "只有人人都看到的提示")


def idle_questions(model: Model, known: Set[str]) -> Iterator[Flaw]:
    """Questions whose answer changes nothing that the visitor sees. Places in `known` have flaws of their own."""
    shown = model.shown()
    for question in model.subject.flow.questions:
        users = _users(model, question.id)
        if not {at_question(question.id), *users} & known and not _matters(model, shown, question):
            yield Flaw(
                code="flow-idle-question",
                severity="warning",
                at=at_question(question.id),
                message=f"问题“{question.text}”白问了："
                + ("无论怎么回答，结果都一样" if users else "没有条件看它的回答"),
                advice="删去这个问题，或写上按它的回答要做什么",
            )


def _empty(model: Model, walk: Walk, note: str) -> Flaw:
    return Flaw(
        code="flow-empty-result",
        at="",
        message=f"有的回答得到空的结果，{note}",
        advice="给这种情况加一条带提示的规则，说明为什么没有要办的",
        walk=walk,
    )


def _users(model: Model, question: str) -> set[str]:
    """The places whose condition is about a question."""
    flow = model.subject.flow
    users = {at_question(one.id) for one in flow.questions if question in questions_of(one.ask_when)}
    effects = enumerate(flow.effects)
    return users | {at_effect(number) for number, effect in effects if question in questions_of(effect.when)}


def _matters(model: Model, shown: Sequence[Literal], question: FlowQuestion) -> bool:
    """Whether walks that differ in this answer, and in what is asked because of it, can show different results."""
    changed = model.other_answer(question)
    pairs = zip(shown, changed.shown(), strict=True)
    return any(model.possible(model.circuit.differ(one, two)) for one, two in pairs if one != two)
