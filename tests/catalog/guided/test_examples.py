"""Worked examples are a flow's own tests."""

from typing import Any

import pytest

from catalog.guided.examples import Failure, Fault, run
from tests.catalog.guided.flows import flow, paper, service

SERVICES = {
    "a": service("a", paper("身份证"), paper("委托书", "代办时", order=2)),
    "b": service("b"),
}
QUESTIONS = [
    {"id": "who", "options": "self other"},
    {"id": "age", "kind": "number", "ask_when": {"q": "who", "is": "other"}},
]
EFFECTS = [
    {"do": {"include_services": ["a", "b"]}},
    {
        "when": {"q": "who", "is": "self"},
        "do": {"exclude_services": ["b"], "drop_evidence": [{"service": "a", "evidence": "委托书"}]},
    },
]
RIGHT: dict[str, Any] = {
    "title": "例",
    "answers": {"who": "self"},
    "services": ["a"],
    "evidence_must": ["a:身份证"],
    "evidence_must_not": ["a:委托书", "b:身份证"],
}


def failures(**change: Any) -> list[Failure]:
    return run(flow(QUESTIONS, EFFECTS, examples=[RIGHT | change]), SERVICES)


def test_a_right_example_does_not_fail() -> None:
    assert failures() == []
    assert failures(answers={"who": "self", "age": None}) == []


@pytest.mark.parametrize(
    ("change", "fault", "about"),
    [
        ({"services": ["a", "b"]}, "missing-service", "b"),
        ({"services": []}, "extra-service", "a"),
        ({"evidence_must": ["a:委托书"]}, "missing-paper", "a:委托书"),
        ({"evidence_must_not": ["a:身份证"]}, "extra-paper", "a:身份证"),
        ({"answers": {"who": "self", "age": 3}}, "uncounted", "age"),
        ({"answers": {"who": "self", "where": "x"}}, "answer", "where"),
        ({"answers": {"who": "self", "age": "3"}}, "answer", "age"),
    ],
)
def test_every_difference_is_a_failure(change: dict[str, Any], fault: Fault, about: str) -> None:
    assert failures(**change) == [Failure("例", fault, about)]
