"""Conditions that no answers make true, with the smallest set of conditions that leave no way."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from catalog.guided.conditions import questions_of
from catalog.guided.proof.circuit import FALSE, Literal
from catalog.guided.proof.flaw import Flaw, at_effect, at_question
from catalog.guided.proof.model import Gates, Model
from catalog.guided.proof.words import condition_words, question_words
from catalog.records import GuidedFlow
from catalog.records.condition import Condition

_FIX = "改正条件，或删去这一处"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`parts` of a condition that cannot be true together, as long as the questions in `gates` wait for their own."""

    parts: tuple[Condition, ...]
    gates: tuple[str, ...]

    def words(self, flow: GuidedFlow) -> tuple[str, ...]:
        """One sentence for each."""
        waits = {question.id: question.ask_when for question in flow.questions}
        parts = (condition_words(flow, part) for part in self.parts)
        gates = (
            f"{question_words(flow, gate)}只在{_waiting(flow, waits[gate])}时才问" for gate in self.gates
        )
        return (*parts, *gates)


def unreachable(model: Model, known: set[str]) -> Iterator[Flaw]:
    """Questions never asked and effects that never hold. Adds their places to `known`.

    What follows from a flaw at a place in `known` is not said again, but its place is added too.
    """
    flow = model.subject.flow
    for question in flow.questions:
        at, condition = at_question(question.id), question.ask_when
        asked = model.gates.asked[question.id]
        if condition is not None and at not in known:
            yield from _never(model, condition, asked, at, known, f"问题“{question.text}”永远不会问到")
    for number, effect in enumerate(flow.effects):
        at = at_effect(number)
        if effect.when is not None and at not in known:
            named = f"第 {number + 1} 条规则永远用不上"
            yield from _never(model, effect.when, model.effects[number], at, known, named)


def dead_branches(model: Model, known: Set[str]) -> Iterator[Flaw]:
    """Alternatives of an `any` that are never true where they stand."""
    flow = model.subject.flow
    places = [(at_question(question.id), question.ask_when) for question in flow.questions]
    places += [(at_effect(number), effect.when) for number, effect in enumerate(flow.effects)]
    for at, condition in places:
        if condition is None or at in known:
            continue
        for context, part in _alternatives(condition, ()):
            if not model.possible(_together(model.gates, (*context, part))):
                conflict = _conflict(model, (*context, part))
                if not _follows(conflict, known):
                    yield _dead(flow, at, part, conflict)


def _never(
    model: Model, condition: Condition, holds: Literal, at: str, known: set[str], what: str
) -> Iterator[Flaw]:
    if model.possible(holds):
        return
    conflict = _conflict(model, _conjuncts(condition))
    if not _follows(conflict, known):
        words = conflict.words(model.subject.flow)
        about_question = at.startswith("questions")
        yield Flaw(
            code="flow-contradiction"
            if not conflict.gates
            else "flow-unreachable-question"
            if about_question
            else "flow-unreachable-effect",
            at=at,
            message=f"{what}，因为{_clash(words)}",
            advice=_FIX,
            conflict=words,
        )
    known.add(at)


def _dead(flow: GuidedFlow, at: str, part: Condition, conflict: Conflict) -> Flaw:
    words = conflict.words(flow)
    return Flaw(
        code="flow-dead-branch",
        severity="warning",
        at=at,
        message=f"“或者”中的一支（{condition_words(flow, part)}）没有用，因为{_clash(words)}",
        advice="改正这一支，或删去它",
        conflict=words,
    )


def _clash(words: Sequence[str]) -> str:
    """What is the matter with the conditions that are said after it."""
    return "这个条件不可能成立" if len(words) == 1 else "这些条件不能同时成立"


def _waiting(flow: GuidedFlow, condition: Condition | None) -> str:
    return condition_words(flow, condition) if condition else "总是"


def _follows(conflict: Conflict, known: Set[str]) -> bool:
    """Whether a conflict is no news: it is about a question that itself has a known flaw."""
    about = frozenset[str]().union(*(questions_of(part) for part in conflict.parts))
    return any(at_question(question) in known for question in (*about, *conflict.gates))


def _conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Conditions that must all hold for this one to hold."""
    if condition.all_:
        return tuple(part for each in condition.all_ for part in _conjuncts(each))
    if condition.not_ is not None:
        inner = condition.not_
        if inner.not_ is not None:
            return _conjuncts(inner.not_)
        if inner.any_:
            return tuple(part for each in inner.any_ for part in _conjuncts(Condition(not_=each)))
    return (condition,)


def _conflict(model: Model, parts: Sequence[Condition]) -> Conflict:
    """Drop questions' waiting, then parts, one by one, as long as the rest still cannot hold."""
    waiting = {question.id for question in model.subject.flow.questions if question.ask_when is not None}
    kept = list(parts)
    free: set[str] = set()
    if _impossible(model, kept, waiting):
        free = waiting
    for gate in sorted(waiting - free):
        if _impossible(model, kept, free | {gate}):
            free = free | {gate}
    for part in parts:
        rest = [one for one in kept if one is not part]
        if rest and _impossible(model, rest, free):
            kept = rest
    return Conflict(tuple(kept), tuple(gate for gate in model.gates.asked if gate in waiting - free))


def _impossible(model: Model, parts: Sequence[Condition], free: Set[str]) -> bool:
    return not model.possible(_together(model.freed(free), parts))


def _together(gates: Gates, parts: Sequence[Condition]) -> Literal:
    formulas = [gates.condition(part) for part in parts]
    return FALSE if FALSE in formulas else gates.circuit.every(formulas)


def _alternatives(
    condition: Condition, context: tuple[Condition, ...]
) -> Iterator[tuple[tuple[Condition, ...], Condition]]:
    """Every alternative of every `any`, with what must hold besides for it to count."""
    if condition.not_ is not None:
        yield from _alternatives(condition.not_, context)
    for part in condition.any_:
        if len(condition.any_) > 1:
            yield context, part
        yield from _alternatives(part, context)
    for part in condition.all_:
        others = (other for other in condition.all_ if other is not part)
        yield from _alternatives(part, (*context, *others))
