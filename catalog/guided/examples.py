"""Worked examples stored with a flow are its tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from catalog.guided.answers import Answer, read_answer
from catalog.guided.engine import counted, question_of
from catalog.guided.result import Result, result
from catalog.records import GuidedFlow, PublicService
from catalog.records.flow import FlowExample

Fault = Literal["answer", "uncounted", "missing-service", "extra-service", "missing-paper", "extra-paper"]


@dataclass(frozen=True, slots=True)
class Failure:
    """What an example expects and does not get.

    `about` is a question for `answer` (it cannot be answered so) and `uncounted` (it is not asked), a service id, or
    a paper as `service-id:title`.
    """

    example: str
    fault: Fault
    about: str


def run(flow: GuidedFlow, services: Mapping[str, PublicService]) -> list[Failure]:
    """Every failure of the flow's examples; `services` are those of the catalogue."""
    return [failure for example in flow.examples for failure in _failures(flow, example, services)]


def _failures(flow: GuidedFlow, example: FlowExample, services: Mapping[str, PublicService]) -> list[Failure]:
    answers: dict[str, Answer] = {}
    faults: list[tuple[Fault, str]] = []
    for question, value in example.answers.items():
        if value is None or value == ():
            continue
        try:
            answers[question] = read_answer(question_of(flow, question), value)
        except ValueError:
            faults.append(("answer", question))
    counting = counted(flow, answers)
    faults += [("uncounted", question) for question in answers if question not in counting]
    faults += _differences(example, result(flow, answers, services))
    return [Failure(example.title, fault, about) for fault, about in faults]


def _differences(example: FlowExample, outcome: Result) -> list[tuple[Fault, str]]:
    """`services` are all that must come out, papers only those that are named."""
    services = [chosen.service.id for chosen in outcome.services]
    papers = {
        f"{service.id}:{wanted.paper.title}" for wanted in outcome.papers for service, _ in wanted.paper.needs
    }
    return [
        *(("missing-service", one) for one in example.services if one not in services),
        *(("extra-service", one) for one in services if one not in example.services),
        *(("missing-paper", one) for one in example.evidence_must if one not in papers),
        *(("extra-paper", one) for one in example.evidence_must_not if one in papers),
    ]
