"""Guided questions and results as values: days to choose, words for answers, and why something stands on the list."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.answers import UNSURE, Answers
from catalog.guided.result import result
from catalog.records.flow import FlowOption, FlowQuestion, GuidedFlow
from screens.question.days import day_of, further, is_beginning, label
from screens.question.page import Asking, answer_text, question_page
from screens.result.page import PARTS, Answered, ResultPage, result_page
from screens.shared.words import LANGUAGES, load_words
from tests.catalog.sheet.guided import FLOW, SERVICES

ZH, EN = load_words("zh"), load_words("en")
PLACE = FlowQuestion(id="p", kind="place", text="哪里？")
MANY = FlowQuestion(
    id="m",
    kind="multi",
    text="哪些？",
    text_en="Which?",
    help="帮助",
    options=tuple(FlowOption(id=name, text=name) for name in ("a", "b", "none")),
)


@pytest.mark.parametrize("year", [1999, 2026, 2096])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_is_four_touches_away(year: int, language: str) -> None:
    words, wanted = load_words(language), date(year - 60, 2, 28)
    digits = ""
    for length in (3, 4, 6, 8):
        offered = further(digits, year)
        assert all(is_beginning(one) and label(one, words) for one in offered)
        assert len({label(one, words) for one in offered}) == len(offered) <= 31
        digits = f"{wanted:%Y%m%d}"[:length]
        assert digits in offered
    assert day_of(digits) == wanted


def test_february_has_a_leap_day_when_it_has_one() -> None:
    assert "20240229" in further("202402", 2026)
    assert "20230229" not in further("202302", 2026)


@given(st.one_of(st.text(max_size=9), st.text("0123456789", max_size=9)))
def test_no_other_text_begins_a_date(text: str) -> None:
    if is_beginning(text):
        assert len(text) in (0, 3, 4, 6, 8)
        assert day_of(text) is None or f"{day_of(text):%Y%m%d}" == text
        assert further(text, 2026)


@pytest.mark.parametrize("language", LANGUAGES)
def test_towns_and_not_sure_are_offered(language: str) -> None:
    flow = GuidedFlow(id="f", event="e", title="F", questions=(PLACE,))
    page = question_page(Asking("life_event/e", flow, {"p": "乙"}, ("甲", "乙")), PLACE, load_words(language))
    assert [option.route for option in page.options] == [f"do/answer/p/{one}" for one in ("甲", "乙", UNSURE)]
    assert [option.chosen for option in page.options] == [False, True, False]
    assert page.options[1].state


def test_a_chosen_option_says_so_and_chinese_in_english_is_marked() -> None:
    flow = GuidedFlow(id="f", event="e", title="题", title_en="Title", questions=(MANY,))
    page = question_page(Asking("life_event/e", flow, {"m": ("a", "b")}), MANY, EN)
    assert [(option.state != "", option.icon) for option in page.options] == [
        (True, "checkbox-marked"),
        (True, "checkbox-marked"),
        (False, "checkbox-blank-outline"),
        (False, "checkbox-blank-outline"),
    ]
    assert (page.question, page.options[0].label) == ("Which?", EN("in-chinese", text="a"))
    assert EN("in-chinese", text="帮助") in page.hint


@pytest.mark.parametrize(
    ("answer", "said"),
    [(None, ZH("ask-unanswered")), (("a", "none"), "a、none"), ((UNSURE,), ZH("ask-unsure"))],
)
def test_answers_in_words(answer: Any, said: str) -> None:
    assert answer_text(MANY, answer, ZH) == said


def test_numbers_and_dates_in_words() -> None:
    assert answer_text(PLACE, date(1966, 3, 9), ZH) == "1966年3月9日"
    assert answer_text(PLACE, date(1966, 3, 9), EN) == "9 Mar 1966"
    assert answer_text(PLACE, 0, ZH) == "0"


def page_of(answers: Answers, part: str = "") -> ResultPage:
    found = result(FLOW, answers, SERVICES)
    floors = ["floor/1/A1", *([""] * (len(found.stops) - 1))]
    return result_page(Answered("life_event/e", FLOW, answers), found, (), floors, part, EN)


def test_a_paper_to_bring_says_why_how_many_and_what_for() -> None:
    identity, certificate = page_of({"q": "yes"}).papers
    assert "You are married" in certificate.note
    assert identity.amount == f"{EN('originals', count=1)}{EN('comma')}{EN('copies', count=4)}"
    assert EN("for-services", services=EN("list-comma").join(["first", "second"])) in identity.note


def test_not_sure_keeps_a_paper_apart() -> None:
    assert [row.title for row in page_of({"q": UNSURE}).cases] == ["certificate"]
    assert page_of({"q": "no"}).cases == ()


def test_what_is_left_out_says_which_answer_did_it() -> None:
    (left,) = page_of({"q": "no"}, "services").texts
    assert left.title == "third"
    assert "no" in left.text
    (dropped,) = page_of({"q": "no"}, "not-needed").texts
    assert (dropped.title, dropped.text) == ("certificate", "You are single")


def test_windows_lead_to_the_floor_plan_where_they_are_on_it() -> None:
    page = page_of({"q": "yes"}, "windows")
    assert [tile.route for tile in page.tiles] == ["floor/1/A1", "", ""]


def test_parts_without_anything_have_no_tab_and_show_the_first() -> None:
    assert [tab.route for tab in page_of({}).tabs] == [
        "result/life_event/e",
        "result/life_event/e/windows",
        "result/life_event/e/services",
    ]
    for part in ("not-needed", "nonsense", PARTS[0]):
        assert page_of({}, part) == page_of({})


def test_an_empty_result_says_why() -> None:
    found = result(FLOW, {}, {})
    page = result_page(Answered("life_event/e", FLOW, {}), found, (), [], "", EN)
    assert page.title == EN("result-empty")
    assert page.notes
    assert not page.facts
