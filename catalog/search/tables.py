"""The search tables of a store, and reading them.

Only the worth of every text is kept in memory, one byte each.
"""

import math
import sqlite3
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from catalog.search.near import deletions, is_one_edit

SCHEMA = """
CREATE TABLE search_document (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, title TEXT);
CREATE TABLE search_kind (kind TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE search_text (number INTEGER PRIMARY KEY, text TEXT, owners BLOB);
CREATE TABLE search_level (levels BLOB);
CREATE TABLE search_term (term TEXT PRIMARY KEY, count INTEGER, rarity REAL, postings BLOB) WITHOUT ROWID;
CREATE TABLE search_near (key TEXT, word TEXT, PRIMARY KEY (key, word)) WITHOUT ROWID;
"""

MAX_TERMS = 40
"""Terms that one beginning may stand for."""

MAX_WORD = 40
"""Letters of a word that are compared with its neighbours."""

STEP = 1.02
"""A text's worth is told to this factor: level n is worth `STEP` ** -n."""

WORTH = STEP ** -np.arange(256.0)
"""What a text of each level is worth."""


def level_of(worth: float) -> int:
    """The level of a worth from 0 to 1."""
    return min(max(round(-math.log(worth, STEP)), 0), 255)


@dataclass(frozen=True, slots=True)
class Document:
    """What is listed when a record is found."""

    kind: str
    id: str
    title: str


class Tables:
    """The tables of an open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def levels(self) -> NDArray[np.uint8]:
        """The level of every text."""
        (levels,) = self._connection.execute("SELECT levels FROM search_level").fetchone()
        return np.frombuffer(levels, dtype=np.uint8)

    @cached_property
    def kinds(self) -> tuple[list[int], list[str]]:
        """Documents are sorted by kind: the number after the last document of every kind, and the kinds."""
        rows = self._connection.execute("SELECT kind, count FROM search_kind ORDER BY kind").fetchall()
        return list(accumulate(count for _, count in rows)), [kind for kind, _ in rows]

    def documents(self, numbers: Sequence[int]) -> dict[int, Document]:
        """The documents with these numbers."""
        rows = self._connection.execute(
            f"SELECT number, kind, id, title FROM search_document WHERE number IN ({_places(numbers)})",
            numbers,
        )
        return {number: Document(kind, id_, title) for number, kind, id_, title in rows}

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """The texts with these numbers."""
        rows = self._connection.execute(
            f"SELECT number, text FROM search_text WHERE number IN ({_places(numbers)})", numbers
        )
        return dict(rows)

    def owners(self, texts: Collection[int]) -> "dict[int, array[int]]":
        """Text → the packed owners of everything that has one of these texts."""
        rows = self._connection.execute(
            f"SELECT number, owners FROM search_text WHERE number IN ({_places(texts)})", tuple(texts)
        )
        return {number: array("I", owners) for number, owners in rows}

    def postings(self, terms: Sequence[str]) -> Iterator[tuple[str, float, NDArray[np.uint32]]]:
        """Term, rarity, and texts of those terms that occur."""
        rows = self._connection.execute(
            f"SELECT term, rarity, postings FROM search_term WHERE term IN ({_places(terms)})", terms
        )
        return ((term, rarity, np.frombuffer(blob, dtype=np.uint32)) for term, rarity, blob in rows)

    def begun(self, beginning: str) -> Iterator[tuple[float, NDArray[np.uint32]]]:
        """Rarity and texts of the commonest terms that begin so and are longer."""
        rows = self._connection.execute(
            "SELECT rarity, postings FROM search_term WHERE term > ? AND term < ? ORDER BY count DESC, term LIMIT ?",
            (beginning, beginning + "\U0010ffff", MAX_TERMS),
        )
        return ((rarity, np.frombuffer(blob, dtype=np.uint32)) for rarity, blob in rows)

    def known(self, words: Collection[str]) -> set[str]:
        """Those of the words that occur."""
        rows = self._connection.execute(
            f"SELECT term FROM search_term WHERE term IN ({_places(words)})", tuple(words)
        )
        return {word for (word,) in rows}

    def near(self, word: str) -> list[str]:
        """The words that occur and differ by one edit."""
        keys = list(deletions(word[:MAX_WORD]))
        rows = self._connection.execute(
            f"SELECT DISTINCT word FROM search_near WHERE key IN ({_places(keys)}) ORDER BY word", keys
        )
        return [near for (near,) in rows if is_one_edit(word, near)]


def _places(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
