"""What the keys of the search pad do."""

from typing import get_args

from kiosk.acts import Hands
from screens.search.page import Pad

LONGEST_QUERY = 24


def key(hands: Hands, rest: str) -> None:
    """`do/key/<character>`: add a character."""
    _type(hands, hands.visit.query + rest)


def delete(hands: Hands, _: str) -> None:
    """`do/delete`: take the last character off."""
    _type(hands, hands.visit.query[:-1])


def write(hands: Hands, rest: str) -> None:
    """`do/write/<letters>/<word>`: put a Chinese word for the first of the letters at the end of the query.

    So many letters at the end are not yet chosen for; the word stands for the first of them.
    """
    from catalog.search.candidates import typed_letters  # a start has no time for it

    count, _, word = rest.partition("/")
    query = hands.visit.query
    letters = typed_letters(query)
    _type(hands, query[: len(query) - len(letters)] + word + letters[int(count) :])


def ask(hands: Hands, rest: str) -> None:
    """`do/ask/<query>`: search for something else."""
    _type(hands, rest)


def clear(hands: Hands, _: str) -> None:
    """`do/clear`: take all off, so that it can be had back."""
    visit = hands.visit
    if visit.query:
        visit.query, visit.cleared = "", visit.query


def restore(hands: Hands, _: str) -> None:
    """`do/restore`: have back what was cleared."""
    _type(hands, hands.visit.cleared or hands.visit.query)


def pad(hands: Hands, rest: str) -> None:
    """`do/pad/<pad>`: letters, digits, or no pad at all."""
    for known in get_args(Pad):
        if known == rest:
            hands.visit.pad = known


def _type(hands: Hands, query: str) -> None:
    hands.visit.query, hands.visit.cleared = query.lstrip()[:LONGEST_QUERY], ""
