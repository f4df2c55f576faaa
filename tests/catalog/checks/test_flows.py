"""Flows are checked where they stand in the catalogue."""

from typing import Any

from catalog.checks.flows import check_flows
from catalog.records import LifeEvent, Source
from tests.catalog.guided.flows import flow, paper, service

SOURCE = Source(file="场景问答.yaml", row=7)
SERVICES = (service("a", paper("身份证")), service("b"))
QUESTIONS = [{"id": "who", "text": "给谁办？", "options": "self other unsure"}]
EFFECTS = [
    {"do": {"include_services": ["a", "b"]}},
    {"when": {"q": "who", "is": "self"}, "do": {"exclude_services": ["b"]}},
]
EVENT = LifeEvent(id="event", audience="person", title="事", services=("a", "b"), flow="flow")


def codes(event: LifeEvent = EVENT, effects: Any = EFFECTS) -> dict[str, str]:
    found = check_flows((*SERVICES, event, flow(QUESTIONS, effects, source=SOURCE)))
    return {finding.code: finding.message for finding in found}


def test_a_proven_flow_has_no_findings() -> None:
    assert codes() == {}


def test_a_flaw_names_the_flow_the_file_and_the_answers() -> None:
    both = [EFFECTS[0], {"when": {"q": "who", "is": "self"}, "do": {"exclude_services": ["a", "b"]}}]
    (found,) = check_flows((*SERVICES, EVENT, flow(QUESTIONS, both, source=SOURCE)))
    assert (found.code, found.severity, found.kind, found.record) == (
        "flow-empty-result",
        "error",
        "flow",
        "flow",
    )
    assert found.at is not None
    assert (found.at.file, found.at.row) == ("场景问答.yaml", 7)
    assert found.message == "场景问答“题”：有的回答得到空的结果，没有提示。例如：“给谁办？”答“self”"


def test_the_field_says_where_in_the_flow() -> None:
    twice = [
        *EFFECTS,
        {"when": {"all": [{"q": "who", "is": "self"}, {"q": "who", "is": "other"}]}, "do": {"note": "x"}},
    ]
    (found,) = check_flows((*SERVICES, EVENT, flow(QUESTIONS, twice)))
    assert (found.code, found.field) == ("flow-contradiction", "effects.3")


def test_a_flow_must_be_offered_with_all_of_its_event() -> None:
    other = LifeEvent(id="event", audience="person", title="事", services=("a", "b", "gone"), flow="")
    only_a = [{"do": {"include_services": ["a"]}}, {"when": {"q": "who", "is": "self"}, "do": {"note": "x"}}]
    assert codes(other, only_a) == {
        "flow-not-offered": "场景问答“题”没有入口：“事”没有写它",
        "flow-missing-service": "场景问答“题”从不列入“事”的事项：b",
    }
