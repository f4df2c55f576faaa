"""Building the search tables of a store.

A document is a record, a phrase one of its texts. Every term has its rarity and its postings: the phrases it
occurs in, each with what the occurrence is worth there, which is the cosine measure's share times the field's
weight. A store is read on the box that built it, so numbers are packed in the machine's own order.
"""

import math
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.records import Record, Synonym
from catalog.search.fields import KIND_WEIGHT, NAMES, WEIGHT, Field, phrases, title
from catalog.search.near import SHORTEST, deletions
from catalog.search.terms import significance, sound_terms, text_terms

LENGTH = 0.8
"""How strongly a long phrase is held against its matches: 0 not at all, 1 fully."""

LONGEST = 1000
"""Postings of a term that are kept, the most worthy ones, so that a query takes as long in a large county."""

_SCHEMA = """
CREATE TABLE search_document (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, title TEXT);
CREATE TABLE search_phrase (number INTEGER PRIMARY KEY, document INTEGER, field TEXT, text TEXT);
CREATE TABLE search_term (term TEXT PRIMARY KEY, rarity REAL, postings BLOB) WITHOUT ROWID;
CREATE TABLE search_near (key TEXT, word TEXT, PRIMARY KEY (key, word)) WITHOUT ROWID;
"""

Terms = tuple[str, ...]
"""The different terms of one phrase, in order of occurrence."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    document: int
    field: Field
    text: str


def build(connection: sqlite3.Connection, records: Sequence[tuple[str, Record]]) -> None:
    """Create and fill the search tables in `connection` from all (kind, record) of an edition."""
    searched = [(kind, record) for kind, record in records if kind in KIND_WEIGHT and title(record)]
    synonyms = [record for _, record in records if isinstance(record, Synonym)]
    found = list(_phrases(searched, synonyms))
    plain = [_plain(phrase.text, phrase.field in NAMES) for phrase in found]
    sound = [_sound(phrase.text) if phrase.field in NAMES else () for phrase in found]
    connection.executescript(_SCHEMA)
    connection.executemany(
        "INSERT INTO search_document VALUES (?, ?, ?, ?)",
        ((number, kind, record.id, title(record)) for number, (kind, record) in enumerate(searched)),
    )
    connection.executemany(
        "INSERT INTO search_phrase VALUES (?, ?, ?, ?)",
        ((number, phrase.document, phrase.field, phrase.text) for number, phrase in enumerate(found)),
    )
    for layer in (plain, sound):
        connection.executemany("INSERT INTO search_term VALUES (?, ?, ?)", _postings(found, layer))
    connection.executemany("INSERT INTO search_near VALUES (?, ?)", _neighbours(plain))


@lru_cache(maxsize=4096)
def _plain(text: str, characters: bool) -> Terms:
    return tuple(dict.fromkeys(text_terms(text, characters)))


@lru_cache(maxsize=4096)
def _sound(text: str) -> Terms:
    return tuple(dict.fromkeys(sound_terms(text)))


def _phrases(searched: Sequence[tuple[str, Record]], synonyms: Sequence[Synonym]) -> Iterator[_Phrase]:
    said: dict[str, list[str]] = defaultdict(list)
    for synonym in synonyms:
        for target in synonym.targets:
            said[target].append(synonym.text)
    for number, (_, record) in enumerate(searched):
        for field, text in phrases(record):
            yield _Phrase(number, field, text)
        for text in said.get(record.id, ()):
            yield _Phrase(number, "synonym", text)


def _postings(found: Sequence[_Phrase], layer: Sequence[Terms]) -> list[tuple[str, float, bytes]]:
    """(term, rarity, postings) of every term of the layer, sorted."""
    rarity = _rarity(found, layer)
    numbers: dict[str, list[int]] = {term: [] for term in rarity}
    worths: dict[str, list[float]] = {term: [] for term in rarity}
    for number, (phrase, terms) in enumerate(zip(found, layer, strict=True)):
        rare = [rarity[term] for term in terms]
        share = WEIGHT[phrase.field] / (math.hypot(*rare) ** LENGTH or 1.0)
        for term, worth in zip(terms, rare, strict=True):
            numbers[term].append(number)
            worths[term].append(share * worth)
    return [(term, rarity[term], _packed(numbers[term], worths[term])) for term in sorted(rarity)]


def _packed(numbers: list[int], worths: list[float]) -> bytes:
    if len(numbers) > LONGEST:
        best = sorted(zip(worths, numbers, strict=True), key=lambda entry: (-entry[0], entry[1]))[:LONGEST]
        worths, numbers = [worth for worth, _ in best], [number for _, number in best]
    return array("I", numbers).tobytes() + array("f", worths).tobytes()


def _rarity(found: Sequence[_Phrase], layer: Sequence[Terms]) -> dict[str, float]:
    """How much each term says; the phrases of a document follow one another."""
    documents: dict[str, int] = defaultdict(int)
    last: dict[str, int] = {}
    for phrase, terms in zip(found, layer, strict=True):
        for term in terms:
            if last.get(term) != phrase.document:
                last[term] = phrase.document
                documents[term] += 1
    total = 1 + max((phrase.document for phrase in found), default=0)
    return {
        term: significance(term) * math.log(1 + total / (where + 0.5)) for term, where in documents.items()
    }


def _neighbours(layer: Sequence[Terms]) -> list[tuple[str, str]]:
    words = {term for terms in layer for term in terms if term.isascii() and term.isalpha()}
    return sorted((key, word) for word in words if len(word) >= SHORTEST for key in deletions(word))
