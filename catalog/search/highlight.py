"""Where a query shows in a text."""

import re
from itertools import pairwise

from catalog.search.pinyin import fold, readings, split
from catalog.search.terms import STOP, is_han, normalise, pairs, runs

EXCERPT = 40
"""Characters of a text that are shown as the reason of a hit."""

Spans = tuple[tuple[int, int], ...]


def spans(title: str, query: str) -> Spans:
    """The parts of `title` that `query` means, as (start, end), by character, word, syllables or initials."""
    text = "".join(short if len(short := normalise(character)) == 1 else character for character in title)
    marked: set[int] = set()
    for run in runs(query):
        if is_han(run):
            marked |= _characters(text, run) or _sounding(text, [readings().get(c, ()) for c in run])
        elif run and run not in STOP:
            marked |= _word(text, run) or _typed(text, run)
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


def _typed(text: str, run: str) -> set[int]:
    return {
        place
        for way in split(run)
        for place in _sounding(text, [(fold(piece),) for piece in way], begun=True)
    }


def _sounding(text: str, sounds: list[tuple[str, ...]], begun: bool = False) -> set[int]:
    """Places where `text` is read as all of `sounds`, or with `begun` where its readings begin so."""
    known = [readings().get(character, ()) for character in text]
    found: set[int] = set()
    for start in range(len(text) - len(sounds) + 1):
        window = known[start : start + len(sounds)]
        if all(
            any(
                reading.startswith(sound) if begun else reading == sound
                for reading in here
                for sound in wanted
            )
            for here, wanted in zip(window, sounds, strict=True)
        ):
            found.update(range(start, start + len(sounds)))
    return found


def _joined(marked: set[int]) -> Spans:
    edges = sorted(marked)
    starts = [place for place in edges if place - 1 not in marked]
    ends = [place + 1 for place in edges if place + 1 not in marked]
    return tuple(zip(starts, ends, strict=True))
