"""What the words of a found text and the form of the question say beyond their terms. Pure."""

import re

from catalog.search.pinyin import spelt, split
from catalog.search.terms import is_han, normalise, runs

EXACT = 1.3
"""A text that is just what was typed."""

SPELT = 1.25
"""A text whose pinyin was typed to the letter, not only something that sounds alike."""

WHERE = 1.6
"""A place when the question ends in a place."""

_WHERE = re.compile(r"(在哪[里儿]?|怎么走|地址|电话|几点(开门|上班|下班)|[厅馆站所院校局处园场]|中心|学校)$")


class Refining:
    """What a query prefers among nearly equal hits."""

    def __init__(self, query: str) -> None:
        self._query = normalise(query).strip()
        self._where = bool(_WHERE.search(self._query))
        self._ways = [way for run in runs(query) if run.isalpha() and not is_han(run) for way in split(run)]

    def gain(self, kind: str, text: str) -> float:
        """The factor for a document of this kind whose best text this is."""
        gain = WHERE if self._where and kind == "place" else 1.0
        if normalise(text) == self._query:
            gain *= EXACT
        if any(_spells(text, way) for way in self._ways):
            gain *= SPELT
        return gain


def _spells(text: str, way: tuple[str, ...]) -> bool:
    readings, first = spelt(), way[0] if way else ""
    sounds = [readings.get(character, ()) for character in text]
    starts = [start for start, here in enumerate(sounds) if _begins(here, first)]
    return any(start + len(way) <= len(sounds) and all(map(_begins, sounds[start:], way)) for start in starts)


def _begins(readings: tuple[str, ...], piece: str) -> bool:
    return any(reading.startswith(piece) for reading in readings)
