"""Chinese words for the pinyin that a visitor typed, out of the texts that the pinyin finds. Pure.

So only words are offered that lead somewhere, and those first that the county uses most.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.search.pinyin import fold, readings, split, syllables
from catalog.search.terms import significance

LONGEST = 6
"""Characters of a word."""
RARE = 8
"""What occurs so many times less often than the most frequent word for the same letters is no word."""

_LETTERS = re.compile(r"[a-z]+$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that stands for the first `letters` of the typed letters."""

    text: str
    letters: int


def typed_letters(query: str) -> str:
    """The letters at the end of a query, for which no Chinese was chosen yet."""
    found = _LETTERS.search(query)
    return found.group() if found else ""


def candidates(letters: str, texts: Iterable[str], most: int) -> list[Candidate]:
    """The words in `texts` that are read as the beginning of `letters`, at most `most`.

    Words for more syllables come first, then those whose syllables were typed whole, then the frequent ones. Initials
    stand only for words that leave none of them over, if there are such words.
    """
    ways = [tuple(map(_piece, way[:LONGEST])) for way in split(letters)]
    words: dict[tuple[int, bool, int], Counter[str]] = defaultdict(Counter)
    for text in texts:
        for way in ways:
            for word, whole, used in _words(text, way):
                words[-len(word), not whole, used][word] += 1
    found: dict[str, Candidate] = {}
    for length, begun, used in sorted(words):
        if not begun or -length == max(map(len, found), default=-length):
            for word in _frequent(words[length, begun, used], whole=not begun):
                found.setdefault(word, Candidate(word, used))
    return list(found.values())[:most]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands for one character: a syllable when `whole`, else the beginning of one; `letters` as typed."""

    sound: str
    whole: bool
    letters: int

    def reads(self, sounds: tuple[str, ...]) -> bool:
        if self.whole:
            return self.sound in sounds
        return any(sound.startswith(self.sound) for sound in sounds)


def _piece(typed: str) -> _Piece:
    return _Piece(fold(typed), typed in syllables(), len(typed))


def _words(text: str, way: Sequence[_Piece]) -> Iterator[tuple[str, bool, int]]:
    """The places of a text that are read as the beginning of the way, but for one initial alone; whether as whole
    syllables, and how many letters that took."""
    sounds = _sounds(text)
    for start in range(len(text)):
        whole, used = True, 0
        for count, (piece, sound) in enumerate(zip(way, sounds[start:], strict=False), 1):
            if not piece.reads(sound):
                break
            whole, used = whole and piece.whole, used + piece.letters
            if whole or count > 1:
                yield text[start : start + count], whole, used


def _frequent(words: Counter[str], whole: bool) -> Iterator[str]:
    most = words.most_common(1)[0][1]
    for word, count in words.most_common():
        frequent = count * RARE > most and (significance(word) == 1 or (whole and count > 1))
        if frequent or len(word) == 1:
            yield word


@lru_cache(maxsize=2048)
def _sounds(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(readings().get(character, ()) for character in text)
