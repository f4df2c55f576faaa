"""The page on which a visitor rates what they came for."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import Survey
from catalog.records.county import SurveyQuestion
from catalog.survey import Given, asked, unanswered
from screens.shared.grades import Choice, asked_text, asked_title, choices, how_many, is_graded
from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class Reasons:
    """A question that follows from the grade, with its options."""

    title: str
    hint: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RatingPage:
    """Five faces; below them, once one is touched, why. `missing` says what is still to be answered."""

    title: str = ""
    subject: str = ""
    intro: str = ""
    faces: tuple[Choice, ...] = ()
    reasons: tuple[Reasons, ...] = ()
    word: str = ""
    missing: str = ""
    send_label: str = ""
    send_route: str = ""
    more_title: str = ""
    more: tuple[Tile, ...] = ()


def rating_page(
    survey: Survey, subject: str, given: Given, others: Sequence[Survey], phone: str, words: Words
) -> RatingPage:
    """`subject` names what is rated, or is empty; `others` are the questionnaires to offer before the first touch."""
    questions = asked(survey, given)
    faces = next((question for question in questions if is_graded(question)), None)
    reasons = [question for question in questions if question is not faces and question.options]
    typed = [question for question in questions if not question.options]
    missing = unanswered(survey, given)
    begun = faces is not None and bool(given.get(faces.id))
    return RatingPage(
        title=asked_title(survey, words),
        subject=words("rating-subject", subject=subject) if subject else "",
        intro=words.either(survey.intro, survey.intro_en),
        faces=choices(faces, given, words) if faces else (),
        reasons=tuple(_reasons(question, given, words) for question in reasons),
        word=words("rating-word", phone=phone) if typed and begun else "",
        missing=words("rating-missing", question=asked_text(missing[0], words)) if begun and missing else "",
        send_label=words("send") if begun and not missing else "",
        send_route="do/send" if begun and not missing else "",
        more_title=words("surveys") if others and not begun else "",
        more=() if begun else tuple(survey_tile(other, words) for other in others),
    )


def survey_tile(survey: Survey, words: Words) -> Tile:
    """The way to a questionnaire."""
    intro = words.either(survey.intro, survey.intro_en)
    return Tile(asked_title(survey, words), intro, f"survey/{survey.id}", "clipboard-list")


def _reasons(question: SurveyQuestion, given: Given, words: Words) -> Reasons:
    return Reasons(asked_text(question, words), how_many(question, words), choices(question, given, words))
