"""Which terms occur in which texts, worked out for all texts at once. Pure.

What `catalog.search.terms.text_terms` finds in one text, and the sounds of its characters, this finds in all of them:
texts are one array of code points, and a term is a number until it is written down. Texts are normalised ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from catalog.search.pinyin import readings
from catalog.search.terms import FIRST_HAN, FUNCTION, LAST_HAN, words

Numbers = NDArray[np.int64]
Line = tuple[Numbers, Numbers]
"""Code points, 0 for everything but Chinese characters, and the number of the text in which each stands."""

_ABOVE = 1 << 32
"""Numbers of terms and of texts are below."""
_HAN_END = LAST_HAN + 1
_MOST = 3
"""Characters of the longest term."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One sort of terms, the number of texts that each occurs in, and these texts, term by term."""

    terms: list[str]
    counts: Numbers
    texts: Numbers

    def moved(self, places: Numbers) -> "Layer":
        """The same with each text at its place; the texts of a term rise."""
        term = np.repeat(np.arange(len(self.terms)), self.counts)
        return Layer(self.terms, self.counts, np.sort(term * _ABOVE + places[self.texts]) % _ABOVE)


def written(texts: Sequence[str], names: NDArray[np.bool_]) -> list[Layer]:
    """Characters (of names alone), pairs, and words."""
    lines = _lines(texts)
    characters, owners = _together(lines, 1)
    named = names[owners]
    pairs, of = _together(lines, 2)
    known: dict[str, int] = {}
    said = [(known.setdefault(word, len(known)), text) for text, of in enumerate(texts) for word in words(of)]
    vocabulary = list(known)
    numbers = np.array(said, dtype=np.int64).reshape(-1, 2)
    return [
        _layer(characters[named, 0], owners[named], chr),
        _layer(pairs @ (_HAN_END, 1), of, lambda pair: chr(pair // _HAN_END) + chr(pair % _HAN_END)),
        _layer(numbers[:, 0], numbers[:, 1], lambda number: vocabulary[number]),
    ]


def heard(texts: Sequence[str], names: NDArray[np.bool_]) -> list[Layer]:
    """Syllables, pairs of syllables, and two and three initials of names, in every reading."""
    chosen = np.flatnonzero(names)
    lines = _lines([texts[number] for number in chosen.tolist()])
    characters = [chr(code) for code in np.unique(lines[0][0]) if code]
    syllables = _Sounds.of({character: readings().get(character, ()) for character in characters})
    initials = _Sounds.of({c: tuple({sound[0] for sound in readings().get(c, ())}) for c in characters})

    def layer(sounds: _Sounds, size: int, form: Callable[[list[str]], str]) -> Layer:
        numbers, owners = sounds.read(*_together(lines, size))
        return _layer(numbers, chosen[owners], lambda number: form(sounds.spelt(number, size)))

    return [
        layer(syllables, 1, lambda spelt: f"{spelt[0]} "),
        layer(syllables, 2, " ".join),
        layer(initials, 2, lambda spelt: "~" + "".join(spelt)),
        layer(initials, 3, lambda spelt: "~" + "".join(spelt)),
    ]


def _lines(texts: Sequence[str]) -> list[Line]:
    """The texts after each other with gaps between them, and the same without function characters."""
    joined = "".join(f"{text}\n" for text in texts) + "\n" * _MOST
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    lengths = [*(len(text) + 1 for text in texts), _MOST]
    owners = np.repeat(np.arange(len(lengths)), lengths)
    subject = np.isin(codes, [ord(character) for character in FUNCTION], invert=True)
    codes[(codes < FIRST_HAN) | (codes > LAST_HAN)] = 0
    return [(codes, owners), (codes[subject], owners[subject])]


def _together(lines: Sequence[Line], size: int) -> Line:
    """All neighbouring characters, `size` in a row, and their texts."""
    windows = [sliding_window_view(codes, size) for codes, _ in lines]
    whole = [np.flatnonzero((window > 0).all(axis=1)) for window in windows]
    found = [window[where] for window, where in zip(windows, whole, strict=True)]
    owners = [of[where] for (_, of), where in zip(lines, whole, strict=True)]
    return np.concatenate(found), np.concatenate(owners)


def _layer(numbers: Numbers, texts: Numbers, spelt: Callable[[int], str]) -> Layer:
    """Each term once a text."""
    occurrences = np.sort(numbers * _ABOVE + texts)
    occurrences = occurrences[np.diff(occurrences, prepend=-1) > 0]
    terms, counts = np.unique(occurrences // _ABOVE, return_counts=True)
    return Layer(list(map(spelt, terms.tolist())), counts, occurrences % _ABOVE)


@dataclass(frozen=True, slots=True)
class _Sounds:
    """What characters sound like: `sounds`, and the numbers from 1 of those of a code point, 0 for none."""

    sounds: list[str]
    table: Numbers

    @staticmethod
    def of(known: dict[str, tuple[str, ...]]) -> "_Sounds":
        sounds = sorted({sound for those in known.values() for sound in those})
        number = {sound: place for place, sound in enumerate(sounds, 1)}
        table = np.zeros((_HAN_END, max(map(len, known.values()), default=0)), dtype=np.int64)
        for character, those in known.items():
            table[ord(character), : len(those)] = [number[sound] for sound in those]
        return _Sounds(sounds, table)

    def read(self, characters: Numbers, texts: Numbers) -> Line:
        """Every way to read the characters of each row as one number, and the rows' texts."""
        numbers = np.zeros(len(characters), dtype=np.int64)
        rows = np.arange(len(characters))
        for column in characters.T:
            choices = self.table[column[rows]]
            at, way = np.nonzero(choices)
            numbers, rows = numbers[at] * len(self.sounds) + choices[at, way] - 1, rows[at]
        return numbers, texts[rows]

    def spelt(self, number: int, size: int) -> list[str]:
        """The sounds of a number that `read` gave for `size` characters."""
        found: list[str] = []
        for _ in range(size):
            number, last = divmod(number, len(self.sounds))
            found.insert(0, self.sounds[last])
        return found
