"""One line of a condition: what somebody chooses in three fields, and the condition that it means. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from catalog.guided.answers import LARGEST, UNSURE
from catalog.records.condition import Condition
from catalog.records.flow import FlowQuestion

Relation = Literal["chosen", "not_chosen", "only", "not_only", "between", "not_between", "is", "is_not"]
"""`only` is for questions with several answers; `between` and `is` for numbers and dates."""

_MOST = 200
_LOWER, _UPPER = ("ge", "gt"), ("lt", "le")


class Unfinished(ValueError):
    """A line that says too little or something impossible; the text is a key of the desk's words, after `flow.`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the form: `values` are options, or numbers or days; bounds are words with their text."""

    question: str = ""
    relation: Relation = "chosen"
    values: tuple[str, ...] = ()
    lower: str = ""
    lower_word: str = "ge"
    upper: str = ""
    upper_word: str = "lt"


def relations(question: FlowQuestion) -> tuple[Relation, ...]:
    """What can be said about the answer to a question."""
    if question.kind in ("number", "date"):
        return ("between", "not_between", "is", "is_not")
    if question.kind == "multi":
        return ("chosen", "not_chosen", "only", "not_only")
    return ("chosen", "not_chosen")


def line_of(condition: Condition, questions: Mapping[str, FlowQuestion]) -> Line:
    """The line that a condition about one question, or its negation, stands for."""
    inner = condition.not_ or condition
    denied = condition.not_ is not None
    bounds = inner.bounds
    if bounds:
        lower = next((word for word in _LOWER if word in bounds), "")
        upper = next((word for word in _UPPER if word in bounds), "")
        return Line(
            inner.q or "",
            "not_between" if denied else "between",
            lower=str(bounds.get(lower, "")),
            lower_word=lower or "ge",
            upper=str(bounds.get(upper, "")),
            upper_word=upper or "lt",
        )
    question = questions.get(inner.q or "")
    values = tuple(str(one) for one in (inner.is_, inner.has, *inner.in_) if one is not None)
    if question is not None and question.kind in ("number", "date"):
        return Line(inner.q or "", "is_not" if denied else "is", values)
    if question is not None and question.kind == "multi" and inner.is_ is not None:
        return Line(inner.q or "", "not_only" if denied else "only", values)
    return Line(inner.q or "", "not_chosen" if denied else "chosen", values)


def condition_of(line: Line, question: FlowQuestion) -> Condition:
    """What a line means. Raises Unfinished."""
    if line.relation not in relations(question):
        raise Unfinished("line-relation")
    between = line.relation in ("between", "not_between")
    found = _between(line, question) if between else _among(line, question)
    return Condition(not_=found) if "not" in line.relation.split("_") else found


def changed(condition: Condition, line: Line, questions: Mapping[str, FlowQuestion]) -> Condition:
    """`condition` if the line says no more than it does, else what the line means. Raises Unfinished."""
    if line.question not in questions:
        raise Unfinished("line-question")
    same = line_of(condition, questions)
    made = condition_of(line, questions[line.question])
    return condition if _told(same) == _told(line_of(made, questions)) else made


def _told(line: Line) -> tuple[object, ...]:
    bounds = [
        (text, word) for text, word in ((line.lower, line.lower_word), (line.upper, line.upper_word)) if text
    ]
    return line.question, line.relation, line.values, bounds


def _between(line: Line, question: FlowQuestion) -> Condition:
    words = {}
    for word, text, allowed in ((line.lower_word, line.lower, _LOWER), (line.upper_word, line.upper, _UPPER)):
        if text.strip():
            if word not in allowed:
                raise Unfinished("line-relation")
            words[word] = _measure(text, question)
    if not words:
        raise Unfinished("line-bounds")
    return Condition(q=question.id, **words)  # type: ignore[arg-type]  # all numbers or all days, by the question


def _among(line: Line, question: FlowQuestion) -> Condition:
    texts = tuple(dict.fromkeys(value.strip() for value in line.values if value.strip()))[:_MOST]
    if not texts:
        raise Unfinished("line-values")
    values = _checked(texts, question)
    if line.relation in ("only", "not_only"):
        if len(values) > 1:
            raise Unfinished("line-only-one")
        return Condition(q=question.id, is_=values[0])
    if len(values) > 1:
        return Condition(q=question.id, in_=values)
    return (
        Condition(q=question.id, has=str(values[0]))
        if question.kind == "multi"
        else _single(question, values[0])
    )


def _single(question: FlowQuestion, value: str | int) -> Condition:
    return Condition(q=question.id, is_=value)


def _checked(texts: Sequence[str], question: FlowQuestion) -> tuple[str | int, ...]:
    if question.kind in ("number", "date"):
        found = (text if text == UNSURE else _measure(text, question) for text in texts)
        return tuple(one.isoformat() if isinstance(one, date) else one for one in found)
    known = {option.id for option in question.options} | {UNSURE}
    if question.options and not known >= set(texts):
        raise Unfinished("line-values")
    return tuple(texts)


def _measure(text: str, question: FlowQuestion) -> int | date:
    text = text.strip()
    if question.kind == "number":
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > LARGEST:
            raise Unfinished("line-number")
        return int(text)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Unfinished("line-date") from None
    if found.isoformat() != text:
        raise Unfinished("line-date")
    return found
