"""Answers to the questions of a flow, and which are possible.

A visitor may answer every question with UNSURE, whether or not it has such an option.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from catalog.records.flow import FlowQuestion

Answer = tuple[str, ...] | int | date | str
"""multi: option ids in the order of the options · single, place: one id or name · number: int · date: date."""

Answers = Mapping[str, Answer]
"""Question id → answer; answers to questions that are not asked now stay in it."""

UNSURE = "unsure"
NONE = "none"
ALONE = frozenset({UNSURE, NONE})
"""Options of a multi question that exclude all others."""

LARGEST = 999_999_999
"""The largest number that can be answered; the smallest is 0."""


def checked(question: FlowQuestion, answer: Answer) -> Answer:
    """The answer, with several options put in their order. Raises ValueError when it does not fit the question."""
    match question.kind, answer:
        case "multi", tuple():
            return _several(question, answer)
        case (("single" | "number" | "date" | "place"), "unsure"):
            return UNSURE
        case "number", int() if not isinstance(answer, bool) and 0 <= answer <= LARGEST:
            return answer
        case "date", date():
            return answer
        case "place", str() if answer and not question.options:
            return answer
        case (("single" | "place"), str()) if answer in option_ids(question):
            return answer
    raise ValueError(f"{answer!r} does not answer the question {question.id!r} ({question.kind})")


def option_ids(question: FlowQuestion) -> tuple[str, ...]:
    """The ids of the options, in order."""
    return tuple(option.id for option in question.options)


def toggled(question: FlowQuestion, ticked: Sequence[str], option: str) -> tuple[str, ...]:
    """What is ticked after a touch on an option of a multi question: UNSURE and NONE each stand alone."""
    if option in ticked:
        return tuple(one for one in ticked if one != option)
    kept = set() if option in ALONE else set(ticked) - ALONE
    return _several(question, (*kept, option))


def read_answer(question: FlowQuestion, value: Any) -> Answer:
    """An answer as typed in a worked example. Raises ValueError when it does not fit the question."""
    if question.kind == "date" and isinstance(value, str) and value != UNSURE:
        return date.fromisoformat(value)
    if question.kind == "multi" and isinstance(value, str | list):
        value = (value,) if isinstance(value, str) else tuple(value)
    return checked(question, value)


def _several(question: FlowQuestion, chosen: tuple[str, ...]) -> tuple[str, ...]:
    possible = dict.fromkeys((*option_ids(question), UNSURE))
    if not chosen or not possible.keys() >= set(chosen):
        raise ValueError(f"{chosen!r} are not options of the question {question.id!r}")
    if len(set(chosen)) > 1 and ALONE & set(chosen):
        raise ValueError(f"{chosen!r}: unsure and none exclude the other options of {question.id!r}")
    return tuple(option for option in possible if option in chosen)
