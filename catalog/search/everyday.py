"""Everyday words and what offices call the same thing, for visitors who do not speak officially.

`everyday.txt` holds one group a line: what people say, a colon, what titles say. What people say may have parts
joined by `+`, which must all be there; English words count when they stand alone. It is general language, the same
for every county; what is particular to one county's services stands in its own synonyms.
"""

import re
from functools import cache
from importlib.resources import files
from itertools import chain

_WORD = re.compile(r"[a-z]+")

Saying = tuple[tuple[str, ...], tuple[str, ...]]
"""Parts that must all be said, and the official words."""


def meant(query: str) -> list[str]:
    """The official words for the everyday words in the normalised query, each once."""
    words = set(_WORD.findall(query))
    sayings = _sayings()
    found = [
        official
        for beginning in dict.fromkeys([*query, *words])
        for parts, official in sayings.get(beginning, ())
        if all(part in words if part.isascii() else part in query for part in parts)
    ]
    return [word for word in dict.fromkeys(chain.from_iterable(found)) if word not in query]


@cache
def english() -> frozenset[str]:
    """The English words that mean something here."""
    parts = (part for sayings in _sayings().values() for parts, _ in sayings for part in parts)
    return frozenset(part for part in parts if part.isascii() and part.isalpha())


@cache
def _sayings() -> dict[str, list[Saying]]:
    """First character, or first English word → sayings."""
    found: dict[str, list[Saying]] = {}
    text = files("catalog.search").joinpath("everyday.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            said, official = line.split(":")
            for saying in said.split():
                first = saying.split("+")[0]
                beginning = first if first.isalpha() and first.isascii() else first[0]
                found.setdefault(beginning, []).append((tuple(saying.split("+")), tuple(official.split())))
    return found
