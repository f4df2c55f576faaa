"""What a query asks of the index: terms with weights.

Chinese asks for its characters and pairs, and faintly for what sounds like them, so that a wrong character still
finds the right thing. Letters are an English word, syllables, initials, or the beginning of one of these; every
reading that is possible is asked for, since the others find nothing.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Protocol

from catalog.search.everyday import english, meant
from catalog.search.near import SHORTEST, is_one_edit
from catalog.search.pinyin import fold, mistyped, readings, split, syllables
from catalog.search.terms import STOP, is_han, normalise, pairs, runs, significance, stem, text_terms

MAX_RUNS = 24
"""Runs of a query that are looked at."""

PHRASE = 4
"""In a longer run of characters only neighbours that stand together nowhere are taken for misspelt."""

CHARACTER = 0.4
PAIR = 1.0
HOMOPHONE = 0.35
MISSPELT = 0.7
SYLLABLES = 1.0
SYLLABLE = 0.3
INITIALS = 0.7
WORD = 1.0
STEMMED = 0.5
MEANT = 0.6
BEGINNING = 0.8
NEAR = 0.8
"""How much a match of each sort says; the last three are shares of what the word itself would."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Asks for `term`, or with `prefix` for every term that begins so."""

    term: str
    weight: float
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that stands for one character: how it may sound, and whether it was typed as letters."""

    sounds: tuple[str, ...]
    typed: bool = False
    whole: bool = True
    weight: float = 1.0


class Vocabulary(Protocol):
    """What the index knows of words."""

    def known(self, words: Collection[str]) -> set[str]:
        """Those of the words that occur."""

    def near(self, word: str) -> list[str]:
        """The words that occur and differ by one edit."""


def probes(query: str, vocabulary: Vocabulary) -> list[Probe]:
    """What the query asks for; equal terms once, with the greatest weight."""
    parts = runs(query)[:MAX_RUNS]
    near = {run: _near(run, vocabulary) for run in parts}
    heard = " ".join((normalise(query), *(word for run in parts for word in near[run])))
    asked: dict[tuple[str, bool], float] = {}
    for index, run in enumerate(parts):
        last = index == len(parts) - 1
        for probe in _of_run(run, near[run], _before(parts, index), vocabulary, last):
            key = (probe.term, probe.prefix)
            asked[key] = max(asked.get(key, 0.0), probe.weight)
    for term in (term for word in meant(heard) for term in text_terms(word)):
        weight = MEANT * (PAIR if len(term) > 1 else CHARACTER)
        asked[term, False] = max(asked.get((term, False), 0.0), weight)
    return [Probe(term, weight, prefix) for (term, prefix), weight in asked.items()]


def _before(parts: list[str], index: int) -> str:
    """The run that a run goes on from; syllables also go on over a space."""
    if index and parts[index - 1]:
        return parts[index - 1]
    if index > 1 and _is_syllables(parts[index]) and _is_syllables(parts[index - 2]):
        return parts[index - 2]
    return ""


def _is_syllables(run: str) -> bool:
    return any(way and all(piece in syllables() for piece in way) for way in split(run))


def _of_run(run: str, near: list[str], before: str, vocabulary: Vocabulary, last: bool) -> Iterator[Probe]:
    if is_han(run):
        yield from (Probe(c, CHARACTER) for c in run if len(run) == 1 or significance(c) == 1)
        yield from (Probe(pair, PAIR) for pair in pairs(run))
        yield from _misspelt(run, vocabulary)
        if len(run) <= PHRASE:
            yield from _sounding([*_lead(before), *_characters(run)])
    elif run:
        yield from _of_letters(run, near, before, vocabulary, last)


def _misspelt(run: str, vocabulary: Vocabulary) -> Iterator[Probe]:
    """What neighbours sound like that stand together nowhere."""
    together = [a + b for a, b in pairwise(run)]
    for pair in set(together) - vocabulary.known(together):
        first, second = _characters(pair)
        for a, b in product(first.sounds, second.sounds):
            yield Probe(f"{a} {b}", MISSPELT * first.weight * second.weight)


def _near(run: str, vocabulary: Vocabulary) -> list[str]:
    """The words that letters may stand for that are no word and no syllables."""
    if len(run) < SHORTEST or not run.isalpha() or is_han(run) or vocabulary.known([run]):
        return []
    if any(way[-1] in syllables() for way in split(run)):
        return []
    return [*vocabulary.near(run), *(word for word in english() if is_one_edit(run, word))]


def _of_letters(
    run: str, near: list[str], before: str, vocabulary: Vocabulary, last: bool
) -> Iterator[Probe]:
    if run not in STOP:
        yield from _word(run, last)
    ways = split(run)
    if is_word := run in STOP or bool(vocabulary.known([run])):
        ways = tuple(way for way in ways if way[-1] in syllables())
    for other in near:
        yield Probe(other, NEAR)
        yield Probe(stem(other), NEAR * STEMMED)
    for way in (*ways, *(() if is_word or any(map(_is_clear, ways)) else mistyped(run))):
        yield from _sounding([*_lead(before), *(_letters(piece) for piece in way)])


def _is_clear(way: tuple[str, ...]) -> bool:
    """Whether letters are syllables, of which the last may be begun, or initials throughout."""
    return all(piece in syllables() for piece in way[:-1]) or all(len(piece) == 1 for piece in way)


def _word(run: str, last: bool) -> Iterator[Probe]:
    yield Probe(run, WORD)
    if last and len(run) >= 2:
        yield Probe(run, WORD * BEGINNING, prefix=True)
    if run.isalpha():
        yield Probe(stem(run), STEMMED)


def _lead(before: str) -> list[_Piece]:
    """The piece just before a run, so that pairs form across the border of characters and letters."""
    if not before:
        return []
    if is_han(before):
        return _characters(before[-1])
    return [_letters(way[-1]) for way in split(before)[:1]]


def _characters(run: str) -> list[_Piece]:
    return [_Piece(readings().get(character, ()), weight=significance(character)) for character in run]


def _letters(piece: str) -> _Piece:
    return _Piece((fold(piece),), typed=True, whole=piece in syllables())


def _sounding(pieces: list[_Piece]) -> Iterator[Probe]:
    for first, second in pairwise(pieces):
        weight = SYLLABLES if first.typed or second.typed else HOMOPHONE
        weight *= first.weight * second.weight
        for a, b in product(first.sounds if first.whole else (), second.sounds):
            yield Probe(f"{a} {b}", weight)
            if second.typed:
                yield Probe(f"{a} {b}", weight * BEGINNING, prefix=True)
    typed = [piece for piece in pieces if piece.typed]
    if len(pieces) == 1 and typed and typed[0].whole:
        yield Probe(f"{typed[0].sounds[0]} ", SYLLABLE)
    if any(not piece.whole for piece in typed[:-1]) or (len(typed) == 2 and not typed[1].whole):
        yield from _initials([piece.sounds[0][0] for piece in pieces if piece.sounds])


def _initials(letters: list[str]) -> Iterator[Probe]:
    for size, weight in ((2, INITIALS / 2), (3, INITIALS)):
        for start in range(len(letters) - size + 1):
            yield Probe("~" + "".join(letters[start : start + size]), weight)
