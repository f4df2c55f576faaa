"""Faces to grade with, and options to choose from: what rating, questionnaire and farewell share."""

from dataclasses import dataclass

from catalog.records import Survey
from catalog.records.county import SurveyOption, SurveyQuestion
from catalog.survey import Given, grade
from screens.shared.words import Words

FACES = {
    5: "emoticon-excited",
    4: "emoticon-happy",
    3: "emoticon-neutral",
    2: "emoticon-sad",
    1: "emoticon-angry",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its words, where touching it leads, its picture, and whether it is chosen. `grade` is 0 or 1 to 5."""

    label: str
    route: str
    icon: str = ""
    chosen: bool = False
    grade: int = 0


def is_graded(question: SurveyQuestion) -> bool:
    """Whether the options are grades of satisfaction and have faces."""
    return question.type == "grade" and bool(question.options)


def choices(question: SurveyQuestion, given: Given, words: Words) -> tuple[Choice, ...]:
    """The options of a question."""
    return tuple(_choice(question, option, given, words) for option in question.options)


def asked_title(survey: Survey, words: Words) -> str:
    """The survey's name."""
    return words.either(survey.title, survey.title_en)


def asked_text(question: SurveyQuestion, words: Words) -> str:
    """The question itself."""
    return words.either(question.text, question.text_en)


def how_many(question: SurveyQuestion, words: Words) -> str:
    """Says when several options may be chosen."""
    return words("several") if question.type == "multi" else ""


def _choice(question: SurveyQuestion, option: SurveyOption, given: Given, words: Words) -> Choice:
    chosen = option.value in given.get(question.id, ())
    label = words.either(option.label, option.label_en)
    several = question.type == "multi"
    route = f"do/{'tick' if several else 'pick'}/{question.id}/{option.value}"
    if is_graded(question):
        number = grade(question, option)
        if option.stars is not None and not option.label_en:
            label = words.either(option.label, words(f"grade-{number}"))
        return Choice(label, route, FACES[number], chosen, number)
    icons = (
        ("checkbox-blank-outline", "checkbox-marked") if several else ("radiobox-blank", "radiobox-marked")
    )
    return Choice(label, route, icons[chosen], chosen)
