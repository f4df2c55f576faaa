"""Asking the search tables of a store.

The score of a phrase is the sum, over what the query asks for, of the probe's weight, the term's rarity and what
the term is worth in the phrase. A record's score joins those of its phrases, so that one good phrase beats many
poor ones while agreement still counts.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from catalog.search.fields import KIND_WEIGHT
from catalog.search.highlight import excerpt, spans
from catalog.search.probes import probes
from catalog.search.tables import Tables

MAX_QUERY = 120
"""Characters of a query that are looked at."""

SHARPNESS = 1.5
"""How far the best phrase of a record outweighs its others: 1 adds them up, infinity takes the best."""

FAINT = 0.1
"""Phrases with less than this share of the best score do not count."""

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
        phrases = self._match(query)
        found = self._find(phrases, kinds, popularity or {})[:limit]
        return [self._hit(number, score, query, phrases) for number, score in found]

    def by_kind(self, query: str, each: int = 5) -> dict[str, list[Hit]]:
        """The best hits of every kind, at most `each`; the kind with the best hit comes first."""
        groups: dict[str, list[Hit]] = {}
        phrases = self._match(query)
        for number, score in self._find(phrases, (), {}):
            group = groups.setdefault(self._tables.documents[number].kind, [])
            if len(group) < each:
                group.append(self._hit(number, score, query, phrases))
        return groups

    def _match(self, query: str) -> dict[int, float]:
        """Phrase → score."""
        scores: dict[int, float] = {}
        for probe in probes(query[:MAX_QUERY], self._tables):
            for rarity, numbers, worths in self._tables.postings(probe.term, probe.prefix):
                share = probe.weight * rarity
                for number, worth in zip(numbers, worths, strict=True):
                    scores[number] = scores.get(number, 0.0) + share * worth
        return scores

    def _find(
        self,
        phrases: Mapping[int, float],
        kinds: Collection[str],
        popularity: Mapping[tuple[str, str], float],
    ) -> list[tuple[int, float]]:
        """(document, score), best first; the order of the edition decides between equals."""
        owners, documents = self._tables.owners, self._tables.documents
        joined: dict[int, float] = {}
        floor = FAINT * max(phrases.values(), default=0.0)
        for phrase, score in phrases.items():
            if score > floor:
                number = owners[phrase]
                joined[number] = joined.get(number, 0.0) + score**SHARPNESS
        found = []
        for number, total in joined.items():
            document = documents[number]
            if not kinds or document.kind in kinds:
                gain = 1 + POPULARITY * popularity.get((document.kind, document.id), 0.0)
                found.append((number, total ** (1 / SHARPNESS) * KIND_WEIGHT[document.kind] * gain))
        return sorted(found, key=lambda ranked: (-ranked[1], ranked[0]))

    def _hit(self, number: int, score: float, query: str, phrases: Mapping[int, float]) -> Hit:
        best = max(self._tables.phrases_of(number), key=lambda phrase: phrases.get(phrase, 0.0))
        field, text = self._tables.phrase(best)
        reason = "" if field == "title" else excerpt(text, query)
        document = self._tables.documents[number]
        return Hit(document.kind, document.id, document.title, score, reason, spans(document.title, query))
