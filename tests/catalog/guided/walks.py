"""Random walks through a flow, and what must hold on every one of them.

`Model` says again, from the words of docs/guided.md and over the flow as typed, what the engine computes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec

from catalog.guided.answers import ALONE, UNSURE, Answer, Answers, option_ids
from catalog.guided.conditions import leaves
from catalog.guided.engine import answer, asked, counted
from catalog.guided.result import Result, result
from catalog.records import GuidedFlow, PublicService
from catalog.records.condition import Condition
from catalog.records.flow import FlowQuestion
from catalog.text import encode

STEPS = 12
"""Answers, changes and withdrawals of one walk."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The answers that a visitor gave last, and each as it was given."""

    answers: Answers
    given: tuple[tuple[str, Answer | None], ...]


class Walker:
    """Walks one flow at random, and finds what does not hold."""

    def __init__(self, flow: GuidedFlow, services: Mapping[str, PublicService]) -> None:
        self.flow = flow
        self.services = services
        self._typed = msgspec.json.decode(encode(flow))
        self._about: dict[str, list[Condition]] = {question.id: [] for question in flow.questions}
        conditions = [one.ask_when for one in flow.questions] + [effect.when for effect in flow.effects]
        for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
            self._about[str(leaf.q)].append(leaf)

    def walk(self, random: Random, steps: int = STEPS) -> Walk:
        """Any question that is asked is answered, changed or taken back; mostly the first without an answer."""
        answers: Answers = {}
        given: list[tuple[str, Answer | None]] = []
        for _ in range(steps):
            questions = asked(self.flow, answers)
            if not questions:
                break
            missing = [question for question in questions if question.id not in answers]
            question = missing[0] if missing and random.random() < 0.7 else random.choice(questions)
            value = None if random.random() < 0.1 else self.answer(question, random)
            answers = answer(self.flow, answers, question.id, value)
            given.append((question.id, value))
        return Walk(answers, tuple(given))

    def answer(self, question: FlowQuestion, random: Random) -> Answer:
        """One that conditions may tell from others: numbers and dates about their bounds, places that they name."""
        if random.random() < 0.1:
            return unsure(question)
        about = self._about[question.id]
        bounds = [bound for leaf in about for bound in leaf.bounds.values()]
        match question.kind:
            case "number":
                number = random.choice([bound for bound in bounds if isinstance(bound, int)] or [18])
                return max(0, number + random.randint(-1, 1))
            case "date":
                days = [bound for bound in bounds if isinstance(bound, date)] or [date(1990, 1, 1)]
                return random.choice(days) + timedelta(days=random.randint(-1, 1))
            case "multi":
                return _some(question, random)
            case "place" if not question.options:
                return random.choice([str(name) for leaf in about for name in leaf.in_] + ["别处"])
            case _:
                return random.choice(option_ids(question))

    def fault(self, random: Random) -> str:
        """What does not hold on a random walk through a flow that is right; empty when everything does."""
        walk = self.walk(random)
        found = self.result(walk.answers)
        return (
            self.fault_of_engine(walk, random)
            or _unreasoned(found)
            or self._lost_to_doubt(walk.answers, found, random)
        )

    def fault_of_engine(self, walk: Walk, random: Random) -> str:
        """What does not hold on a walk, although it must in any flow."""
        last = dict(walk.given)
        if walk.answers != {question: value for question, value in last.items() if value is not None}:
            return f"an answer is lost: {walk}"
        model = Model(self._typed, walk.answers)
        if counted(self.flow, walk.answers) != model.counting:
            return f"other answers count: {walk}"
        found = self.result(walk.answers)
        return _wrong_list(found, model, self.services) or self._wrong_order(walk, found, random)

    def result(self, answers: Answers) -> Result:
        return result(self.flow, answers, self.services)

    def _wrong_order(self, walk: Walk, found: Result, random: Random) -> str:
        shuffled = list(walk.answers.items())
        random.shuffle(shuffled)
        again: Answers = {}
        for question, value in shuffled:
            again = answer(self.flow, again, question, value)
        return "" if self.result(again) == found else f"the order of answering matters: {walk}"

    def _lost_to_doubt(self, answers: Answers, found: Result, random: Random) -> str:
        """Kept answers to other questions are left aside: doubt may ask these, and then they count by themselves."""
        question = random.choice(asked(self.flow, answers))
        doubt = self.result({**counted(self.flow, answers), question.id: unsure(question)})
        kept = set(services_of(doubt))
        fewer = {(service, title) for service, title, _ in listed(doubt)}
        lost = {(service, title) for service, title, _ in listed(found) if service in kept} - fewer
        if not set(services_of(found)) <= kept or lost:
            return f"being unsure of {question.id} takes something away: {lost} for {answers}"
        return ""


def unsure(question: FlowQuestion) -> Answer:
    return (UNSURE,) if question.kind == "multi" else UNSURE


def _some(question: FlowQuestion, random: Random) -> Answer:
    others = [option for option in option_ids(question) if option not in ALONE]
    alone = [option for option in option_ids(question) if option in ALONE]
    if not others or (alone and random.random() < 0.1):
        return (random.choice(alone or [UNSURE]),)
    some = set(random.sample(others, random.randint(1, len(others))))
    return tuple(option for option in others if option in some)


def listed(found: Result) -> set[tuple[str, str, bool]]:
    """Service, title of a paper, and whether the service asks for it without a condition."""
    return {
        (service.id, wanted.paper.title, not evidence.only_if)
        for wanted in found.papers
        for service, evidence in wanted.paper.needs
    }


def services_of(found: Result) -> list[str]:
    return [chosen.service.id for chosen in found.services]


def _wrong_list(found: Result, model: "Model", services: Mapping[str, PublicService]) -> str:
    if set(services_of(found)) != model.services():
        return f"other services: {services_of(found)} not {model.services()} for {model.counting}"
    wanted = {one for name in model.services() for one in model.papers(services[name])}
    if listed(found) != wanted:
        return f"other papers: {listed(found) ^ wanted} for {model.counting}"
    return ""


def _unreasoned(found: Result) -> str:
    for wanted in found.papers:
        for reason, (service, evidence) in zip(wanted.reasons, wanted.paper.needs, strict=True):
            because = {"always": True, "answers": bool(reason.text), "in_case": bool(evidence.only_if)}
            if reason.service != service.id or not because.get(reason.why):
                return f"no reason for {wanted.paper.title}: {reason}"
    unspoken = [one.title for one in found.dropped if not one.reason.text]
    return f"no reason to leave out {unspoken}" if unspoken else ""


@dataclass
class Model:
    """The rules again, over plain data: `typed` is the flow, `answers` what was ever given."""

    typed: dict[str, Any]
    answers: Answers
    counting: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for question in self.typed.get("questions", []):
            name = question["id"]
            if name in self.answers and self.true(question.get("ask_when")):
                self.counting[name] = self.answers[name]

    def true(self, typed: Any) -> bool:
        match typed:
            case None:
                return True
            case {"not": part}:
                return not self.true(part)
            case {"any": parts}:
                return any(map(self.true, parts))
            case {"all": parts}:
                return all(map(self.true, parts))
        question = typed["q"]
        return question in self.counting and self._fits(self.counting[question], typed)

    def _fits(self, value: Answer, typed: dict[str, Any]) -> bool:
        many = list(value) if isinstance(value, tuple) else [str(value)]
        for word, wanted in typed.items():
            if word == "q":
                continue
            if word in ("is", "has", "in"):
                wanted_texts = [str(one) for one in wanted] if isinstance(wanted, list) else [str(wanted)]
                fits = many == wanted_texts if word == "is" else bool(set(many) & set(wanted_texts))
            else:
                fits = _compares(word, value, wanted)
            if not fits:
                return False
        return True

    def applied(self) -> list[dict[str, Any]]:
        return [effect["do"] for effect in self.typed.get("effects", []) if self.true(effect.get("when"))]

    def services(self) -> set[str]:
        does = self.applied()
        included = {name for do in does for name in do.get("include_services", [])}
        return included - {name for do in does for name in do.get("exclude_services", [])}

    def papers(self, service: PublicService) -> set[tuple[str, str, bool]]:
        does = self.applied()
        required, dropped = (
            {
                paper["evidence"].strip()
                for do in does
                for paper in do.get(word, [])
                if paper["service"] == service.id
            }
            for word in ("require_evidence", "drop_evidence")
        )
        return {
            (service.id, title, not evidence.only_if or title in required)
            for evidence in service.evidence
            for title in [evidence.title.strip()]
            if not evidence.only_if or title in required or title not in dropped
        }


def _compares(word: str, value: Answer, wanted: int | str) -> bool:
    if isinstance(value, date):
        value = value.isoformat()
    if value == UNSURE or isinstance(value, str) != isinstance(wanted, str) or isinstance(value, tuple):
        return False
    signs: Sequence[int] = {"lt": (-1,), "le": (-1, 0), "gt": (1,), "ge": (1, 0)}[word]
    left: Any = value
    return (left > wanted) - (left < wanted) in signs
