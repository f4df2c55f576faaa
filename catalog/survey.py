"""What of a survey is asked, given what was answered. Pure; the kiosk asks by it, the county checks by it."""

from collections.abc import Mapping, Sequence

from catalog.records import Survey
from catalog.records.county import SurveyOption, SurveyQuestion

Value = int | str
Given = Mapping[str, Sequence[Value]]
"""Question id → the values of the options chosen."""

RATING_KINDS = ("好差评", "rating")
GRADES = 5


def is_rating(survey: Survey) -> bool:
    """Whether this is the county's rating of services in five grades (国办发〔2019〕51号)."""
    return survey.survey_kind in RATING_KINDS


def asked(survey: Survey, given: Given) -> tuple[SurveyQuestion, ...]:
    """The questions that those before them do not rule out, in their order."""
    chosen: dict[str, tuple[Value, ...]] = {}
    found: list[SurveyQuestion] = []
    for question in survey.questions:
        if all(set(chosen.get(earlier, ())) & set(values) for earlier, values in question.show_if.items()):
            found.append(question)
            chosen[question.id] = _chosen(question, given.get(question.id, ()))
    return tuple(found)


def answers(survey: Survey, given: Given) -> dict[str, tuple[Value, ...]]:
    """What counts of what was given: options that exist, of questions that were asked, one where one may be chosen."""
    found = {question.id: _chosen(question, given.get(question.id, ())) for question in asked(survey, given)}
    return {question: values for question, values in found.items() if values}


def unanswered(survey: Survey, given: Given) -> tuple[SurveyQuestion, ...]:
    """Required questions that have options and no answer yet."""
    counted = answers(survey, given)
    return tuple(
        question
        for question in asked(survey, given)
        if question.required and question.options and question.id not in counted
    )


def grade(question: SurveyQuestion, option: SurveyOption) -> int:
    """The grade that an option stands for, 5 best: its stars, or its place from the top among the options."""
    if option.stars is not None:
        return max(1, min(GRADES, option.stars))
    last = max(1, len(question.options) - 1)
    return GRADES - round(question.options.index(option) * (GRADES - 1) / last)


def _chosen(question: SurveyQuestion, values: Sequence[Value]) -> tuple[Value, ...]:
    chosen = tuple(option.value for option in question.options if option.value in values)
    return chosen if question.type == "multi" else chosen[:1]
