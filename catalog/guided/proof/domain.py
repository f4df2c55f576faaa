"""What a question can be answered with, as far as the flow can tell the answers apart.

Every asked question is answered, and every one can be answered with UNSURE. Single choices, numbers, dates and places
fall into a few classes, of which each has one answer for all; the ticks of a multi question are a variable each.
Variables are numbered from the last answer to the first, because the search tries FALSE first: its examples then have
the first answers that fit.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from typing import Protocol

from catalog.guided.answers import ALONE, LARGEST, UNSURE, Answer, option_ids
from catalog.guided.conditions import holds
from catalog.guided.proof.circuit import FALSE, Circuit, Literal
from catalog.records.condition import Condition
from catalog.records.flow import FlowQuestion

_SOME_DAY = date(2000, 1, 1)
_ELSEWHERE = "其他地方"


class Domain(Protocol):
    """The answers of one question as literals."""

    def true_of(self, about: Condition) -> Literal:
        """When a condition about this question is true of the answer."""
        ...

    def is_unsure(self) -> Literal:
        """When the answer is UNSURE."""
        ...

    def answer(self, solution: Set[Literal]) -> Answer | None:
        """The answer in a solution, None when the solution leaves it open."""
        ...

    def any_answer(self) -> Answer:
        """An answer for when any will do."""
        ...


def domain(
    circuit: Circuit, question: FlowQuestion, about: Sequence[Condition], towns: Sequence[str]
) -> Domain:
    """New variables for the answer to a question; `about` are all conditions of the flow that are about it."""
    if question.kind == "multi":
        return Ticks(circuit, question)
    return OneOf(circuit, question, about, answers_to(question, about, towns))


def answers_to(question: FlowQuestion, about: Sequence[Condition], towns: Sequence[str]) -> list[Answer]:
    """Answers among which there is one for every way in which conditions can judge an answer; not for multi."""
    found: Iterable[Answer]
    if question.kind == "number":
        found = sorted({number for number in (0, *_beside(about)) if 0 <= number <= LARGEST})
    elif question.kind == "date":
        found = sorted(_days(about)) or [_SOME_DAY]
    elif question.kind == "place" and not question.options:
        found = towns or [*_names(about), _ELSEWHERE]
    else:
        found = option_ids(question)
    return [*found, UNSURE]


class OneOf:
    """A question with one answer: a literal for each class of answers, of which exactly one holds."""

    def __init__(
        self,
        circuit: Circuit,
        question: FlowQuestion,
        about: Sequence[Condition],
        answers: Iterable[Answer],
    ) -> None:
        classes: dict[tuple[bool, ...], Answer] = {}
        for answer in answers:
            judged = tuple(holds(condition, {question.id: answer}) for condition in about)
            classes.setdefault((answer == UNSURE, *judged), answer)
        ordered = list(reversed(classes.items()))
        literals = circuit.alternatives(len(ordered))
        self._literals = {answer: literal for (_, answer), literal in zip(ordered, literals, strict=True)}
        self._true_of = {
            condition: circuit.some(
                literal for (judged, _), literal in zip(ordered, literals, strict=True) if judged[1 + number]
            )
            for number, condition in enumerate(about)
        }

    def true_of(self, about: Condition) -> Literal:
        """Any of the classes whose answers the condition is true of."""
        return self._true_of[about]

    def is_unsure(self) -> Literal:
        """The class of UNSURE alone."""
        return self._literals[UNSURE]

    def answer(self, solution: Set[Literal]) -> Answer | None:
        """The answer that stands for the class."""
        return next((answer for answer, literal in self._literals.items() if literal in solution), None)

    def any_answer(self) -> Answer:
        """The first class's."""
        return next(reversed(self._literals))


class Ticks:
    """A question with several answers: a variable for each option; UNSURE and NONE stand alone."""

    def __init__(self, circuit: Circuit, question: FlowQuestion) -> None:
        self._circuit = circuit
        options = [*reversed(dict.fromkeys((*option_ids(question), UNSURE)))]
        alone = {number for number, option in enumerate(options) if option in ALONE}
        self._literals = dict(zip(options, circuit.ticks(len(options), alone), strict=True))

    def true_of(self, about: Condition) -> Literal:
        """`has` and `in` look for an option among the ticks, `is` for it alone; bounds say nothing about ticks."""
        if about.is_ is not None:
            ticked = self._ticked([about.is_])
            return self._circuit.every(
                literal if literal in ticked else -literal for literal in (*self._literals.values(), *ticked)
            )
        return self._circuit.some(self._ticked(about.in_ if about.has is None else (about.has,)))

    def is_unsure(self) -> Literal:
        """UNSURE is ticked, which nothing else is then."""
        return self._literals[UNSURE]

    def answer(self, solution: Set[Literal]) -> Answer | None:
        """The ticks in the order of the options."""
        ticks = tuple(option for option in reversed(self._literals) if self._literals[option] in solution)
        return ticks or None

    def any_answer(self) -> Answer:
        """The first option alone."""
        return (next(reversed(self._literals)),)

    def _ticked(self, options: Iterable[str | int]) -> list[Literal]:
        return [self._literals.get(option, FALSE) for option in options if isinstance(option, str)]


def _names(about: Iterable[Condition]) -> Iterator[str]:
    named = (name for condition in about for name in (condition.is_, condition.has, *condition.in_))
    yield from dict.fromkeys(name for name in named if isinstance(name, str) and name != UNSURE)


def _beside(about: Sequence[Condition]) -> Iterator[int]:
    for condition in about:
        for limit in (*condition.bounds.values(), condition.is_, *condition.in_):
            if isinstance(limit, int):
                yield from (limit - 1, limit, limit + 1)


def _days(about: Sequence[Condition]) -> set[date]:
    limits = {limit for condition in about for limit in condition.bounds.values() if isinstance(limit, date)}
    for name in _names(about):
        try:
            limits.add(date.fromisoformat(name))
        except ValueError:
            continue
    steps = [timedelta(days=-1), timedelta(), timedelta(days=1)]
    return {limit + step for limit in limits for step in steps if date.min < limit < date.max}
