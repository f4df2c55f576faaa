"""One question of a questionnaire."""

from dataclasses import dataclass, replace

from catalog.records import Survey
from catalog.records.county import SurveyQuestion
from catalog.survey import Given, answers, asked
from screens.shared.grades import Choice, asked_text, asked_title, choices, how_many, is_graded
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """A question with its options or faces; one that wants words has a telephone number and its code instead."""

    title: str = ""
    intro: str = ""
    place: str = ""
    share: float = 0.0
    question: str = ""
    hint: str = ""
    faces: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    phone: str = ""
    matrix: tuple[tuple[bool, ...], ...] = ()
    previous_label: str = ""
    previous_route: str = ""
    next_label: str = ""
    next_route: str = ""
    next_icon: str = "arrow-right"


def survey_page(survey: Survey, question: SurveyQuestion, given: Given, words: Words) -> SurveyPage:
    """The page of `question`, one of those that are asked."""
    questions = asked(survey, given)
    here = questions.index(question)
    shown = choices(question, given, words)
    page = SurveyPage(
        title=asked_title(survey, words),
        intro="" if here else words.either(survey.intro, survey.intro_en),
        place=words("question-place", number=here + 1, count=len(questions)),
        share=(here + 1) / len(questions),
        question=asked_text(question, words),
        hint=how_many(question, words),
        faces=shown if is_graded(question) else (),
        choices=() if is_graded(question) else shown,
        previous_label=words("previous") if here else "",
        previous_route=question_route(survey, questions[here - 1]) if here else "",
    )
    answered = question.id in answers(survey, given)
    if question.required and question.options and not answered:
        return page
    if here + 1 == len(questions):
        return replace(page, next_label=words("send"), next_route="do/send", next_icon="send")
    label = words("next" if answered else "skip")
    return replace(page, next_label=label, next_route=question_route(survey, questions[here + 1]))


def spoken(page: SurveyPage, phone: str, matrix: tuple[tuple[bool, ...], ...], words: Words) -> SurveyPage:
    """The page of a question that wants words: nobody types them where others look on."""
    return replace(
        page, hint=words("not-typed-here"), phone=words("say-by-phone", phone=phone), matrix=matrix
    )


def question_route(survey: Survey, question: SurveyQuestion) -> str:
    """Where a question is asked."""
    return f"survey/{survey.id}/{question.id}"
