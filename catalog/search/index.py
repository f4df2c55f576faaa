"""Building the search tables of a store.

A document is a record. Records that share a text share what is known of it. Every term has its rarity and its
postings, the texts it occurs in. An occurrence is worth the same for every term of a text and less in a long text
(the cosine measure), so texts are numbered from the worthiest on and the first postings of a term are its best.
A store is read on the box that built it, so numbers are packed in the machine's own order.
"""

import gc
import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from catalog.records import Record, Synonym
from catalog.search.fields import FIELD_BITS, FIELDS, KIND_WEIGHT, NAMES, phrases, title
from catalog.search.near import SHORTEST, deletions
from catalog.search.tables import SCHEMA, level_of
from catalog.search.terms import significance, sound_terms, text_terms

LENGTH = 0.8
"""How strongly a long text is held against its matches: 0 not at all, 1 fully."""

LONGEST = 2000
"""Postings of a term that are kept, the best ones, so that a query takes as long in a large county."""

Texts = dict[tuple[str, bool], "array[int]"]
"""Text and whether it is a name → its owners, packed."""


def build(connection: sqlite3.Connection, records: Sequence[tuple[str, Record]]) -> None:
    """Create and fill the search tables in `connection` from all (kind, record) of an edition."""
    connection.executescript(SCHEMA)
    searched = [(kind, record) for kind, record in records if kind in KIND_WEIGHT and title(record)]
    searched.sort(key=lambda entry: entry[0])
    rows = ((number, kind, record.id, title(record)) for number, (kind, record) in enumerate(searched))
    _insert(connection, "search_document", 4, rows)
    counts = Counter(kind for kind, _ in searched)
    _insert(connection, "search_kind", 2, counts.items())
    synonyms = [record for _, record in records if isinstance(record, Synonym)]
    with _no_cycles():
        _fill(connection, _texts(searched, synonyms))


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Millions of small values are made, none of them in a cycle; looking for cycles would take a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _fill(connection: sqlite3.Connection, texts: Texts) -> None:
    plain = [text_terms(text, name) for text, name in texts]
    sound = [sound_terms(text) if name else [] for text, name in texts]
    rarity = _rarity(plain) | _rarity(sound)
    worths = [1 / (math.hypot(*map(rarity.__getitem__, terms)) ** LENGTH or 1.0) for terms in plain]
    order = sorted(range(len(worths)), key=lambda number: -worths[number])
    owned = [(text, owners) for (text, _), owners in texts.items()]
    rows = ((place, owned[number][0], owned[number][1].tobytes()) for place, number in enumerate(order))
    _insert(connection, "search_text", 3, rows)
    _insert(connection, "search_level", 1, [(bytes(level_of(worths[number]) for number in order),)])
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, number in enumerate(order):
        for terms in (plain[number], sound[number]):
            for term in terms:
                postings[term].append(place)
    found = (
        (term, len(postings[term]), rarity[term], postings[term][:LONGEST].tobytes())
        for term in sorted(postings)
    )
    _insert(connection, "search_term", 4, found)
    _insert(connection, "search_near", 2, _neighbours(rarity))


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)


def _texts(searched: Sequence[tuple[str, Record]], synonyms: Sequence[Synonym]) -> Texts:
    said: dict[str, list[str]] = defaultdict(list)
    for synonym in synonyms:
        for target in synonym.targets:
            said[target].append(synonym.text)
    texts: Texts = defaultdict(lambda: array("I"))
    for number, (_, record) in enumerate(searched):
        for field, text in (*phrases(record), *(("synonym", text) for text in said.get(record.id, ()))):
            texts[text, field in NAMES].append(number << FIELD_BITS | FIELDS.index(field))
    return texts


def _rarity(layer: Sequence[Sequence[str]]) -> dict[str, float]:
    """How much each term says: the fewer texts it occurs in, the more."""
    counts: Counter[str] = Counter()
    for terms in layer:
        counts.update(terms)
    return {
        term: significance(term) * math.log(1 + len(layer) / (count + 0.5)) for term, count in counts.items()
    }


def _neighbours(terms: Iterable[str]) -> list[tuple[str, str]]:
    words = [term for term in terms if len(term) >= SHORTEST and term.isascii() and term.isalpha()]
    return sorted((key, word) for word in words for key in deletions(word))
