"""Which questions are asked, and which answers count."""

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from catalog.records import Record, Survey
from catalog.records.county import SurveyOption, SurveyQuestion
from catalog.survey import Value, answers, asked, grade, is_rating, unanswered

FIVE = tuple(SurveyOption(value=n, label=str(n), stars=n) for n in (5, 4, 3, 2, 1))
REASONS = (SurveyOption(value="slow", label="slow"), SurveyOption(value="rude", label="rude"))
SURVEY = Survey(
    id="s",
    survey_kind="好差评",
    title="s",
    questions=(
        SurveyQuestion(id="overall", type="grade", text="?", required=True, options=FIVE),
        SurveyQuestion(
            id="bad", type="multi", text="?", required=True, options=REASONS, show_if={"overall": (1, 2)}
        ),
        SurveyQuestion(id="word", type="text", text="?", required=True, show_if={"bad": ("rude",)}),
    ),
)


def ids(questions: tuple[SurveyQuestion, ...]) -> list[str]:
    return [question.id for question in questions]


def test_a_question_is_asked_when_an_earlier_answer_wants_it() -> None:
    assert ids(asked(SURVEY, {})) == ["overall"]
    assert ids(asked(SURVEY, {"overall": (5,)})) == ["overall"]
    assert ids(asked(SURVEY, {"overall": (2,)})) == ["overall", "bad"]
    assert ids(asked(SURVEY, {"overall": (2,), "bad": ("slow", "rude")})) == ["overall", "bad", "word"]


def test_an_answer_to_a_question_that_is_no_longer_asked_does_not_count() -> None:
    given: dict[str, tuple[Value, ...]] = {"overall": (5,), "bad": ("rude",)}
    assert ids(asked(SURVEY, given)) == ["overall"]
    assert answers(SURVEY, given) == {"overall": (5,)}
    assert answers(SURVEY, given | {"overall": (1,)}) == {"overall": (1,), "bad": ("rude",)}


def test_what_must_be_answered_is_what_can_be_touched() -> None:
    assert ids(unanswered(SURVEY, {})) == ["overall"]
    assert ids(unanswered(SURVEY, {"overall": (1,)})) == ["bad"]
    assert unanswered(SURVEY, {"overall": (1,), "bad": ("rude",)}) == ()


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ({"overall": (9,)}, {}),
        ({"overall": (5, 1)}, {"overall": (5,)}),
        ({"nope": (1,)}, {}),
        ({"overall": ()}, {}),
    ],
)
def test_only_options_that_exist_count(given: dict[str, tuple[int, ...]], counted: object) -> None:
    assert answers(SURVEY, given) == counted


def test_grades_come_from_stars_or_from_the_place() -> None:
    bare = SurveyQuestion(id="q", type="scale", text="?", options=(SurveyOption(value="a", label="a"),) * 1)
    assert grade(bare, bare.options[0]) == 5
    three = SurveyQuestion(
        id="q", type="scale", text="?", options=tuple(SurveyOption(value=n, label=str(n)) for n in range(3))
    )
    assert [grade(three, option) for option in three.options] == [5, 3, 1]
    assert [grade(SURVEY.questions[0], option) for option in FIVE] == [5, 4, 3, 2, 1]


@examples(
    st.dictionaries(
        st.sampled_from(["overall", "bad", "word", "x"]),
        st.lists(st.integers(0, 6) | st.sampled_from(["slow", "rude", "?"]), max_size=4),
    )
)
def test_answers_are_stable_and_belong_to_the_survey(given: dict[str, list[int | str]]) -> None:
    counted = answers(SURVEY, given)
    assert answers(SURVEY, counted) == counted
    assert set(counted) <= set(ids(asked(SURVEY, given)))


def test_the_demonstration_county_has_a_rating_and_a_questionnaire_in_both_languages(
    sample: tuple[Record, ...],
) -> None:
    surveys = [record for record in sample if isinstance(record, Survey)]
    assert sorted(is_rating(survey) for survey in surveys) == [False, True]
    for survey in surveys:
        assert survey.title_en
        assert all(question.text_en for question in survey.questions)
        assert all(option.label_en for question in survey.questions for option in question.options)
