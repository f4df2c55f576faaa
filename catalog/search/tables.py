"""Reading the search tables of a store."""

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from catalog.search.near import deletions, is_one_edit

MAX_TERMS = 40
"""Terms that one beginning may stand for."""

MAX_WORD = 40
"""Letters of a word that are compared with its neighbours."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is listed when a record is found."""

    kind: str
    id: str
    title: str


class Tables:
    """The tables that `catalog.search.index` describes. The small ones are kept once they were needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def documents(self) -> list[Document]:
        """Every document by number."""
        rows = self._connection.execute("SELECT kind, id, title FROM search_document ORDER BY number")
        return [Document(*row) for row in rows]

    @cached_property
    def owners(self) -> "array[int]":
        """The document of every phrase."""
        rows = self._connection.execute("SELECT document FROM search_phrase ORDER BY number")
        return array("I", (document for (document,) in rows))

    def phrases_of(self, document: int) -> range:
        """The numbers of a document's phrases, which follow one another."""
        return range(bisect_left(self.owners, document), bisect_right(self.owners, document))

    def phrase(self, number: int) -> tuple[str, str]:
        """Field and text."""
        row: tuple[str, str] = self._connection.execute(
            "SELECT field, text FROM search_phrase WHERE number = ?", (number,)
        ).fetchone()
        return row

    def postings(self, term: str, prefix: bool) -> "Iterator[tuple[float, array[int], array[float]]]":
        """Rarity, phrases and worths of the term, or with `prefix` of every term that is longer and begins so."""
        if prefix:
            rows = self._connection.execute(
                "SELECT rarity, postings FROM search_term WHERE term > ? AND term < ? LIMIT ?",
                (term, term + "\U0010ffff", MAX_TERMS),
            )
        else:
            rows = self._connection.execute(
                "SELECT rarity, postings FROM search_term WHERE term = ?", (term,)
            )
        for rarity, blob in rows:
            half = len(blob) // 2
            yield rarity, array("I", blob[:half]), array("f", blob[half:])

    def knows(self, word: str) -> bool:
        """Whether the word occurs."""
        row = self._connection.execute("SELECT 1 FROM search_term WHERE term = ?", (word,)).fetchone()
        return row is not None

    def near(self, word: str) -> list[str]:
        """The words that occur and differ by one edit."""
        keys = list(deletions(word[:MAX_WORD]))
        rows = self._connection.execute(
            f"SELECT DISTINCT word FROM search_near WHERE key IN ({','.join('?' * len(keys))}) ORDER BY word",
            keys,
        )
        return [near for (near,) in rows if is_one_edit(word, near)]
