"""Any flow, however odd: the engine does what its rules say, loses no answer and does not depend on their order."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.result import NOTHING
from tests.catalog.guided.flows import ASKED, conditions, flow, paper, service
from tests.catalog.guided.walks import Walker, services_of

SERVICES = {
    name: service(name, paper("证"), paper("书", "代办时", order=2), paper("表", "换发时", order=3))
    for name in ("a", "b", "c")
}
option = st.sampled_from(["x", "y", "none", "unsure"])
condition = conditions(
    option, st.fixed_dictionaries({"q": st.sampled_from(["one", "many"]), "has": option}), leaves=5
)
names = st.lists(st.sampled_from(list(SERVICES)), max_size=2)
papers = st.lists(
    st.fixed_dictionaries(
        {"service": st.sampled_from(list(SERVICES)), "evidence": st.sampled_from(["证", "书", " 书 ", "表"])}
    ),
    max_size=2,
)
effect = st.fixed_dictionaries(
    {
        "do": st.fixed_dictionaries(
            {
                "include_services": names,
                "exclude_services": names,
                "require_evidence": papers,
                "drop_evidence": papers,
            }
        ),
        "when": st.none() | condition,
    }
)


@st.composite
def flows(draw: st.DrawFn) -> Any:
    order = draw(st.permutations(list(ASKED)))
    return flow(
        [
            {"id": name, "kind": ASKED[name][0], "options": ASKED[name][1]}
            | {"ask_when": draw(st.none() | condition)}
            for name in order
        ],
        draw(st.lists(effect, max_size=4)),
    )


@pytest.mark.slow
@given(flows(), st.randoms(use_true_random=False))
def test_the_engine_keeps_its_rules(any_flow: Any, random: Random) -> None:
    walker = Walker(any_flow, SERVICES)
    walk = walker.walk(random)
    assert walker.fault_of_engine(walk, random) == ""
    found = walker.result(walk.answers)
    assert bool(services_of(found)) or bool(found.notes)
    assert NOTHING not in found.notes or not found.services


ALL = {"do": {"include_services": ["a"]}}
NOT_X = {"not": {"q": "one", "is": "x"}}
ASKING = [{"id": "one", "options": "x y unsure"}]


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ([ALL, {"when": NOT_X, "do": {"exclude_services": ["a"]}}], "being unsure of one"),
        ([ALL, {"do": {"drop_evidence": [{"service": "a", "evidence": "书"}]}}], "no reason to leave out"),
        ([ALL, {"do": {"require_evidence": [{"service": "a", "evidence": "书"}]}}], "no reason for 书"),
    ],
)
def test_walks_find_what_is_wrong_with_a_flow(effects: list[Any], said: str) -> None:
    walker = Walker(flow(ASKING, effects), SERVICES)
    found = {walker.fault(Random(seed))[: len(said)] for seed in range(20)}
    assert found - {""} == {said}


def test_walks_find_an_engine_that_breaks_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    walker = Walker(flow(ASKING, [ALL, {"when": NOT_X, "do": {"include_services": ["b"]}}]), SERVICES)
    other = Walker(flow(ASKING, [ALL]), SERVICES)
    monkeypatch.setattr(walker, "result", other.result)
    assert {walker.fault(Random(seed))[:14] for seed in range(20)} == {"", "other services"}
