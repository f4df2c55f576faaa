"""What comes out of a walk."""

from typing import Any

from catalog.guided.answers import Answers
from catalog.guided.result import NOTHING, Note, Result, result
from catalog.records import PublicService
from tests.catalog.guided.flows import flow, paper, service

ALL = {"do": {"include_services": ["a", "b"]}}
QUESTIONS = [{"id": "done", "options": "yes no"}, {"id": "who", "options": "self other"}]
A = service("a", paper("身份证", originals=1, copies=1), paper("委托书", "代办时", order=2, originals=1))
B = service("b", paper("身份证", originals=1, copies=2), paper("结婚证", "已婚时", order=2))
SERVICES = {"a": A, "b": B}


def outcome(effects: list[Any], services: dict[str, PublicService] = SERVICES, **answers: str) -> Result:
    return result(flow(QUESTIONS, effects), answers, services)


def ids(found: Result) -> list[str]:
    return [chosen.service.id for chosen in found.services]


def groups(found: Result) -> dict[str, str]:
    return {wanted.paper.title: wanted.paper.group for wanted in found.papers}


def require(service: str, paper: str, reason: str = "因为") -> dict[str, Any]:
    return {"require_evidence": [{"service": service, "evidence": paper, "reason": reason}]}


def drop(service: str, paper: str, reason: str = "不用") -> dict[str, Any]:
    return {"drop_evidence": [{"service": service, "evidence": paper, "reason": reason}]}


def when(question: str, option: str, do: dict[str, Any]) -> dict[str, Any]:
    return {"when": {"q": question, "is": option}, "do": do}


def test_an_excluded_service_is_out_whatever_includes_it_and_in_whatever_order() -> None:
    out = when("done", "yes", {"exclude_services": ["a"]})
    again = when("done", "yes", {"include_services": ["a"]})
    for effects in ([ALL, out, again], [out, again, ALL]):
        found = outcome(effects, done="yes")
        assert ids(found) == ["b"]
        assert [(chosen.service.id, chosen.questions) for chosen in found.left_out] == [("a", ("done",))]
        assert ids(outcome(effects, done="no")) == ["a", "b"]


def test_services_say_which_questions_brought_them() -> None:
    effects = [
        when("done", "no", {"include_services": ["b"]}),
        when("who", "self", {"include_services": ["b"]}),
    ]
    found = outcome([*effects, {"do": {"include_services": ["a"]}}], done="no", who="self")
    assert [(chosen.service.id, chosen.questions) for chosen in found.services] == [
        ("b", ("done", "who")),
        ("a", ()),
    ]


def test_a_paper_without_a_condition_stays_whatever_is_dropped() -> None:
    found = outcome([ALL, {"do": drop("a", "身份证")}])
    assert groups(found)["身份证"] == "bring"
    assert [(reason.service, reason.why) for reason in found.papers[0].reasons] == [
        ("a", "always"),
        ("b", "always"),
    ]


def test_a_paper_with_a_condition_is_listed_until_it_is_dropped() -> None:
    effects = [ALL, when("who", "self", drop("a", "委托书", "本人来办"))]
    assert groups(outcome(effects))["委托书"] == "in_case"
    found = outcome(effects, who="self")
    assert "委托书" not in groups(found)
    (dropped,) = (one for one in found.dropped if one.title == "委托书")
    assert (dropped.reason.text, dropped.reason.questions) == ("本人来办", ("who",))


def test_a_requirement_beats_a_drop_and_gives_the_reason() -> None:
    effects = [
        ALL,
        when("who", "other", require("a", "委托书", "别人来办")),
        {"do": drop("a", "委托书")},
        when("done", "no", require("a", " 委托书 ", "还没办")),
    ]
    found = outcome(effects, who="other", done="no")
    (wanted,) = (one for one in found.papers if one.paper.title == "委托书")
    assert wanted.paper.group == "bring"
    (reason,) = wanted.reasons
    assert (reason.why, reason.text, reason.questions) == ("answers", "别人来办；还没办", ("done", "who"))


def test_a_required_paper_is_to_bring_although_the_office_calls_it_optional() -> None:
    optional = service("a", paper("委托书", "代办时", necessity="optional"))
    found = outcome([ALL, {"do": require("a", "委托书")}], {"a": optional})
    assert groups(found) == {"委托书": "bring"}


def test_a_requirement_waives_no_waiver() -> None:
    waived = service("a", paper("户口簿", "迁入时", waiver="data_sharing"))
    assert groups(outcome([ALL, {"do": require("a", "户口簿")}], {"a": waived})) == {"户口簿": "waived"}


def test_papers_are_merged_across_services_each_with_its_own_reason() -> None:
    found = outcome([ALL])
    identity = found.papers[0]
    assert (identity.paper.title, identity.paper.originals, identity.paper.copies) == ("身份证", 1, 3)
    assert [need.id for need, _ in identity.paper.needs] == [reason.service for reason in identity.reasons]


def test_two_papers_of_one_title_keep_their_own_conditions() -> None:
    twice = service("a", paper("照片", copies=1), paper("照片", "换发时", order=2, copies=2))
    found = outcome([ALL, {"do": drop("a", "照片")}], {"a": twice})
    (wanted,) = found.papers
    assert [
        (reason.why, need.copies)
        for reason, (_, need) in zip(wanted.reasons, wanted.paper.needs, strict=True)
    ] == [("always", 1)]
    assert [one.reason.why for one in found.dropped] == ["dropped"]


def test_notes_are_said_once_in_the_order_of_the_effects() -> None:
    effects = [
        {"do": {"include_services": ["a"], "note": "先预约"}},
        when("who", "self", {"note": "带原件", "note_en": "Bring originals"}),
        when("done", "no", {"note": "先预约"}),
    ]
    assert outcome(effects, who="self", done="no").notes == (
        Note("先预约"),
        Note("带原件", "Bring originals"),
    )


def test_an_empty_result_says_why() -> None:
    always = {"do": {"include_services": ["a"], "note": "周六不开"}}
    out = {"exclude_services": ["a"]}
    silent = [always, when("done", "yes", out)]
    speaking = [always, when("done", "yes", out | {"note": "都办好了"})]
    assert outcome(silent, done="yes").notes == (Note("周六不开"), NOTHING)
    assert outcome(speaking, done="yes").notes == (Note("周六不开"), Note("都办好了"))
    assert outcome(silent, done="no").notes == (Note("周六不开"),)


def test_services_that_are_not_in_the_edition_are_passed_over() -> None:
    found = outcome([{"do": {"include_services": ["gone"], "exclude_services": ["away"]}}])
    assert (found.services, found.left_out, found.notes) == ((), (), (NOTHING,))


def test_answers_to_questions_that_are_not_asked_change_nothing() -> None:
    asked = [QUESTIONS[0], QUESTIONS[1] | {"ask_when": {"q": "done", "is": "no"}}]
    one = flow(asked, [ALL, when("who", "other", require("a", "委托书"))])
    kept: Answers = {"done": "yes", "who": "other"}
    assert result(one, kept, SERVICES) == result(one, {"done": "yes"}, SERVICES)
    assert result(one, {**kept, "done": "no"}, SERVICES) != result(one, {"done": "no"}, SERVICES)
