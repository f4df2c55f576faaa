"""Asking the search tables of a store.

The score of a phrase is the sum, over what the query asks for, of the probe's weight, the term's rarity and what
the term is worth in the phrase. A record's score joins those of its phrases, so that one good phrase beats many
poor ones while agreement still counts.
"""

import sqlite3
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from catalog.search.fields import KIND_WEIGHT, WEIGHT, Field
from catalog.search.highlight import Marks, excerpt
from catalog.search.probes import probes
from catalog.search.tables import WORTH, Tables

MAX_QUERY = 120
"""Characters of a query that are looked at."""

SHARPNESS = 1.5
"""How far the best phrase of a record outweighs its others: 1 adds them up, infinity takes the best."""

FAINT = 0.1
"""Phrases with less than this share of the best score do not count."""

POSTINGS = 30_000
"""Postings that are read for a query, those of what says most first."""

TEXTS = 500
"""Best texts whose owners are looked at."""

OWNERS = 3_000
"""Owners of texts that are looked at, those of the best texts first."""

DOCUMENTS = 200
"""Best documents that are ranked."""

POPULARITY = 0.1
"""How much the most popular record gains."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record: `reason` is the text that matched when it is not the title, `spans` are the matched parts
    of the title as (start, end) character positions."""

    kind: str
    id: str
    title: str
    score: float
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A document, its score, and its text that matched best."""

    document: int
    score: float
    text: int
    field: Field


class Index:
    """The search tables of an open store; they are read when the first query comes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._tables = Tables(connection)

    def search(
        self,
        query: str,
        limit: int = 20,
        kinds: Collection[str] = (),
        popularity: Mapping[tuple[str, str], float] | None = None,
    ) -> list[Hit]:
        """The best hits for what a visitor typed, best first. Never raises on any text.

        `kinds` restricts the hits, empty for all. `popularity` maps (kind, id) to a share from 0 to 1 and decides
        between hits that are otherwise nearly equal.
        """
        found = self._found(query, kinds)
        if popularity:
            found = self._preferred(found[: limit * 3], popularity)
        return self._hits(found[:limit], query)

    def by_kind(self, query: str, each: int = 5) -> dict[str, list[Hit]]:
        """The best hits of every kind, at most `each`; the kind with the best hit comes first."""
        groups: dict[str, list[_Found]] = {}
        for entry in self._found(query, ()):
            group = groups.setdefault(self._kind(entry.document), [])
            if len(group) < each:
                group.append(entry)
        return {kind: self._hits(group, query) for kind, group in groups.items()}

    def _texts(self, query: str) -> dict[int, float]:
        """Text → score of the best texts, best first."""
        scores: defaultdict[int, float] = defaultdict(float)
        left = POSTINGS
        for share, texts in self._asked(query):
            for number in texts[:left]:
                scores[number] += share
            left -= len(texts)
            if left <= 0:
                break
        levels = self._tables.levels
        worthy = {number: score * WORTH[levels[number]] for number, score in scores.items()}
        faint = FAINT * max(worthy.values(), default=0.0)
        best = [(-score, number) for number, score in worthy.items() if score > faint]
        best.sort()
        return {number: -score for score, number in best[:TEXTS]}

    def _asked(self, query: str) -> "list[tuple[float, array[int]]]":
        """What a match in a text is worth, and the texts, for all that the query asks for; the greatest first."""
        asked = probes(query[:MAX_QUERY], self._tables)
        weights = {probe.term: probe.weight for probe in asked if not probe.prefix}
        found = [
            (weights[term] * rarity**2, texts) for term, rarity, texts in self._tables.postings(list(weights))
        ]
        for probe in asked:
            if probe.prefix:
                begun = self._tables.begun(probe.term)
                found += [(probe.weight * rarity**2, texts) for rarity, texts in begun]
        return sorted(found, key=lambda entry: -entry[0])

    def _found(self, query: str, kinds: Collection[str]) -> list[_Found]:
        """The documents, best first; the order of the edition decides between equals."""
        texts = self._texts(query)
        joined: defaultdict[int, float] = defaultdict(float)
        best: dict[int, tuple[float, int, Field]] = {}
        for number, document, field in islice(self._tables.owners(list(texts)), OWNERS):
            score = texts[number] * WEIGHT[field]
            joined[document] += score**SHARPNESS
            if document not in best or score > best[document][0]:
                best[document] = (score, number, field)
        ranked = []
        for document, total in joined.items():
            kind = self._kind(document)
            if not kinds or kind in kinds:
                ranked.append((-(total ** (1 / SHARPNESS)) * KIND_WEIGHT[kind], document))
        ranked.sort()
        return [_Found(document, -score, *best[document][1:]) for score, document in ranked[:DOCUMENTS]]

    def _kind(self, document: int) -> str:
        ends, kinds = self._tables.kinds
        return kinds[bisect_right(ends, document)]

    def _preferred(
        self, found: Sequence[_Found], popularity: Mapping[tuple[str, str], float]
    ) -> list[_Found]:
        documents = self._tables.documents([entry.document for entry in found])
        gained = []
        for entry in found:
            document = documents[entry.document]
            gain = 1 + POPULARITY * popularity.get((document.kind, document.id), 0.0)
            gained.append(replace(entry, score=entry.score * gain))
        return sorted(gained, key=lambda entry: (-entry.score, entry.document))

    def _hits(self, found: Sequence[_Found], query: str) -> list[Hit]:
        marks = Marks(query)
        documents = self._tables.documents([entry.document for entry in found])
        texts = self._tables.texts([entry.text for entry in found if entry.field != "title"])
        hits = []
        for entry in found:
            document = documents[entry.document]
            reason = "" if entry.field == "title" else excerpt(texts[entry.text], query)
            marked = marks.spans(document.title)
            hits.append(Hit(document.kind, document.id, document.title, entry.score, reason, marked))
        return hits
