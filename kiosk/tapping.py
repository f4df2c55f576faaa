"""What touches do on the pages of `kiosk.pages.matching`."""

from catalog.records import Tag
from kiosk.acts import Hands
from kiosk.pages.matching import audience_of, found, tapped_of
from screens.match.page import question_route


def tap(hands: Hands, rest: str) -> None:
    """`do/tap/<tag>`: this tag too, or not any more."""
    if (tag := _tag(hands, rest)) is not None:
        hands.visit.tap(tag.group, tag.id)


def tap_none(hands: Hands, rest: str) -> None:
    """`do/tap-none/<tag>`: nothing of the tag's group applies."""
    if (tag := _tag(hands, rest)) is not None:
        hands.visit.tap(tag.group)


def take_found(hands: Hands, rest: str) -> None:
    """`do/take-found/<audience>`: put the likely policies on the take-away list, or the possible ones without any."""
    asked, audience = hands.asked(), audience_of(rest)
    if asked is None or audience is None:
        return
    matching = found(tapped_of(audience, asked), asked)
    current = [one for one in matching if one.season != "over"]
    likely = [one for one in current if one.likelihood == "likely"]
    possible = [one for one in current if one.likelihood == "possible"]
    for policy_id in dict.fromkeys(one.policy.id for one in likely or possible or matching):
        if not hands.visit.has_chosen("policy", policy_id):
            hands.visit.choose("policy", policy_id)
    hands.navigator.go("basket")


def back(hands: Hands, _: str) -> None:
    """`do/back`: from a question to the one before it."""
    _, name, number = (*hands.navigator.route.split("/"), "1")[:3]
    audience = audience_of(name)
    if audience and number.isdecimal() and int(number) > 1:
        before = question_route(audience, int(number) - 1)
        hands.navigator.leave_part(before)
        hands.navigator.go(before)
    else:
        hands.navigator.back()


def _tag(hands: Hands, tag_id: str) -> Tag | None:
    asked = hands.asked()
    return asked.catalogue.store.get(Tag, tag_id) if asked else None
