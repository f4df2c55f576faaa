"""Building the search tables of a store.

A document is a record. Records that share a text share what is known of it. Every term has its rarity and its
postings, the texts it occurs in. An occurrence is worth the same for every term of a text and less in a long text
(the cosine measure), so texts are numbered from the worthiest on and the first postings of a term are its best.
A store is read on the box that built it, so numbers are packed in the machine's own order.
"""

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.records import Record, Synonym
from catalog.search.fields import FIELD_BITS, FIELDS, KIND_WEIGHT, NAMES, phrases, title
from catalog.search.near import SHORTEST, deletions
from catalog.search.postings import Layer, heard, written
from catalog.search.tables import SCHEMA, level_of
from catalog.search.terms import normalise, significance

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
    _fill(connection, _texts(searched, synonyms))


def _fill(connection: sqlite3.Connection, texts: Texts) -> None:
    normal = [normalise(text) for text, _ in texts]
    names = np.array([name for _, name in texts], dtype=bool)
    plain = [(layer, _rarity(layer, len(texts))) for layer in written(normal, names)]
    sound = [(layer, _rarity(layer, len(texts))) for layer in heard(normal, names)]
    worth = _worth(plain, len(texts))
    order = np.argsort(-worth, kind="stable")
    _insert(connection, "search_level", 1, [(bytes(map(level_of, worth[order].tolist())),)])
    keys, owners = list(texts), list(texts.values())
    rows = ((place, keys[number][0], owners[number].tobytes()) for place, number in enumerate(order))
    _insert(connection, "search_text", 3, rows)
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    found = [row for layer, rarity in (*plain, *sound) for row in _rows(layer.moved(places), rarity)]
    _insert(connection, "search_term", 4, sorted(found, key=itemgetter(0)))
    _insert(connection, "search_near", 2, _neighbours(term for layer, _ in plain for term in layer.terms))


def _rows(layer: Layer, rarities: Sequence[float]) -> Iterator[tuple[str, int, float, bytes]]:
    """Rows of `search_term`."""
    packed, width, start = layer.texts.astype(np.uint32).tobytes(), np.uint32().nbytes, 0
    for term, count, rarity in zip(layer.terms, layer.counts.tolist(), rarities, strict=True):
        yield term, count, rarity, packed[start * width : (start + min(count, LONGEST)) * width]
        start += count


def _worth(layers: Iterable[tuple[Layer, list[float]]], texts: int) -> NDArray[np.float64]:
    """What an occurrence in each text is worth, rounded so that texts that say equally much keep their order."""
    squares = np.zeros(texts)
    for layer, rarity in layers:
        squares += np.bincount(layer.texts, np.repeat(np.square(rarity), layer.counts), minlength=texts)
    return np.round(np.where(squares > 0, squares, 1.0) ** (-LENGTH / 2), 12)


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


def _rarity(layer: Layer, texts: int) -> list[float]:
    """How much each term says: the fewer of all texts it occurs in, the more."""
    return [
        significance(term) * math.log(1 + texts / (count + 0.5))
        for term, count in zip(layer.terms, layer.counts.tolist(), strict=True)
    ]


def _neighbours(terms: Iterable[str]) -> list[tuple[str, str]]:
    words = [term for term in terms if len(term) >= SHORTEST and term.isascii() and term.isalpha()]
    return sorted((key, word) for word in words for key in deletions(word))
