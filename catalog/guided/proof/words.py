"""Conditions and walks in words, for the person who wrote the flow."""

from collections.abc import Iterable
from datetime import date

from catalog.guided.answers import UNSURE, Answer
from catalog.guided.proof.model import Walk
from catalog.records import GuidedFlow
from catalog.records.condition import Condition
from catalog.records.flow import FlowQuestion

_BOUNDS = {"lt": "小于", "le": "不超过", "gt": "大于", "ge": "不小于"}
_DATES = {"lt": "早于", "le": "不晚于", "gt": "晚于", "ge": "不早于"}
_UNSURE = "说不清"


def question_words(flow: GuidedFlow, question: str) -> str:
    """The text of a question in quotation marks; its id when there is no such question."""
    found = _question(flow, question)
    return f"“{found.text if found else question}”"


def effect_words(flow: GuidedFlow, number: int) -> str:
    """Which effect, counted from 1, and when it holds."""
    condition = flow.effects[number].when
    return f"第 {number + 1} 条规则（{condition_words(flow, condition) if condition else '总是'}）"


def condition_words(flow: GuidedFlow, condition: Condition) -> str:
    """A condition as a sentence without an end."""
    if condition.q is not None:
        return question_words(flow, condition.q) + _judged(flow, condition)
    if condition.not_ is not None:
        return _denied(flow, condition.not_)
    together = _same_question(condition.any_)
    if together is not None:
        return question_words(flow, together.q or "") + _judged(flow, together)
    parts = [condition_words(flow, part) for part in condition.parts]
    if len(parts) == 1:
        return parts[0]
    return f"（{'，或者'.join(parts)}）" if condition.any_ else "，并且".join(parts)


def walk_words(flow: GuidedFlow, walk: Walk) -> str:
    """The answers of a walk that matter, question by question."""
    steps = [
        f"{question_words(flow, question)}答“{answer_words(_question(flow, question), answer)}”"
        for question, answer in walk.answers.items()
        if question in walk.matter
    ]
    return "，".join(steps)


def answer_words(question: FlowQuestion | None, answer: Answer) -> str:
    """An answer as the visitor reads it."""
    if isinstance(answer, tuple):
        return "、".join(_option(question, one) for one in answer)
    return _option(question, answer)


def _same_question(parts: tuple[Condition, ...]) -> Condition | None:
    """`{q, in}` for alternatives that each name an option of the same question."""
    named = [(part.q, part.has) for part in parts if part.has is not None]
    if len(named) < len(parts) or len({question for question, _ in named}) != 1:
        return None
    return Condition(q=named[0][0], in_=tuple(option for _, option in named if option is not None))


def _denied(flow: GuidedFlow, condition: Condition) -> str:
    question = _question(flow, condition.q or "")
    for verb, name in (("没选", condition.has), ("答的不是", condition.is_)):
        if name is not None and question is not None:
            return f"{question_words(flow, question.id)}{verb}{_choices(question, [name])}"
    return f"不是（{condition_words(flow, condition)}）"


def _judged(flow: GuidedFlow, condition: Condition) -> str:
    question = _question(flow, condition.q or "")
    if condition.bounds:
        parts = [
            f"{(_DATES if isinstance(bound, date) else _BOUNDS)[word]} {bound}"
            for word, bound in condition.bounds.items()
        ]
        return " 并且".join(parts)
    if condition.has is not None:
        return f"选了{_choices(question, [condition.has])}"
    if condition.is_ is not None:
        only = "只选" if question is not None and question.kind == "multi" else "答"
        return only + _choices(question, [condition.is_])
    several = "选了" if question is not None and question.kind == "multi" else "答"
    return several + _choices(question, condition.in_)


def _choices(question: FlowQuestion | None, choices: Iterable[str | int]) -> str:
    return "或".join(f"“{_option(question, choice)}”" for choice in choices)


def _option(question: FlowQuestion | None, option: Answer) -> str:
    for known in question.options if question else ():
        if known.id == option:
            return known.text
    return _UNSURE if option == UNSURE else str(option)


def _question(flow: GuidedFlow, question: str) -> FlowQuestion | None:
    return next((one for one in flow.questions if one.id == question), None)
