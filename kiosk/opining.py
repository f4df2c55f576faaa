"""What touches do on the pages of `kiosk.pages.opinions`."""

from catalog.outbox import Answers, Opinion, Rating
from catalog.records import Survey
from catalog.survey import Given, Value, answers, is_rating, unanswered
from kiosk.acts import Hands
from kiosk.navigation import HOME
from kiosk.pages.asked import Asked
from kiosk.pages.opinions import survey_of


def pick(hands: Hands, rest: str) -> None:
    """`do/pick/<question>/<value>`: this option and no other."""
    if (found := _touched(hands, rest)) is not None:
        key, question, value = found
        hands.visit.opinions.setdefault(key, {})[question] = (value,)


def tick(hands: Hands, rest: str) -> None:
    """`do/tick/<question>/<value>`: this option too, or not any more."""
    if (found := _touched(hands, rest)) is not None:
        key, question, value = found
        given = hands.visit.opinions.setdefault(key, {})
        had = given.get(question, ())
        given[question] = tuple(one for one in had if one != value) if value in had else (*had, value)


def rate(hands: Hands, rest: str) -> None:
    """`do/rate/<language>/<question>/<value>`: a face touched while everything is erased already."""
    language, _, face = rest.partition("/")
    if language in ("zh", "en"):
        hands.visit.language = language
    hands.navigator.go("rating")
    pick(hands, face)


def send(hands: Hands, _: str) -> None:
    """`do/send`: keep the answers of the survey on the screen, and thank when they are safe."""
    asked = hands.asked()
    found = survey_of(hands.navigator.route, asked) if asked else None
    if asked is None or found is None:
        return
    survey, key = found
    given = hands.visit.opinions.get(key, {})
    missing = unanswered(survey, given)
    if missing:
        if not is_rating(survey):
            hands.navigator.go(f"{key}/{missing[0].id}")
    elif not hands.post.give(_opinion(survey, key, asked)):
        hands.navigator.go("unsaved")
    else:
        hands.visit.given.add(key)
        del hands.visit.opinions[key]
        hands.navigator.go(HOME)
        hands.navigator.go("thanks/low" if _is_low(survey, given) else "thanks")


def call(hands: Hands, _: str) -> None:
    """`do/call`: ask for a guide."""
    hands.navigator.go("guide" if hands.post.ask() else "guide/unkept")


def withdraw(hands: Hands, _: str) -> None:
    """`do/withdraw`: nobody need come."""
    hands.post.withdraw()


def _touched(hands: Hands, rest: str) -> tuple[str, str, Value] | None:
    """The key, question and value of an option that the survey on the screen has."""
    asked = hands.asked()
    found = survey_of(hands.navigator.route, asked) if asked else None
    question_id, _, text = rest.partition("/")
    if found is None:
        return None
    survey, key = found
    for question in survey.questions:
        for option in question.options:
            if question.id == question_id and str(option.value) == text:
                return key, question_id, option.value
    return None


def _opinion(survey: Survey, key: str, asked: Asked) -> Opinion:
    kind, about = (Rating, key.partition("/")[2]) if is_rating(survey) else (Answers, "")
    return kind(
        day=asked.now.date(),
        survey=survey.id,
        edition=asked.catalogue.manifest.edition,
        about=about,
        answers=answers(survey, asked.visit.opinions.get(key, {})),
    )


def _is_low(survey: Survey, given: Given) -> bool:
    """Whether the county promises to look into it."""
    followed = survey.rectify.grades if survey.rectify else ()
    return is_rating(survey) and any(set(values) & set(followed) for values in given.values())
