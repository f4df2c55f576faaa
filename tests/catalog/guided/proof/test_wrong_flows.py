"""Every wrong flow of tests/data/flows is rejected for its own flaw, with an example; every right one is proven."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from catalog.guided.answers import UNSURE
from catalog.guided.conditions import holds
from catalog.guided.engine import asked, counted
from catalog.guided.proof.flaw import Flaw
from catalog.guided.proof.prove import Proof, prove
from catalog.guided.result import NOTHING, result
from catalog.importing.documents import read_document
from catalog.importing.ledger import Ledger
from catalog.importing.reading import read_files
from catalog.records import GuidedFlow, PublicService

FLOWS = Path(__file__).parents[3] / "data" / "flows"
EXPECTED: dict[str, dict[str, str]] = yaml.safe_load((FLOWS / "expected.yaml").read_text(encoding="utf-8"))
RIGHT = sorted(path.stem for path in (FLOWS / "right").iterdir())
WALKING = {
    "flow-empty-result",
    "flow-unsure-removes",
    "flow-no-options",
    "flow-no-unsure",
    "flow-idle-inclusion",
    "flow-idle-exclusion",
    "flow-idle-requirement",
    "flow-idle-drop",
}
"""Flaws that some answers show."""
CONFLICTING = {
    "flow-loop",
    "flow-contradiction",
    "flow-unreachable-question",
    "flow-unreachable-effect",
    "flow-dead-branch",
    "flow-unreachable-service",
    "flow-unreachable-evidence",
    "flow-idle-inclusion",
    "flow-idle-requirement",
}
"""Flaws that no answers avoid, because of conditions."""


@cache
def services() -> dict[str, PublicService]:
    records = read_files([FLOWS / "catalogue"]).records
    return {record.id: record for record in records if isinstance(record, PublicService)}


def read(folder: str, name: str) -> GuidedFlow:
    text = (FLOWS / folder / f"{name}.yaml").read_text(encoding="utf-8")
    ledger = Ledger()
    (flow,) = read_document(text, name, ledger)
    assert isinstance(flow, GuidedFlow)
    assert ledger.findings == []
    return flow


def proof(folder: str, name: str) -> Proof:
    return prove(read(folder, name), services())


def flaw_of(name: str) -> Flaw:
    (flaw,) = proof("wrong", name).flaws
    return flaw


def test_there_are_enough() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in (FLOWS / "wrong").iterdir())
    assert len(EXPECTED) >= 40
    assert len(RIGHT) >= 10


@pytest.mark.parametrize("name", EXPECTED)
def test_a_wrong_flow_is_rejected_for_its_flaw_alone(name: str) -> None:
    flaw = flaw_of(name)
    assert {"code": flaw.code, "at": flaw.at} == EXPECTED[name]
    assert flaw.severity in ("error", "warning")
    assert (flaw.walk is not None) == (flaw.code in WALKING)
    assert bool(flaw.conflict) >= (flaw.code in CONFLICTING)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_flow_is_proven(name: str) -> None:
    proven = proof("right", name)
    assert [flaw for flaw in proven.flaws if flaw.severity != "info"] == []
    assert proven.walks


@pytest.mark.parametrize("name", [name for name in EXPECTED if EXPECTED[name]["code"] == "flow-empty-result"])
def test_the_walk_leads_to_nothing(name: str) -> None:
    flaw, flow = flaw_of(name), read("wrong", name)
    assert flaw.walk is not None
    outcome = result(flow, flaw.walk.answers, services())
    assert outcome.services == ()
    assert NOTHING in outcome.notes
    assert {question.id for question in asked(flow, flaw.walk.answers)} == set(flaw.walk.answers)


@pytest.mark.parametrize(
    "name", [name for name in EXPECTED if EXPECTED[name]["code"] == "flow-unsure-removes"]
)
def test_the_walk_loses_something_by_unsure(name: str) -> None:
    flaw, flow = flaw_of(name), read("wrong", name)
    assert flaw.walk is not None
    question = flaw.at.removeprefix("questions.")
    assert flaw.walk.answers[question] in (UNSURE, (UNSURE,))
    holding = [effect for effect in flow.effects if holds(effect.when, counted(flow, flaw.walk.answers))]
    assert any(effect.do.exclude_services or effect.do.drop_evidence for effect in holding)


@pytest.mark.parametrize("name", [name for name in EXPECTED if "flow-idle-" in EXPECTED[name]["code"]])
def test_the_effect_at_the_end_of_the_walk_changes_nothing(name: str) -> None:
    flaw, flow = flaw_of(name), read("wrong", name)
    if flaw.walk is None:
        assert flaw.code == "flow-idle-question"
        return
    at = int(flaw.at.removeprefix("effects.")) - 1
    assert holds(flow.effects[at].when, counted(flow, flaw.walk.answers))
    without = msgspec.structs.replace(flow, effects=(*flow.effects[:at], *flow.effects[at + 1 :]))
    one, other = (result(each, flaw.walk.answers, services()) for each in (flow, without))
    assert [chosen.service for chosen in one.services] == [chosen.service for chosen in other.services]
    assert [wanted.paper for wanted in one.papers] == [wanted.paper for wanted in other.papers]


def test_a_walk_is_told_in_the_words_of_the_questions() -> None:
    message = flaw_of("empty-result-far").told(read("wrong", "empty-result-far"))
    for said in (
        "“给谁办？”答“孩子”",
        "“为什么搬？”答“结了婚”",
        "“哪天搬来的？”答“2024-02-29”",
        "“搬到哪个乡镇？”答“西镇”",
    ):
        assert said in message


def test_a_conflict_is_as_small_as_it_can_be() -> None:
    assert flaw_of("contradiction-of-choices").conflict == (
        "“为什么搬？”答“买了房”",
        "“为什么搬？”答“结了婚”",
    )
    assert flaw_of("unreachable-effect-far").conflict == (
        "“上几年级？”答“低年级”或“高年级”",
        "“孩子几周岁？”小于 6",
        "“上几年级？”只在“孩子几周岁？”不小于 6时才问",
    )


def test_ids_given_twice_are_all_that_is_said() -> None:
    found: Any = proof("wrong", "repeated-question")
    assert [flaw.code for flaw in found.flaws] == ["flow-repeated-id"]
    assert found.walks == 0
