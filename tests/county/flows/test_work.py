"""What buttons do to a flow: each act is right, and no sequence of acts breaks a flow."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from catalog.guided.examples import run
from catalog.records import GuidedFlow, PublicService, Record
from catalog.records.flow import FlowOption
from catalog.text import content_hash
from county.flows.board import board
from county.flows.lines import Line, Unfinished
from county.flows.parts import Impossible
from county.flows.storing import read_flow, write_flow
from county.flows.trying import example_of, read, touched, trial
from county.flows.wording import Speech
from county.flows.work import ACTS, Names, Work, told
from tests.catalog.guided.flows import flow, paper, service

NAMES = Names("新问题", "选项", FlowOption(id="unsure", text="说不清"))
SPEECH = Speech(lambda key, **values: f"{key}{values or ''}", lambda chinese, _: chinese)
SMALL = flow([{"id": "who", "options": "self other unsure"}], [{"do": {"include_services": ["s"]}}])
SERVICES = {"s": service("s", paper("申请表"), paper("委托书", "代办的"))}


def act(work: Work, *acts: tuple[str, str]) -> Work:
    for name, rest in acts:
        work = ACTS[name](work, rest, NAMES)
    return work


def fields_of(work: Work) -> dict[str, str]:
    """What the form of the open card says when nobody has typed."""
    found: dict[str, str] = {}
    if work.question:
        question = next(one for one in work.flow.questions if one.id == work.question)
        found = {name: getattr(question, name) for name in ("text", "text_en", "help", "help_en", "kind")}
        for place, option in enumerate(question.options):
            for name in ("text", "text_en", "note", "note_en"):
                found[f"option-{place}-{name}"] = getattr(option, name)
    elif work.rule is not None:
        do = work.flow.effects[work.rule].do
        found = {"note": do.note, "note_en": do.note_en}
        for name in ("require_evidence", "drop_evidence"):
            for place, one in enumerate(getattr(do, name)):
                found[f"{name}-{place}-reason"] = one.reason
                found[f"{name}-{place}-reason_en"] = one.reason_en
    return found


def test_a_flow_that_is_opened_everywhere_and_left_as_it_is_stays_the_same(
    sample: tuple[Record, ...],
) -> None:
    flows = [record for record in sample if isinstance(record, GuidedFlow)]
    assert flows
    for one in flows:
        leave_as_it_is(one)


def leave_as_it_is(flow: GuidedFlow) -> None:
    places = [f"questions.{question.id}" for question in flow.questions]
    places += [f"effects.{number}" for number in range(1, len(flow.effects) + 1)]
    work = Work(flow)
    for place in ("flow", *places):
        work = act(work, ("open", place))
        work = told(work, fields_of(work) or {"title": flow.title, "title_en": flow.title_en}, NAMES)
        work = act(work, ("close", ""))
    assert content_hash(work.flow) == content_hash(flow)
    assert read_flow(write_flow(work.flow)) == flow


def test_whoever_acts_for_another_brings_an_authorisation() -> None:
    work = act(Work(SMALL), ("rule-add", ""))
    assert work.line == "all"
    work = replace(work, draft=Line("who", "chosen", ("other",)))
    work = act(work, ("line-put", ""), ("name", "require_evidence s 委托书"))
    work = told(work, {"require_evidence-0-reason": " 由别人代办 "}, NAMES)
    outcome = trial(work.flow, {"who": ["other"]}, SERVICES, (), None, SPEECH).outcome
    asked = {one.paper.title: one.reasons[0].text for one in outcome.papers}
    assert asked == {"申请表": "", "委托书": "由别人代办"}


def test_parts_are_added_moved_and_removed() -> None:
    work = act(
        Work(SMALL), ("question-add", ""), ("option-add", ""), ("option-up", "1"), ("option-remove", "0")
    )
    added = work.flow.questions[1]
    assert (added.id, work.place) == ("q1", "questions.q1")
    assert [option.id for option in added.options] == ["o1", "unsure"]
    assert [one.id for one in act(work, ("question-up", "q1")).flow.questions] == ["q1", "who"]
    assert act(work, ("question-remove", "q1")).flow == SMALL
    assert [one.id for one in act(work, ("question-to", "q1 0")).flow.questions] == ["q1", "who"]
    assert act(work, ("question-to", "who 9")).flow == act(work, ("question-to", "who 1")).flow
    doubled = act(work, ("rule-copy", "0"), ("rule-up", "1"), ("rule-remove", "0"))
    assert doubled.flow.effects == SMALL.effects


def test_what_a_rule_names_it_does_not_deny() -> None:
    work = act(Work(SMALL), ("open", "effects.1"), ("name", "exclude_services s"))
    do = work.flow.effects[0].do
    assert (do.include_services, do.exclude_services) == ((), ("s",))
    with pytest.raises(Impossible, match="named-already"):
        act(work, ("name", "exclude_services s"))
    assert act(work, ("unname", "exclude_services 0")).flow.effects[0].do.exclude_services == ()


@pytest.mark.parametrize(
    ("place", "texts", "problem"),
    [
        ("questions.who", {"text": "  "}, "no-text"),
        ("questions.who", {"option-0-text": ""}, "no-option-text"),
        ("questions.who", {"kind": "colour"}, "kind"),
        ("flow", {"title": " "}, "no-title"),
    ],
)
def test_a_form_that_is_not_filled_in_says_so(place: str, texts: dict[str, str], problem: str) -> None:
    with pytest.raises(Impossible, match=problem):
        told(act(Work(SMALL), ("open", place)), texts, NAMES)


def test_an_answer_of_another_kind_keeps_what_fits() -> None:
    work = act(Work(SMALL), ("open", "questions.who"))
    number = told(work, {"kind": "number"}, NAMES)
    assert number.flow.questions[0].options == ()
    assert [one.id for one in told(number, {"kind": "multi"}, NAMES).flow.questions[0].options] == ["unsure"]


REST = st.one_of(
    st.sampled_from(
        ["", "0", "1", "7", "-1", "who", "q1", "q2", "effects.1", "effects.2", "questions.q1", "flow"]
    ),
    st.sampled_from(
        ["all 0", "none ", "not_all 0.1", "require_evidence s 委托书", "drop_evidence s 无", "x y"]
    ),
    st.sampled_from(
        ["include_services s", "exclude_services t", "require_evidence 0", "0 1", "0.0.0.0", "99999999"]
    ),
    st.text(max_size=8),
)
DRAFT = st.builds(
    Line,
    st.sampled_from(["who", "q1", "q2", "nobody"]),
    st.sampled_from(["chosen", "not_chosen", "only", "between", "is_not", "else"]),
    st.lists(st.sampled_from(["self", "o1", "unsure", "", "x"]), max_size=2).map(tuple),
    st.sampled_from(["", "1", "x"]),
    st.sampled_from(["ge", "gt", "x"]),
    st.sampled_from(["", "2026-01-01", "9"]),
    st.sampled_from(["lt", "le", "x"]),
)
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), REST, DRAFT), max_size=25)
NAMES_OF_FIELDS = st.sampled_from(
    ["text", "kind", "note", "search", "option-0-text", "require_evidence-0-reason"]
)
FIELDS = st.dictionaries(NAMES_OF_FIELDS, st.sampled_from(["", "字", "number", "date", "multi"]), max_size=2)


@pytest.mark.slow
@given(STEPS, FIELDS)
def test_no_sequence_of_acts_breaks_a_flow(steps: Any, fields: dict[str, str]) -> None:
    work = Work(SMALL)
    for name, rest, draft in steps:
        with suppress(Impossible, Unfinished):
            work = ACTS[name](replace(told(work, fields, NAMES), draft=draft), rest, NAMES)
        assert read_flow(write_flow(work.flow)) == work.flow
        ids = [question.id for question in work.flow.questions]
        assert len(ids) == len(set(ids))
    shown = board(work, ["s"], SERVICES, (), SPEECH)
    assert len(shown.questions) == len(work.flow.questions)
    trial(work.flow, {"who": ["self"]}, SERVICES, (), None, SPEECH)


def test_flaws_are_shown_where_they_are_with_answers_that_show_them() -> None:
    broken = flow([{"id": "who", "options": "self"}], [{"do": {}, "when": {"q": "who", "is": "gone"}}])
    shown = board(Work(broken), [], SERVICES, (), SPEECH)
    assert not shown.proof.sound
    assert shown.rules[0].flaws
    assert {one.flaw.code for one in shown.flaws} >= {"flow-unknown-option", "flow-empty-effect"}


def test_a_try_that_is_kept_as_an_example_holds(sample: tuple[Record, ...]) -> None:
    services = {record.id: record for record in sample if isinstance(record, PublicService)}
    for one in (record for record in sample if isinstance(record, GuidedFlow)):
        given = {one.questions[0].id: [one.questions[0].options[0].id], one.questions[1].id: ["unsure"]}
        example = example_of(one, given, "试过的", services)
        assert example.services
        assert run(replace_examples(one, example), services) == []


def replace_examples(flow: GuidedFlow, example: Any) -> GuidedFlow:
    return changed(flow, examples=(example,))


def test_an_example_needs_a_title_and_answers() -> None:
    with pytest.raises(Impossible, match="no-example-title"):
        example_of(SMALL, {"who": ["self"]}, " ", SERVICES)
    with pytest.raises(Impossible, match="no-answers"):
        example_of(SMALL, {}, "空", SERVICES)


def test_answers_as_typed() -> None:
    asked = flow(
        [
            {"id": "n", "kind": "number"},
            {"id": "d", "kind": "date"},
            {"id": "m", "kind": "multi", "options": "x y none unsure"},
        ],
        [],
    )
    answers, wrong = read(asked, {"n": ["12"], "d": ["2026-01-31"], "m": ["y", "x"]})
    assert (answers["n"], str(answers["d"]), answers["m"], wrong) == (12, "2026-01-31", ("x", "y"), set())
    assert read(asked, {"n": ["十二"], "d": ["昨天"], "m": ["z"]}) == ({}, {"n", "d", "m"})
    assert read(asked, {"n": ["", "unsure"]})[0] == {"n": "unsure"}
    assert touched(asked, {"m": ["x", "none"]}, "m", "none") == {"m": ("none",)}
    assert touched(asked, {"m": ["none", "x"]}, "m", "x") == {"m": ("x",)}


def test_a_text_that_is_no_flow_is_refused() -> None:
    for text in (
        "",
        "{",
        "[]",
        '{"id":1}',
        "[" * 5000,
        '{"id":"a","event":"b","title":"' + "x" * 2_000_001 + '"}',
    ):
        with pytest.raises(Impossible):
            read_flow(text)
