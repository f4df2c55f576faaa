"""Large flows are proven in an instant, and what cannot be is said."""

from random import Random
from time import process_time
from typing import Any

import pytest

from catalog.guided.automatic import automatic
from catalog.guided.proof import solver
from catalog.guided.proof.prove import prove
from catalog.guided.towns import towns_of
from catalog.records import GuidedFlow, Outline, PublicService
from tests.catalog.guided.flows import flow, paper, service
from tests.sample import sample_records

OPTIONS = "v w x y none unsure"
SERVICES = {f"s{number}": service(f"s{number}", paper("书", "代办时")) for number in range(40)}


def large(random: Random, questions: int = 25, effects: int = 80) -> GuidedFlow:
    """Questions that wait for earlier ones, effects about three questions each."""

    def about(number: int) -> dict[str, Any]:
        return {"q": f"q{number}", "in": random.sample(["v", "w", "x", "y"], 2)}

    def rule() -> dict[str, Any]:
        parts = [about(number) for number in random.sample(range(questions), 3)]
        name = random.choice(list(SERVICES))
        paper = {"service": name, "evidence": "书"}
        return {
            "when": {"any": [parts[0], {"all": parts[1:]}]},
            "do": random.choice(
                [{"exclude_services": [name]}, {"drop_evidence": [paper]}, {"require_evidence": [paper]}]
            ),
        }

    asked = [
        {"id": f"q{number}", "kind": random.choice(["single", "multi"]), "options": OPTIONS}
        | ({"ask_when": {"not": about(random.randrange(number))}} if number % 2 else {})
        for number in range(questions)
    ]
    first = {"do": {"include_services": list(SERVICES)}}
    used = [{"when": about(number), "do": {"note": f"n{number}"}} for number in range(questions)]
    return flow(asked, [first, *used, *(rule() for _ in range(effects))])


@pytest.mark.slow
def test_a_flow_of_25_questions_takes_less_than_two_seconds() -> None:
    many = large(Random(1))
    start = process_time()
    proof = prove(many, SERVICES)
    assert process_time() - start < 2
    assert {flaw.code for flaw in proof.flaws} == {"flow-dead-branch", "flow-unsure-removes"}
    assert proof.walks == 9716348186998956518400


def test_a_search_that_is_given_up_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "MOST_CONFLICTS", 0)
    both = {"all": [{"q": "who", "is": "x"}, {"q": "who", "is": "y"}]}
    proof = prove(flow([{"id": "who", "options": "x y unsure"}], [{"when": both, "do": {"note": "n"}}]), {})
    assert [flaw.code for flaw in proof.flaws] == ["flow-undecided"]
    assert not proof.sound


@pytest.mark.slow
def test_every_flow_of_the_demonstration_county_is_proven() -> None:
    records = sample_records()
    services = {record.id: record for record in records if isinstance(record, PublicService)}
    towns = towns_of((record for record in records if isinstance(record, Outline)), ())
    flows = [record for record in records if isinstance(record, GuidedFlow)]
    made = [found for found in map(automatic, services.values()) if found is not None]
    assert len(flows) > 10
    assert len(made) > 100
    for each in (*flows, *made):
        proof = prove(each, services, towns)
        assert [flaw for flaw in proof.flaws if flaw.severity != "info"] == []
        assert proof.walks
