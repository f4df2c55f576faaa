"""Walking a flow: what is asked, what counts, and that no answer is lost."""

from datetime import date
from typing import Any

import pytest

from catalog.guided.answers import LARGEST, UNSURE, Answers, read_answer, toggled
from catalog.guided.engine import answer, asked, counted, next_question, question_of
from tests.catalog.guided.flows import flow

FLOW = flow(
    [
        {"id": "done", "kind": "multi", "options": "cert hukou none unsure"},
        {"id": "place", "options": "here home", "ask_when": {"not": {"q": "done", "has": "cert"}}},
        {"id": "how", "options": "car foot", "ask_when": {"q": "place", "is": "home"}},
        {"id": "age", "kind": "number"},
        {"id": "born", "kind": "date", "ask_when": {"q": "age", "ge": 60}},
        {"id": "town", "kind": "place"},
    ],
    [],
)


def given(**answers: Any) -> Answers:
    result: Answers = {}
    for question, value in answers.items():
        result = answer(FLOW, result, question, value)
    return result


def ids(answers: Answers) -> list[str]:
    return [question.id for question in asked(FLOW, answers)]


def test_only_questions_whose_condition_holds_are_asked() -> None:
    assert ids({}) == ["done", "place", "age", "town"]
    assert ids(given(place="home", age=60)) == ["done", "place", "how", "age", "born", "town"]
    assert ids(given(done=("cert",), place="home")) == ["done", "age", "town"]


def test_an_answer_counts_only_while_its_question_is_asked_and_is_kept_meanwhile() -> None:
    before = given(place="home", how="car")
    without = answer(FLOW, before, "done", ("cert",))
    assert counted(FLOW, without) == {"done": ("cert",)}
    again = answer(FLOW, without, "done", ("hukou",))
    assert counted(FLOW, again) == {"done": ("hukou",), "place": "home", "how": "car"}
    assert before == {"place": "home", "how": "car"}


def test_an_answer_that_is_taken_back_takes_nothing_else_with_it() -> None:
    answers = given(done=("none",), place="home", how="car")
    assert answer(FLOW, answers, "place", None) == {"done": ("none",), "how": "car"}
    assert counted(FLOW, answer(FLOW, answers, "place", None)) == {"done": ("none",)}


def test_the_next_question() -> None:
    assert next_question(FLOW, {}) == question_of(FLOW, "done")
    assert next_question(FLOW, given(done=("none",), place="here", age=0)) == question_of(FLOW, "town")
    answers = given(done=("none",), place="here", age=0, town="东河街道")
    assert next_question(FLOW, answers) is None
    assert next_question(FLOW, answers, "done") == question_of(FLOW, "place")
    assert next_question(FLOW, answers, "how") == question_of(FLOW, "age")
    assert next_question(FLOW, answers, "town") is None
    assert next_question(FLOW, answers, "no such question") is None


@pytest.mark.parametrize("question", [question.id for question in FLOW.questions])
def test_every_question_can_be_answered_with_not_sure(question: str) -> None:
    unsure = (UNSURE,) if question == "done" else UNSURE
    assert answer(FLOW, {}, question, unsure) == {question: unsure}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("nothing", "x"),
        ("done", "cert"),
        ("done", ()),
        ("done", ("cert", "nothing")),
        ("done", ("cert", UNSURE)),
        ("done", ("hukou", "none")),
        ("done", ("none", UNSURE)),
        ("place", "nowhere"),
        ("place", ("here",)),
        ("place", 1),
        ("age", -1),
        ("age", True),
        ("age", LARGEST + 1),
        ("age", "45"),
        ("born", "1965-01-01"),
        ("born", 1965),
        ("town", ""),
        ("town", 3),
    ],
)
def test_an_answer_must_fit_its_question(question: str, value: Any) -> None:
    with pytest.raises(ValueError, match=question):
        answer(FLOW, {}, question, value)


def test_several_options_stand_in_their_order_each_once() -> None:
    assert given(done=("hukou", "cert", "hukou")) == {"done": ("cert", "hukou")}


def test_none_and_not_sure_each_exclude_the_others() -> None:
    done = question_of(FLOW, "done")
    assert toggled(done, (), "hukou") == ("hukou",)
    assert toggled(done, ("hukou",), "cert") == ("cert", "hukou")
    assert toggled(done, ("cert", "hukou"), "cert") == ("hukou",)
    assert toggled(done, ("cert", "hukou"), "none") == ("none",)
    assert toggled(done, ("none",), UNSURE) == (UNSURE,)
    assert toggled(done, (UNSURE,), "cert") == ("cert",)
    assert toggled(done, ("cert",), "cert") == ()


def test_answers_are_read_as_they_are_typed() -> None:
    assert read_answer(question_of(FLOW, "born"), "1965-02-28") == date(1965, 2, 28)
    assert read_answer(question_of(FLOW, "done"), ["hukou", "cert"]) == ("cert", "hukou")
    assert read_answer(question_of(FLOW, "done"), "none") == ("none",)
    assert read_answer(question_of(FLOW, "age"), 0) == 0
    with pytest.raises(ValueError, match="month"):
        read_answer(question_of(FLOW, "born"), "1965-13-28")
    with pytest.raises(ValueError, match="age"):
        read_answer(question_of(FLOW, "age"), "45")
