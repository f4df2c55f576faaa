"""What touches do on the pages of `kiosk.pages.guiding`."""

from dataclasses import replace

from catalog.guided.answers import LARGEST, UNSURE, Answer, toggled
from catalog.guided.engine import answer as answered
from catalog.records.flow import FlowQuestion
from kiosk.acts import Hands
from kiosk.pages.guiding import before, standing
from kiosk.walk import Walk, unanswered
from kiosk.walks import key_of
from screens.question.days import CLEAR, day_of, is_beginning

DELETE = "delete"
"""The key of the number pad that takes the last digit away."""


def answer(hands: Hands, rest: str) -> None:
    """`do/answer/<question>/<value>`: an option, a town, a key of the number pad, or the beginning of a date."""
    asked = hands.asked()
    found = standing(hands.navigator.route, asked) if asked else None
    question_id, _, value = rest.partition("/")
    if found is not None and found.question.id == question_id:
        hands.visit.walks[found.key] = touched(found.walk, found.question, value)


def restart(hands: Hands, rest: str) -> None:
    """`do/restart/<kind>/<id>`: forget these answers and ask from the beginning."""
    hands.visit.walks.pop(key_of(rest), None)
    _go(hands, f"question/{rest}")


def back(hands: Hands, _: str) -> None:
    """`do/back`: on a question to the one before it, if there is one."""
    asked = hands.asked()
    found = standing(hands.navigator.route, asked) if asked else None
    route = before(found) if found else ""
    if route:
        _go(hands, route)
    else:
        hands.navigator.back()


def touched(walk: Walk, question: FlowQuestion, value: str) -> Walk:
    """The walk after a touch on `value`. One that no page offers changes nothing."""
    try:
        if value == UNSURE and question.kind != "multi":
            return _said(walk, question, UNSURE)
        if question.kind == "multi":
            return _ticked(walk, question, value)
        if question.kind == "number":
            return _typed(walk, question, value)
        if question.kind == "date":
            return _dated(walk, question, "" if value == CLEAR else value)
        return _said(walk, question, value)
    except ValueError:
        return walk


def _said(walk: Walk, question: FlowQuestion, value: Answer | None) -> Walk:
    answers = answered(walk.flow, walk.answers, question.id, value)
    return replace(unanswered(walk, question.id, ""), answers=answers)


def _ticked(walk: Walk, question: FlowQuestion, value: str) -> Walk:
    had = walk.answers.get(question.id)
    return _said(walk, question, toggled(question, had if isinstance(had, tuple) else (), value) or None)


def _typed(walk: Walk, question: FlowQuestion, key: str) -> Walk:
    had = walk.answers.get(question.id)
    digits = str(had) if isinstance(had, int) else ""
    if key in (CLEAR, DELETE):
        digits = digits[:-1] if key == DELETE else ""
        return _said(walk, question, int(digits) if digits else None)
    if key not in tuple("0123456789") or int(digits + key) > LARGEST:
        return walk
    return _said(walk, question, int(digits + key))


def _dated(walk: Walk, question: FlowQuestion, digits: str) -> Walk:
    if not is_beginning(digits):
        return walk
    day = day_of(digits)
    return _said(walk, question, day) if day else unanswered(walk, question.id, digits)


def _go(hands: Hands, route: str) -> None:
    hands.navigator.leave_part(route)
    hands.navigator.go(route)
