"""Questions, options, rules and what rules do: adding, changing, moving, removing. Pure.

Nobody who writes a flow sees an id: new parts get one that is free. Questions are named by their id, options and rules
by their place, counted from 0. A text that only differs in the blanks around it is kept as it was.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from catalog.guided.answers import NONE, UNSURE
from catalog.records import GuidedFlow
from catalog.records.flow import (
    EvidenceEffect,
    FlowAction,
    FlowEffect,
    FlowOption,
    FlowQuestion,
    QuestionKind,
)

Texts = Mapping[str, str]
Part = TypeVar("Part")
List = Literal["include_services", "exclude_services", "require_evidence", "drop_evidence"]
LISTS: tuple[List, ...] = ("include_services", "exclude_services", "require_evidence", "drop_evidence")
CHOICES: tuple[QuestionKind, ...] = ("single", "multi")

MOST = 200
"""Questions, options of one question, rules, and things that one rule does."""


class Impossible(ValueError):
    """A change that cannot be made; the text is a key of the desk's words, after `flow.`."""


def told(value: Any, texts: Texts, *names: str) -> dict[str, str]:
    """The named texts as somebody typed them, or as they were when only blanks around them differ."""
    before = {name: getattr(value, name) for name in names}
    typed = {name: texts[name].strip() for name in names if name in texts}
    return before | {name: text for name, text in typed.items() if text != before[name].strip()}


def moved(parts: Sequence[Part], number: int, by: int) -> tuple[Part, ...]:
    """The parts with one of them further down by `by`, or up when it is negative."""
    rest = list(parts)
    if not 0 <= number < len(rest):
        raise Impossible("gone")
    part = rest.pop(number)
    rest.insert(max(0, number + by), part)
    return tuple(rest)


def without(parts: Sequence[Part], number: int) -> tuple[Part, ...]:
    """The parts without one of them."""
    if not 0 <= number < len(parts):
        raise Impossible("gone")
    return (*parts[:number], *parts[number + 1 :])


def question_number(flow: GuidedFlow, question: str) -> int:
    """The place of a question, from 0. Raises Impossible when there is none."""
    for number, one in enumerate(flow.questions):
        if one.id == question:
            return number
    raise Impossible("gone")


def add_question(flow: GuidedFlow, after: str, texts: FlowQuestion) -> tuple[GuidedFlow, str]:
    """The flow with a new question after another, or at the end, and the new one's id."""
    _room(flow.questions)
    at = question_number(flow, after) + 1 if after else len(flow.questions)
    new = replace(texts, id=_free("q", {question.id for question in flow.questions}))
    return replace(flow, questions=(*flow.questions[:at], new, *flow.questions[at:])), new.id


def with_question(
    flow: GuidedFlow, question: str, change: Callable[[FlowQuestion], FlowQuestion]
) -> GuidedFlow:
    """The flow with one question changed."""
    number = question_number(flow, question)
    changed = change(flow.questions[number])
    return replace(flow, questions=(*flow.questions[:number], changed, *flow.questions[number + 1 :]))


def told_question(question: FlowQuestion, texts: Texts, unsure: FlowOption) -> FlowQuestion:
    """The question as the form says; its options are `option-<place>-text` and so on. Raises Impossible."""
    kind: Any = texts.get("kind", question.kind)
    if kind not in ("single", "multi", "number", "date", "place"):
        raise Impossible("kind")
    own = told(question, texts, "text", "text_en", "help", "help_en")
    if not own["text"]:
        raise Impossible("no-text")
    options = tuple(
        replace(
            option, **told(option, _below(texts, f"option-{place}-"), "text", "text_en", "note", "note_en")
        )
        for place, option in enumerate(question.options)
    )
    if not all(option.text.strip() for option in options):
        raise Impossible("no-option-text")
    if kind != question.kind:
        options = () if kind in ("number", "date") else options
        options = options or ((unsure,) if kind in CHOICES else ())
    return replace(question, kind=kind, options=options, **own)


def add_option(question: FlowQuestion, text: str) -> FlowQuestion:
    """The question with one more option, before those that stand for no answer."""
    _room(question.options)
    new = FlowOption(id=_free("o", {option.id for option in question.options}), text=text)
    at = len(question.options)
    while at and question.options[at - 1].id in (UNSURE, NONE):
        at -= 1
    return replace(question, options=(*question.options[:at], new, *question.options[at:]))


def add_rule(flow: GuidedFlow, new: FlowEffect) -> GuidedFlow:
    """The flow with one more rule at its end."""
    _room(flow.effects)
    return replace(flow, effects=(*flow.effects, new))


def with_rule(flow: GuidedFlow, number: int, change: Callable[[FlowEffect], FlowEffect]) -> GuidedFlow:
    """The flow with one rule changed."""
    if not 0 <= number < len(flow.effects):
        raise Impossible("gone")
    changed = change(flow.effects[number])
    return replace(flow, effects=(*flow.effects[:number], changed, *flow.effects[number + 1 :]))


def told_rule(effect: FlowEffect, texts: Texts) -> FlowEffect:
    """The rule as the form says; reasons are `<list>-<place>-reason` and so on."""
    do = effect.do
    lists: dict[str, tuple[EvidenceEffect, ...]] = {
        name: tuple(
            replace(paper, **told(paper, _below(texts, f"{name}-{place}-"), "reason", "reason_en"))
            for place, paper in enumerate(getattr(do, name))
        )
        for name in ("require_evidence", "drop_evidence")
    }
    return replace(effect, do=replace(do, **lists, **told(do, texts, "note", "note_en")))


def named(action: FlowAction, into: List, service: str, paper: str) -> FlowAction:
    """The action that names one more service, or paper of one, and takes back the contrary. Raises Impossible."""
    if into not in LISTS:
        raise Impossible("gone")
    index = LISTS.index(into)
    contrary = LISTS[index ^ 1]
    here, there = getattr(action, into), getattr(action, contrary)
    _room(here)
    new = service if index < 2 else EvidenceEffect(service=service, evidence=paper)
    if any(_same(one, new) for one in here):
        raise Impossible("named-already")
    kept = tuple(one for one in there if not _same(one, new))
    return replace(action, **{into: (*here, new), contrary: kept})


def unnamed(action: FlowAction, out_of: List, number: int) -> FlowAction:
    """The action without one of the things that it names. Raises Impossible."""
    if out_of not in LISTS:
        raise Impossible("gone")
    return replace(action, **{out_of: without(getattr(action, out_of), number)})


def _same(one: str | EvidenceEffect, other: str | EvidenceEffect) -> bool:
    if isinstance(one, EvidenceEffect) and isinstance(other, EvidenceEffect):
        return (one.service, one.evidence.strip()) == (other.service, other.evidence.strip())
    return one == other


def _below(texts: Texts, start: str) -> Texts:
    return {name.removeprefix(start): text for name, text in texts.items() if name.startswith(start)}


def _free(letter: str, taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"{letter}{number}") not in taken)


def _room(parts: Sequence[object]) -> None:
    if len(parts) >= MOST:
        raise Impossible("too-many")
