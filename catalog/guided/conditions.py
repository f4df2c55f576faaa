"""What conditions over answers mean. A condition on an unanswered question is false."""

import operator
from collections.abc import Iterator
from datetime import date

from catalog.guided.answers import Answer, Answers
from catalog.records.condition import Condition


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether the condition is true of these answers, which are those that count; None always is."""
    if condition is None:
        return True
    if condition.q is not None:
        answer = answers.get(condition.q)
        return answer is not None and answer != () and _true_of(condition, answer)
    if condition.not_ is not None:
        return not holds(condition.not_, answers)
    if condition.any_:
        return any(holds(part, answers) for part in condition.any_)
    return all(holds(part, answers) for part in condition.all_)


def questions_of(condition: Condition | None) -> frozenset[str]:
    """The questions that a condition is about."""
    return frozenset(about.q for about in leaves(condition) if about.q is not None)


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """The parts of a condition that are about one question each, in the order written."""
    if condition is None:
        return
    if condition.q is not None:
        yield condition
    for part in condition.parts:
        yield from leaves(part)


def _true_of(condition: Condition, answer: Answer) -> bool:
    chosen = answer if isinstance(answer, tuple) else (_named(answer),)
    if condition.is_ is not None:
        return chosen == (condition.is_,)
    if condition.has is not None:
        return condition.has in chosen
    if condition.in_:
        return any(one in chosen for one in condition.in_)
    return all(_compares(name, bound, answer) for name, bound in condition.bounds.items())


def _named(answer: int | date | str) -> int | str:
    return answer.isoformat() if isinstance(answer, date) else answer


def _compares(name: str, bound: int | date, answer: Answer) -> bool:
    """A number compares with a number, a date with a date; anything else is no answer to the comparison."""
    return type(answer) is type(bound) and bool(getattr(operator, name)(answer, bound))
