"""Answering a flow beside the editor: what is asked, what comes out, and keeping a try as a worked example. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.guided.answers import ALONE, UNSURE, Answer, checked, option_ids, toggled
from catalog.guided.engine import asked, counted
from catalog.guided.result import Result, result
from catalog.records import FloorPlan, GuidedFlow, PublicService
from catalog.records.flow import FlowExample, FlowQuestion
from county.flows.parts import Impossible
from county.flows.wording import Speech, option_words

Given = Mapping[str, Sequence[str]]
"""Question id → what the form says: options, a number or a day as text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer; `unsure` for the one that says nothing."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked. `typed` is for numbers and days, and `wrong` when it is none."""

    question: FlowQuestion
    text: str
    choices: tuple[Choice, ...]
    typed: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """A try: the questions that are asked, and what comes out."""

    asked: tuple[Asked, ...]
    outcome: Result


def trial(
    flow: GuidedFlow,
    given: Given,
    services: Mapping[str, PublicService],
    towns: Sequence[str],
    plan: FloorPlan | None,
    speech: Speech,
) -> Trial:
    """What the answers lead to. An answer that its question cannot have is not one."""
    answers, wrong = read(flow, given)
    return Trial(
        tuple(
            _asked(one, answers.get(one.id), given.get(one.id, ()), one.id in wrong, towns, speech)
            for one in asked(flow, answers)
        ),
        result(flow, answers, services, plan),
    )


def read(flow: GuidedFlow, given: Given) -> tuple[dict[str, Answer], set[str]]:
    """The answers, and the questions whose answer cannot be read."""
    answers: dict[str, Answer] = {}
    wrong = set()
    for question in flow.questions:
        texts = tuple(text.strip() for text in given.get(question.id, ()) if text.strip())
        if not texts:
            continue
        try:
            answers[question.id] = checked(question, _answer(question, texts))
        except ValueError:
            wrong.add(question.id)
    return answers, wrong


def given_of(answers: Mapping[str, object]) -> dict[str, list[str]]:
    """Answers as the form says them; what is None is no answer."""
    found: dict[str, list[str]] = {}
    for question, answer in answers.items():
        if answer is not None:
            several = answer if isinstance(answer, tuple | list) else (answer,)
            found[question] = [str(one) for one in several]
    return found


def touched(flow: GuidedFlow, given: Given, question: str, option: str) -> dict[str, Sequence[str]]:
    """The form after a touch on an option: “not sure” and “none” each stand alone."""
    found = next((one for one in flow.questions if one.id == question and one.kind == "multi"), None)
    ticked = [one for one in given.get(question, ()) if one != option]
    known = found is not None and option in (*option_ids(found), UNSURE)
    if found is None or not known or option not in given.get(question, ()):
        return dict(given)
    kept = [one for one in ticked if one in option_ids(found) and one not in ALONE]
    return {**given, question: toggled(found, kept, option)}


def example_of(
    flow: GuidedFlow, given: Given, title: str, services: Mapping[str, PublicService]
) -> FlowExample:
    """The try as a worked example: all services, and those papers that rules have something to say about.

    Raises Impossible without a title and without answers.
    """
    answers, _ = read(flow, given)
    answers = dict(counted(flow, answers))
    if not title.strip():
        raise Impossible("no-example-title")
    if not answers:
        raise Impossible("no-answers")
    outcome = result(flow, answers, services)
    doing = [chosen.service.id for chosen in outcome.services]
    listed = {
        f"{service.id}:{paper.paper.title}" for paper in outcome.papers for service, _ in paper.paper.needs
    }
    named = dict.fromkeys(
        f"{paper.service}:{paper.evidence.strip()}"
        for effect in flow.effects
        for paper in (*effect.do.require_evidence, *effect.do.drop_evidence)
        if paper.service in doing
    )
    return FlowExample(
        title=title.strip()[:200],
        answers={question: _written(answer) for question, answer in answers.items()},
        services=tuple(doing),
        evidence_must=tuple(paper for paper in named if paper in listed),
        evidence_must_not=tuple(paper for paper in named if paper not in listed),
    )


def _answer(question: FlowQuestion, texts: tuple[str, ...]) -> Answer:
    if question.kind == "multi":
        return texts
    if texts[-1] == UNSURE:
        return UNSURE
    if question.kind == "number":
        if not re.fullmatch(r"[0-9]{1,9}", texts[0]):
            raise ValueError(texts[0])
        return int(texts[0])
    if question.kind == "date":
        return date.fromisoformat(texts[0])
    return texts[0]


def _written(answer: Answer) -> str | int | tuple[str, ...]:
    return answer.isoformat() if isinstance(answer, date) else answer


def _asked(
    question: FlowQuestion,
    answer: Answer | None,
    given: Sequence[str],
    wrong: bool,
    towns: Sequence[str],
    speech: Speech,
) -> Asked:
    chosen = answer if isinstance(answer, tuple) else () if answer is None else (str(answer),)
    values = option_ids(question) or (tuple(towns) if question.kind == "place" else ())
    choices = tuple(
        Choice(value, option_words(question, value, speech), value in chosen)
        for value in dict.fromkeys((*values, UNSURE))
    )
    open_ended = question.kind in ("number", "date")
    typed = (
        next((text for text in given if text != UNSURE), "") if open_ended and UNSURE not in chosen else ""
    )
    return Asked(question, speech.pick(question.text, question.text_en), choices, typed, wrong)
