"""Asking the search tables of a store."""

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.search.fields import KIND_WEIGHT, Field
from catalog.search.highlight import Marks, excerpt
from catalog.search.hit import Hit
from catalog.search.probes import probes
from catalog.search.ranking import Asked, Ranked, best_texts, documents
from catalog.search.refining import Refining
from catalog.search.tables import WORTH, Document, Tables

MAX_QUERY = 120
"""Characters of a query that are looked at."""

REFINED = 20
"""Best documents whose texts are read."""

POPULARITY = 0.1
"""How much the most popular record gains."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A ranked document with its texts; `text` is empty when the title matched best."""

    score: float
    number: int
    document: Document
    text: str
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
        query = query[:MAX_QUERY]
        ranked = self._ranked(query, kinds)[: max(limit, REFINED)]
        return _hits(self._refined(ranked, query, popularity or {})[:limit], query)

    def by_kind(self, query: str, each: int = 5) -> dict[str, list[Hit]]:
        """The best hits of every kind, at most `each`; the kind with the best hit comes first."""
        query = query[:MAX_QUERY]
        groups: dict[str, list[Ranked]] = {}
        for entry in self._ranked(query, ()):
            group = groups.setdefault(self._kind(entry.document), [])
            if len(group) < each:
                group.append(entry)
        hits = _hits(self._refined([entry for group in groups.values() for entry in group], query, {}), query)
        return {
            kind: [hit for hit in hits if hit.kind == kind]
            for kind in dict.fromkeys(hit.kind for hit in hits)
        }

    def near(self, query: str, limit: int = 5) -> list[Hit]:
        """What the longest beginning of a query finds that finds nothing itself; of letters alone, two thirds of them
        or more, since fewer say something else."""
        least = len(query) * 2 // 3 if query.isascii() else 0
        for end in range(min(len(query), MAX_QUERY) - 1, least, -1):
            if hits := self.search(query[:end], limit):
                return hits
        return []

    def _ranked(self, query: str, kinds: Collection[str]) -> list[Ranked]:
        """The documents by their terms, best first."""
        asked = self._asked(query)
        texts = best_texts(asked, self._tables.levels, WORTH)
        allowed = {kind: weight for kind, weight in KIND_WEIGHT.items() if kind in kinds or not kinds}
        ends, names = self._tables.kinds
        weights = [allowed.get(kind, 0.0) for kind in names]
        owners = self._tables.owners(texts)
        return documents(asked, texts, owners, lambda document: weights[bisect_right(ends, document)])

    def _asked(self, query: str) -> list[Asked]:
        """What of the query occurs; what says most first."""
        asked = probes(query, self._tables)
        exact = {probe.term: number for number, probe in enumerate(asked) if not probe.prefix}
        found = [
            Asked(exact[term], asked[exact[term]].weight, rarity, texts)
            for term, rarity, texts in self._tables.postings(list(exact))
        ]
        for number, probe in enumerate(asked):
            if probe.prefix:
                begun = self._tables.begun(probe.term)
                found += [Asked(number, probe.weight, rarity, texts) for rarity, texts in begun]
        return sorted(found, key=lambda entry: -entry.share)

    def _kind(self, document: int) -> str:
        ends, kinds = self._tables.kinds
        return kinds[bisect_right(ends, document)]

    def _refined(
        self, ranked: Sequence[Ranked], query: str, popularity: Mapping[tuple[str, str], float]
    ) -> list[_Read]:
        """The same documents, those first that the words of the query and other visitors prefer."""
        refining = Refining(query)
        found = self._tables.documents([entry.document for entry in ranked])
        texts = self._tables.texts([entry.text for entry in ranked])
        read = []
        for entry in ranked:
            document, text = found[entry.document], texts[entry.text]
            gain = refining.gain(document.kind, text)
            gain *= 1 + POPULARITY * popularity.get((document.kind, document.id), 0.0)
            reason = "" if entry.field == "title" else text
            read.append(_Read(entry.score * gain, entry.document, document, reason, entry.field))
        return sorted(read, key=lambda entry: (-entry.score, entry.number))


def _hits(read: Sequence[_Read], query: str) -> list[Hit]:
    marks = Marks(query)
    return [
        Hit(
            entry.document.kind,
            entry.document.id,
            entry.document.title,
            entry.score,
            excerpt(entry.text, query),
            marks.spans(entry.document.title),
            entry.field,
        )
        for entry in read
    ]
