"""Pages on which visitors say what they think, or call somebody."""

from dataclasses import replace
from datetime import timedelta

from catalog.records import PublicOrganisation, PublicService, Survey
from catalog.records.county import SurveyOption, SurveyQuestion
from catalog.survey import asked as asked_of
from catalog.survey import is_rating
from kiosk.handoff import qr_matrix
from kiosk.pages.asked import Asked, Shown, desk
from screens.finished.page import FinishedPage, finished_page
from screens.guide.page import guide_page
from screens.notice.page import NoticePage
from screens.rating.page import rating_page
from screens.shared.words import Words
from screens.survey.page import spoken, survey_page

HOTLINE = "12345"
"""The government's telephone in every county (国办发〔2020〕53号)."""

HEARD_LATELY = timedelta(minutes=10)
"""The county server was reached so lately that a call will reach somebody."""


def rating(rest: str, asked: Asked) -> Shown | None:
    """`rating`, or `rating/service/<id>` for one service."""
    service = asked.catalogue.store.get(PublicService, rest.removeprefix("service/")) if rest else None
    if rest and service is None:
        return None
    key = f"rating/{rest}".rstrip("/")
    if key in asked.visit.given:
        return thanks("", asked)
    survey = rating_survey(asked)
    subject = asked.words.either(service.title, service.title_en) if service else ""
    others = [one for one in asked.catalogue.surveys if one.questions and not is_rating(one)]
    offered = [one for one in others if f"survey/{one.id}" not in asked.visit.given]
    given = asked.visit.opinions.get(key, {})
    page = rating_page(survey, subject, given, offered, _phone(service, asked), asked.words)
    return Shown("rating", page, asked.words("rate"))


def survey(rest: str, asked: Asked) -> Shown | None:
    """`survey/<id>` and `survey/<id>/<question>`."""
    survey_id, _, question_id = rest.partition("/")
    found = asked.catalogue.store.get(Survey, survey_id)
    if found is None or is_rating(found):
        return None
    key = f"survey/{survey_id}"
    if key in asked.visit.given:
        return thanks("", asked)
    given = asked.visit.opinions.get(key, {})
    questions = asked_of(found, given)
    question = next((one for one in questions if not question_id or one.id == question_id), None)
    if question is None:
        return None
    page = survey_page(found, question, given, asked.words)
    if not question.options:
        page = spoken(page, HOTLINE, qr_matrix(f"tel:{HOTLINE}"), asked.words)
    place = asked.words("question-crumb", number=questions.index(question) + 1)
    return Shown("survey", page, place)


def thanks(rest: str, asked: Asked) -> Shown:
    """`thanks`, or `thanks/low` after a grade that the county follows up."""
    words, rectify = asked.words, rating_survey(asked).rectify
    note = rectify.note if rectify and words.language == "zh" else ""
    text = words("thanks-low", note=note) if rest == "low" and note else words("thanks-text")
    title = words("thanks-title")
    return Shown("notice", NoticePage("hand-heart", title, text, words("to-home"), "home"), title)


def unsaved(_: str, asked: Asked) -> Shown:
    """`unsaved`: nothing was kept, and the visitor is told so."""
    words = asked.words
    title, text = words("unsaved-title"), words("unsaved-text", desk=desk(asked))
    return Shown("notice", NoticePage("alert-circle", title, text, words("to-home"), "home"), title)


def guide(rest: str, asked: Asked) -> Shown:
    """`guide`; `guide/unkept` after a call that could not be made."""
    status, words = asked.status, asked.words
    last = status.confirmed if status else None
    heard = last is not None and asked.now - last <= HEARD_LATELY
    page = guide_page(desk(asked), asked.called, asked.now, heard, words)
    if rest == "unkept" and asked.called is None:
        page = replace(page, warning=words("guide-unkept", desk=desk(asked)))
    return Shown("guide", page, page.title)


def finished(asked: Asked) -> FinishedPage:
    """What is said to a visitor who erased; `asked` is from before."""
    return finished_page(rating_survey(asked), asked.words)


def rating_survey(asked: Asked) -> Survey:
    """The county's own rating, or five grades and the reasons of GB/T 39735 when it has none."""
    own = (one for one in asked.catalogue.surveys if is_rating(one) and one.questions)
    return next(own, None) or _plain_rating(asked.words)


def survey_of(route: str, asked: Asked) -> tuple[Survey, str] | None:
    """The survey that is answered on `route`, and the key under which the visit keeps the answers."""
    name, _, rest = route.partition("/")
    if name == "rating":
        return rating_survey(asked), route
    found = asked.catalogue.store.get(Survey, rest.partition("/")[0]) if name == "survey" else None
    return (found, f"survey/{found.id}") if found else None


def _plain_rating(words: Words) -> Survey:
    grades = tuple(SurveyOption(value=n, label=words(f"grade-{n}"), stars=n) for n in (5, 4, 3, 2, 1))
    names = ("efficiency", "level", "attitude")
    reasons = tuple(SurveyOption(value=name, label=words(f"rating-{name}")) for name in names)
    overall = SurveyQuestion(
        id="overall", type="grade", text=words("rating-title"), required=True, options=grades
    )
    why = SurveyQuestion(
        id="reasons",
        type="multi",
        text=words("rating-reasons"),
        required=True,
        options=reasons,
        show_if={"overall": (1, 2)},
    )
    return Survey(
        id="rating",
        survey_kind="rating",
        title=words("rating-title"),
        intro=words("rating-intro"),
        questions=(overall, why),
    )


def _phone(service: PublicService | None, asked: Asked) -> str:
    """Where complaints about the service's office go, else the hotline."""
    office = asked.catalogue.store.get(PublicOrganisation, service.competent_authority) if service else None
    return (office.complaints_phone if office else "") or HOTLINE
