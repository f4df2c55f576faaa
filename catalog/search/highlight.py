"""Where a query shows in a text."""

import re
from functools import lru_cache
from itertools import pairwise

from catalog.search.pinyin import fold, readings, split
from catalog.search.terms import STOP, is_han, normalise, pairs, runs

EXCERPT = 40
"""Characters of a text that are shown as the reason of a hit."""

Spans = tuple[tuple[int, int], ...]
Sounds = tuple[tuple[str, ...], ...]


class Marks:
    """What a query marks in texts: characters, words, syllables and initials, whichever were typed."""

    def __init__(self, query: str) -> None:
        self._han: list[tuple[list[str], Sounds]] = []
        self._words: list[tuple[str, list[Sounds]]] = []
        for run in runs(query):
            if is_han(run):
                pieces = [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]
                self._han.append((pieces, tuple(readings().get(character, ()) for character in run)))
            elif run and run not in STOP:
                ways: list[Sounds] = [tuple((fold(piece),) for piece in way) for way in split(run)]
                self._words.append((run, ways))

    def spans(self, title: str) -> Spans:
        """The parts of `title` that the query means, as (start, end)."""
        text, sounds, known = _read(title)
        marked: set[int] = set()
        for pieces, asked in self._han:
            found = {place for piece in pieces for place in _places(text, piece)}
            marked |= found or _sounding(sounds, known, asked)
        for word, ways in self._words:
            marked.update(
                _places(text, word, beginning=True)
                or (place for way in ways for place in _sounding(sounds, known, way, begun=True))
            )
        return _joined(marked)


def spans(title: str, query: str) -> Spans:
    """The parts of one title that the query means."""
    return Marks(query).spans(title)


def excerpt(text: str, query: str) -> str:
    """The sentence of `text` that shares most pairs of characters with `query`, in at most `EXCERPT` characters."""
    if len(text) <= EXCERPT:
        return text
    asked = {pair for run in runs(query) if is_han(run) for pair in pairs(run)}
    sentences = [part.strip() for part in re.split(r"[。；;！？\n]", text) if part.strip()]
    best = max(sentences, key=lambda sentence: sum(pair in sentence for pair in asked), default="")
    return best if len(best) <= EXCERPT else best[: EXCERPT - 1] + "…"


def _places(text: str, piece: str, beginning: bool = False) -> set[int]:
    """Where the piece is in the text, with `beginning` only where no letter stands before it.

    Not by a regular expression: Python keeps those, and what visitors type is not to be kept.
    """
    found: set[int] = set()
    start = text.find(piece)
    while start >= 0:
        if not (beginning and text[start - 1 : start].isalpha()):
            found.update(range(start, start + len(piece)))
        start = text.find(piece, start + 1)
    return found


def _sounding(sounds: Sounds, known: frozenset[str], asked: Sounds, begun: bool = False) -> set[int]:
    """Places that are read as all of `asked`, or with `begun` where the readings begin so."""
    found: set[int] = set()
    if begun and not known.issuperset(wanted[0][0] for wanted in asked):
        return found
    if not begun and any(known.isdisjoint(wanted) for wanted in asked):
        return found
    for start in range(len(sounds) - len(asked) + 1):
        if all(_agrees(sounds[start + n], wanted, begun) for n, wanted in enumerate(asked)):
            found.update(range(start, start + len(asked)))
    return found


def _agrees(here: tuple[str, ...], wanted: tuple[str, ...], begun: bool) -> bool:
    if begun:
        return any(reading.startswith(wanted) for reading in here)
    return any(reading in wanted for reading in here)


@lru_cache(maxsize=1024)
def _read(title: str) -> tuple[str, Sounds, frozenset[str]]:
    """The title in comparable form, character by character, how its characters are read, and all these readings
    with their first letters."""
    folded = (normalise(character) for character in title)
    text = "".join(new if len(new) == 1 else old for old, new in zip(title, folded, strict=True))
    sounds = tuple(readings().get(character, ()) for character in text)
    known = {reading for here in sounds for reading in here}
    return text, sounds, frozenset(known | {reading[0] for reading in known})


def _joined(marked: set[int]) -> Spans:
    edges = sorted(marked)
    starts = [place for place in edges if place - 1 not in marked]
    ends = [place + 1 for place in edges if place + 1 not in marked]
    return tuple(zip(starts, ends, strict=True))
