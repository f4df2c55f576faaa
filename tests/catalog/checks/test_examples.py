"""Worked examples of flows become findings when they do not come out."""

from typing import Any

import pytest

from catalog.checks.examples import check_examples
from tests.catalog.guided.flows import flow, paper, service

SERVICES = [service("a", paper("身份证")), service("b")]
QUESTIONS = [{"id": "who", "options": "self other"}]
EFFECTS = [{"do": {"include_services": ["a"]}}]
RIGHT = {"title": "例", "answers": {"who": "self"}, "services": ["a"], "evidence_must": ["a:身份证"]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"services": ["a", "b"]}, ["没有得出事项“b”"]),
        ({"services": [], "answers": {"who": "nobody"}}, ["问题“who”没有这样的回答", "多得出了事项“a”"]),
        ({"evidence_must": ["a:护照"]}, ["没有得出材料“a:护照”"]),
        ({"evidence_must_not": ["a:身份证"]}, ["多得出了材料“a:身份证”"]),
    ],
)
def test_an_example_that_does_not_come_out_is_a_finding(change: dict[str, Any], said: list[str]) -> None:
    found = list(check_examples([*SERVICES, flow(QUESTIONS, EFFECTS, examples=[RIGHT | change])]))
    assert [one.message for one in found] == [f"示例“例”不成立：{words}" for words in said]
    assert {(one.code, one.kind, one.record, one.field) for one in found} <= {
        ("flow-example-fails", "flow", "flow", "examples")
    }
