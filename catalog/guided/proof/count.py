"""How many ways there are to answer a flow."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

from catalog.guided.answers import ALONE, UNSURE, Answer, option_ids
from catalog.guided.conditions import holds, leaves
from catalog.guided.proof.circuit import FALSE, TRUE, Circuit, Literal
from catalog.guided.proof.domain import answers_to
from catalog.guided.proof.model import Subject
from catalog.records.condition import Condition
from catalog.records.flow import FlowQuestion

MOST_STATES = 20_000
"""So many different situations on the way are followed at most."""

_Gates = Mapping[Condition, Literal]


def count_walks(subject: Subject) -> int | None:
    """The number of ways to answer; numbers and dates that no condition tells apart count once.

    None when there are too many situations to follow: the number is then beyond any use.
    """
    circuit = Circuit()
    questions = subject.flow.questions
    gates = {leaf: circuit.variable() for question in questions for leaf in leaves(question.ask_when)}
    waiting = tuple(
        _formula(circuit, question.ask_when, gates, {earlier.id for earlier in questions[:position]})
        for position, question in enumerate(questions)
    )
    states = Counter({waiting: 1})
    for question in questions:
        own = {leaf: gate for leaf, gate in gates.items() if leaf.q == question.id}
        ways = _ways(subject, question, tuple(own))
        following: Counter[tuple[Literal, ...]] = Counter()
        for (asked, *rest), count in states.items():
            for judged, weight in ways.items() if asked == TRUE else [((False,) * len(own), 1)]:
                given = dict(zip(own.values(), judged, strict=True))
                following[tuple(circuit.given(formula, given) for formula in rest)] += count * weight
        if len(following) > MOST_STATES:
            return None
        states = following
    return states.total()


def _formula(circuit: Circuit, condition: Condition | None, gates: _Gates, earlier: set[str]) -> Literal:
    if condition is None:
        return TRUE
    if condition.q is not None:
        return gates[condition] if condition.q in earlier else FALSE
    parts = [_formula(circuit, part, gates, earlier) for part in condition.parts]
    if condition.not_ is not None:
        return -parts[0]
    return circuit.some(parts) if condition.any_ else circuit.every(parts)


def _ways(subject: Subject, question: FlowQuestion, own: tuple[Condition, ...]) -> Counter[tuple[bool, ...]]:
    """How many answers there are for each judgement by the conditions in `own`, which are about the question."""
    ways: Counter[tuple[bool, ...]] = Counter()
    if question.kind == "multi":
        for ticks, weight in _ticks(question, own):
            ways[_judged(question, ticks, own)] += weight
        return ways
    about = subject.conditions[question.id]
    answers = answers_to(question, about, subject.towns)
    if question.kind in ("number", "date"):
        answers = list(
            {(answer == UNSURE, *_judged(question, answer, about)): answer for answer in answers}.values()
        )
    for answer in dict.fromkeys(answers):
        ways[_judged(question, answer, own)] += 1
    return ways


def _judged(question: FlowQuestion, answer: Answer, about: Sequence[Condition]) -> tuple[bool, ...]:
    return tuple(holds(condition, {question.id: answer}) for condition in about)


def _ticks(question: FlowQuestion, own: Sequence[Condition]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Sets of ticks, and how many sets each stands for; options that no condition names need not be told apart."""
    options = [option for option in option_ids(question) if option not in ALONE]
    named = {name for leaf in own for name in (leaf.is_, leaf.has, *leaf.in_)}
    if any(leaf.is_ is not None for leaf in own):
        named |= set(options)
    told = [option for option in options if option in named]
    rest = [option for option in options if option not in named]
    for ticks in chain.from_iterable(combinations(told, size) for size in range(len(told) + 1)):
        if ticks or rest:
            yield ticks or tuple(rest), 2 ** len(rest) - (not ticks)
    yield from (((alone,), 1) for alone in ALONE & {*option_ids(question), UNSURE})
