"""On small flows the proof says what trying every combination of answers says, as the engine takes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.answers import ALONE, UNSURE, Answer, Answers, option_ids
from catalog.guided.conditions import holds
from catalog.guided.engine import asked, counted
from catalog.guided.proof.count import count_walks
from catalog.guided.proof.domain import answers_to
from catalog.guided.proof.flaw import at_effect, at_question
from catalog.guided.proof.model import Model, Subject, model_of
from catalog.guided.proof.outcome import empty_results, idle_questions
from catalog.guided.proof.papers import idle_papers
from catalog.guided.proof.reach import unreachable
from catalog.guided.proof.services import idle_services
from catalog.guided.proof.unsure import unsure_removes
from catalog.guided.result import NOTHING, Result, result
from catalog.records.flow import FlowQuestion
from tests.catalog.guided.flows import ASKED, conditions, flow, paper, service

SERVICES = {name: service(name, paper("证"), paper("书", "代办时", order=2)) for name in ("a", "b")}

option = st.sampled_from(["x", "y", "unsure"])
condition = conditions(
    option, st.fixed_dictionaries({"q": st.just("many"), "has": option | st.just("none")}), leaves=4
)
names = st.lists(st.sampled_from(list(SERVICES)), max_size=2, unique=True)
papers = st.lists(
    st.fixed_dictionaries(
        {"service": st.sampled_from(list(SERVICES)), "evidence": st.sampled_from(["证", "书"])}
    ),
    max_size=1,
)
action = st.fixed_dictionaries(
    {
        "include_services": names,
        "exclude_services": names,
        "require_evidence": papers,
        "drop_evidence": papers,
        "note": st.sampled_from(["", "", "请看"]),
    }
)
effect = st.fixed_dictionaries({"do": action, "when": st.none() | condition})


@st.composite
def models(draw: st.DrawFn) -> Model:
    order = draw(st.permutations(list(ASKED)))[:3]
    questions = [
        {"id": name, "kind": ASKED[name][0], "options": ASKED[name][1]}
        | {"ask_when": draw(st.none() | condition)}
        for name in order
    ]
    return model_of(Subject(flow(questions, draw(st.lists(effect, max_size=5))), SERVICES))


@dataclass(frozen=True)
class Everything:
    """All ways to answer a flow, tried one by one."""

    subject: Subject

    def choices(self, question: FlowQuestion) -> list[Answer]:
        if question.kind != "multi":
            return answers_to(question, self.subject.conditions[question.id], ())
        together = [option for option in option_ids(question) if option not in ALONE]
        sets = chain.from_iterable(combinations(together, size) for size in range(1, len(together) + 1))
        return [*sets, *((alone,) for alone in option_ids(question) if alone in ALONE)]

    @cached_property
    def given(self) -> list[dict[str, Answer]]:
        questions = self.subject.flow.questions
        return [
            {question.id: answer for question, answer in zip(questions, answers, strict=True)}
            for answers in product(*map(self.choices, questions))
        ]

    @cached_property
    def results(self) -> dict[tuple[Answer, ...], Result]:
        return {tuple(given.values()): result(self.subject.flow, given, SERVICES) for given in self.given}

    def result(self, given: Answers) -> Result:
        return self.results[tuple(given.values())]

    def holding(self, number: int) -> Iterator[dict[str, Answer]]:
        effect = self.subject.flow.effects[number]
        return (given for given in self.given if holds(effect.when, counted(self.subject.flow, given)))

    def others(self, given: Mapping[str, Answer], question: FlowQuestion) -> Iterator[dict[str, Answer]]:
        return ({**given, question.id: other} for other in self.choices(question))


def services_of(outcome: Result) -> set[str]:
    return {chosen.service.id for chosen in outcome.services}


def listed(outcome: Result) -> set[tuple[str, str]]:
    return {(one.id, wanted.paper.title) for wanted in outcome.papers for one, _ in wanted.paper.needs}


def dropped(outcome: Result) -> set[tuple[str, str]]:
    return {(one.reason.service, one.title) for one in outcome.dropped}


def seen(outcome: Result, tried: Everything, given: Answers) -> Any:
    """What is shown, with what was said about each paper; by effect, since a reason is shown too."""
    holding = [
        (
            number,
            [
                (one.service, one.evidence)
                for one in effect.do.require_evidence
                if one.service in services_of(outcome)
            ],
        )
        for number, effect in enumerate(tried.subject.flow.effects)
        if holds(effect.when, counted(tried.subject.flow, given))
    ]
    required = [(number, papers) for number, papers in holding if papers]
    dropping = [
        (number, one.service, one.evidence)
        for number, _ in holding
        for one in tried.subject.flow.effects[number].do.drop_evidence
        if (one.service, one.evidence) in dropped(outcome)
    ]
    noted = [number for number, _ in holding if tried.subject.flow.effects[number].do.note]
    return sorted(services_of(outcome)), sorted(listed(outcome)), required, dropping, noted


def _what_is_unreachable(model: Model, tried: Everything) -> None:
    known = set[str]()
    list(unreachable(model, known))
    reached = {at_question(one.id) for given in tried.given for one in asked(model.subject.flow, given)}
    reached |= {at_effect(number) for number in range(len(model.effects)) if any(tried.holding(number))}
    places = {at_question(one.id) for one in model.subject.flow.questions}
    places |= {at_effect(number) for number in range(len(model.effects))}
    assert known == places - reached


def _what_is_idle_among_services(model: Model, tried: Everything) -> None:
    found = {(flaw.code, flaw.at) for flaw in idle_services(model, set())}
    outcomes = [tried.result(given) for given in tried.given]
    expected = set()
    effects = list(enumerate(model.subject.flow.effects))
    alive = {name for outcome in outcomes for name in services_of(outcome)}
    for name in SERVICES:
        including = [number for number, one in effects if name in one.do.include_services]
        if including and name not in alive:
            expected.add(("flow-unreachable-service", at_effect(including[0])))
    for number, one in effects:
        holding = [tried.result(given) for given in tried.holding(number)]
        out = {chosen.service.id for outcome in holding for chosen in outcome.left_out}
        there = {name for outcome in holding for name in services_of(outcome)}
        named = set(model.included)
        for name in one.do.include_services:
            if name in alive and name not in there:
                expected.add(("flow-idle-inclusion", at_effect(number)))
        for name in one.do.exclude_services:
            if (name in alive or name not in named) and name not in out:
                expected.add(("flow-idle-exclusion", at_effect(number)))
    assert found == expected


def _what_is_idle_among_papers(model: Model, tried: Everything) -> None:
    found = {(flaw.code, flaw.at) for flaw in idle_papers(model, set())}
    expected = set()
    alive = {name for given in tried.given for name in services_of(tried.result(given))}
    lost = set(model.included) - alive
    for number, one in enumerate(model.subject.flow.effects):
        holding = [tried.result(given) for given in tried.holding(number)]
        there = {name for outcome in holding for name in services_of(outcome)}
        gone = {name for outcome in holding for name in dropped(outcome)}
        for needed in one.do.require_evidence:
            if needed.service not in there and needed.service not in lost:
                expected.add(("flow-idle-requirement", at_effect(number)))
        for spared in one.do.drop_evidence:
            if spared.service in lost:
                continue
            if spared.evidence == "证" or spared.service not in model.included:
                expected.add(("flow-idle-drop", at_effect(number)))
            elif spared.service not in there:
                expected.add(("flow-spare-drop", at_effect(number)))
            elif (spared.service, spared.evidence) not in gone:
                expected.add(("flow-idle-drop", at_effect(number)))
    everywhere = {entry for given in tried.given for entry in listed(tried.result(given))}
    for name in alive:
        dropping = [
            number
            for number, one in enumerate(model.subject.flow.effects)
            if any((spared.service, spared.evidence) == (name, "书") for spared in one.do.drop_evidence)
        ]
        always = any(model.subject.flow.effects[number].when is None for number in dropping)
        if dropping and not always and (name, "书") not in everywhere:
            expected.add(("flow-unreachable-evidence", at_effect(dropping[0])))
    assert found == expected


def _empty_results(model: Model, tried: Everything) -> None:
    found = list(empty_results(model))
    unexplained = [given for given in tried.given if NOTHING in tried.result(given).notes]
    assert bool(found) == bool(unexplained)
    for flaw in found:
        assert flaw.walk is not None
        assert NOTHING in result(model.subject.flow, flaw.walk.answers, SERVICES).notes


def _questions_whose_answer_changes_nothing(model: Model, tried: Everything) -> None:
    shown = {tuple(given.values()): seen(tried.result(given), tried, given) for given in tried.given}
    expected = {
        at_question(question.id)
        for question in model.subject.flow.questions
        if all(
            shown[tuple(given.values())] == shown[tuple(other.values())]
            for given in tried.given
            for other in tried.others(given, question)
        )
    }
    assert {flaw.at for flaw in idle_questions(model, set())} == expected


def _what_unsure_removes(model: Model, tried: Everything) -> None:
    flow = model.subject.flow
    expected = {
        at_question(question.id)
        for question in flow.questions
        for given in tried.given
        if given[question.id] in (UNSURE, (UNSURE,)) and question in asked(flow, given)
        for other in tried.others(given, question)
        if asked(flow, given) == asked(flow, other) and _lost(tried.result(given), tried.result(other))
    }
    found = list(unsure_removes(model, set()))
    assert {flaw.at for flaw in found} == expected
    for flaw in found:
        assert flaw.walk is not None
        assert flaw.walk.answers[flaw.at.removeprefix("questions.")] in (UNSURE, (UNSURE,))


def _lost(unsure: Result, other: Result) -> bool:
    left_out = {chosen.service.id for chosen in unsure.left_out}
    return bool(left_out & services_of(other)) or bool(dropped(unsure) & listed(other))


def _how_many_walks(model: Model, tried: Everything) -> None:
    walks = {tuple(counted(model.subject.flow, given).items()) for given in tried.given}
    classes = {tuple((name, _class(model.subject, name, answer)) for name, answer in walk) for walk in walks}
    assert count_walks(model.subject) == len(classes)


def _class(subject: Subject, name: str, answer: Answer) -> Any:
    """Numbers and dates that no condition tells apart count once."""
    if ASKED[name][0] not in ("number", "date"):
        return answer
    judged = tuple(holds(condition, {name: answer}) for condition in subject.conditions[name])
    return answer == UNSURE, judged


@pytest.mark.slow
@given(models())
def test_the_proof_says_what_trying_everything_says(model: Model) -> None:
    tried = Everything(model.subject)
    for compare in (
        _what_is_unreachable,
        _what_is_idle_among_services,
        _what_is_idle_among_papers,
        _empty_results,
        _questions_whose_answer_changes_nothing,
        _what_unsure_removes,
        _how_many_walks,
    ):
        compare(model, tried)
