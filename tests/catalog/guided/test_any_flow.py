"""Any flow, however odd: the engine does what its rules say, loses no answer and does not depend on their order."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.guided.result import NOTHING
from tests.catalog.guided.flows import flow, paper, service
from tests.catalog.guided.walks import Walker, services_of

QUESTIONS = {
    "one": ("single", "x y unsure"),
    "many": ("multi", "x y none unsure"),
    "age": ("number", ""),
    "born": ("date", ""),
    "town": ("place", ""),
}
SERVICES = {
    name: service(name, paper("证"), paper("书", "代办时", order=2), paper("表", "换发时", order=3))
    for name in ("a", "b", "c")
}
option = st.sampled_from(["x", "y", "none", "unsure"])
about = st.one_of(
    st.fixed_dictionaries({"q": st.sampled_from(["one", "many", "town"]), "is": option}),
    st.fixed_dictionaries({"q": st.sampled_from(["one", "many"]), "has": option}),
    st.fixed_dictionaries(
        {"q": st.sampled_from(["one", "many", "town"]), "in": st.lists(option, min_size=1)}
    ),
    st.fixed_dictionaries({"q": st.just("age"), "ge": st.integers(0, 3)}, optional={"lt": st.integers(0, 3)}),
    st.fixed_dictionaries({"q": st.just("born"), "lt": st.just("1990-01-01")}),
)
condition = st.recursive(
    about,
    lambda part: st.one_of(
        st.fixed_dictionaries({"not": part}),
        st.fixed_dictionaries({"any": st.lists(part, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"all": st.lists(part, min_size=1, max_size=3)}),
    ),
    max_leaves=5,
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
    order = draw(st.permutations(list(QUESTIONS)))
    return flow(
        [
            {"id": name, "kind": QUESTIONS[name][0], "options": QUESTIONS[name][1]}
            | {"ask_when": draw(st.none() | condition)}
            for name in order
        ],
        draw(st.lists(effect, max_size=4)),
    )


@settings(max_examples=50, deadline=None)
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
