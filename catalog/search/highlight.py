"""Where a query shows in a text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from catalog.search.pinyin import fold, readings, split
from catalog.search.terms import STOP, is_han, normalise, pairs, runs

EXCERPT = 40
"""Characters of a text that are shown as the reason of a hit."""

Spans = tuple[tuple[int, int], ...]
Sounds = tuple[tuple[str, ...], ...]


def spans(title: str, query: str) -> Spans:
    """The parts of `title` that `query` means, as (start, end), by character, word, syllables or initials."""
    text, sounds = _read(title)
    marked: set[int] = set()
    for run in runs(query):
        if is_han(run):
            marked |= _characters(text, run) or _sounding(sounds, [readings().get(c, ()) for c in run])
        elif run and run not in STOP:
            marked |= _word(text, run) or _typed(sounds, run)
    return _joined(marked)


def excerpt(text: str, query: str) -> str:
    """The sentence of `text` that shares most pairs of characters with `query`, in at most `EXCERPT` characters."""
    if len(text) <= EXCERPT:
        return text
    asked = {pair for run in runs(query) if is_han(run) for pair in pairs(run)}
    sentences = [part.strip() for part in re.split(r"[。；;！？\n]", text) if part.strip()]
    best = max(sentences, key=lambda sentence: sum(pair in sentence for pair in asked), default="")
    return best if len(best) <= EXCERPT else best[: EXCERPT - 1] + "…"


def _characters(text: str, run: str) -> set[int]:
    pieces = [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]
    return {
        place + offset
        for piece in pieces
        for place in range(len(text))
        if text.startswith(piece, place)
        for offset in range(len(piece))
    }


def _word(text: str, run: str) -> set[int]:
    found = (match.span() for match in re.finditer(rf"(?<![^\W\d_]){re.escape(run)}", text))
    return {place for start, end in found for place in range(start, end)}


def _typed(sounds: Sounds, run: str) -> set[int]:
    ways = [[(fold(piece),) for piece in way] for way in split(run)]
    return {place for way in ways for place in _sounding(sounds, way, begun=True)}


def _sounding(sounds: Sounds, asked: Sequence[tuple[str, ...]], begun: bool = False) -> set[int]:
    """Places that are read as all of `asked`, or with `begun` where the readings begin so."""
    found: set[int] = set()
    for start in range(len(sounds) - len(asked) + 1):
        if all(_agrees(sounds[start + n], wanted, begun) for n, wanted in enumerate(asked)):
            found.update(range(start, start + len(asked)))
    return found


def _agrees(here: tuple[str, ...], wanted: tuple[str, ...], begun: bool) -> bool:
    if begun:
        return any(reading.startswith(wanted) for reading in here)
    return any(reading in wanted for reading in here)


@lru_cache(maxsize=1024)
def _read(title: str) -> tuple[str, Sounds]:
    """The title in comparable form, character by character, and how its characters are read."""
    folded = (normalise(character) for character in title)
    text = "".join(new if len(new) == 1 else old for old, new in zip(title, folded, strict=True))
    return text, tuple(readings().get(character, ()) for character in text)


def _joined(marked: set[int]) -> Spans:
    edges = sorted(marked)
    starts = [place for place in edges if place - 1 not in marked]
    ends = [place + 1 for place in edges if place + 1 not in marked]
    return tuple(zip(starts, ends, strict=True))
