"""The search page: what was typed, what was found, and the pad to type on."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.shared.item import Tile
from screens.shared.words import Words

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LONGEST_QUERY = 24


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it says and what it does; `share` is its width beside the other keys of its row."""

    label: str
    route: str
    icon: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`query` is empty before the first key, when `placeholder` says what to type."""

    query: str = ""
    placeholder: str = ""
    count: str = ""
    results: tuple[Tile, ...] = ()
    rows: tuple[tuple[Key, ...], ...] = ()


def search_page(query: str, found: Sequence[Tile], nearby: Sequence[Tile], words: Words) -> SearchPage:
    """`found` answers the query; `nearby` is offered instead while there is no answer, so no page is empty."""
    if not query:
        count = words("search-nearby")
    elif found:
        count = words("search-count", count=len(found))
    else:
        count = words("search-none", query=query)
    return SearchPage(query, words("search-placeholder"), count, tuple(found or nearby), _rows(words))


def typed(query: str, action: str, key: str) -> str:
    """The query after a key: `key` adds one character, `delete` takes one off, `clear` takes all."""
    if action == "clear":
        return ""
    if action == "delete":
        return query[:-1]
    return (query + key).lstrip()[:LONGEST_QUERY]


def _rows(words: Words) -> tuple[tuple[Key, ...], ...]:
    letters = tuple(tuple(Key(letter, f"do/key/{letter}") for letter in row) for row in ROWS)
    last = (
        Key(words("search-clear"), "do/clear", share=1.5),
        Key(words("search-space"), "do/key/ ", share=3.0),
        Key(words("search-delete"), "do/delete", "backspace", 1.5),
    )
    return (*letters, last)
