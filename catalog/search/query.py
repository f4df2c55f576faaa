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
from catalog.search.tables import Document, Tables

MAX_QUERY = 120
"""Characters of a query that are looked at."""

SHARPNESS = 1.5
"""How far the best phrase of a record outweighs its others: 1 adds them up, infinity takes the best."""

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
class _Candidate:
    """A document that matched; `phrase` is the number of its best phrase."""

    document: Document
    number: int
    score: float
    phrase: int


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
        found = self._find(query, kinds, popularity or {})[:limit]
        return [self._hit(candidate, query) for candidate in found]

    def by_kind(self, query: str, each: int = 5) -> dict[str, list[Hit]]:
        """The best hits of every kind, at most `each`; the kind with the best hit comes first."""
        groups: dict[str, list[Hit]] = {}
        for candidate in self._find(query, (), {}):
            group = groups.setdefault(candidate.document.kind, [])
            if len(group) < each:
                group.append(self._hit(candidate, query))
        return groups

    def _find(
        self, query: str, kinds: Collection[str], popularity: Mapping[tuple[str, str], float]
    ) -> list[_Candidate]:
        """Best first; the order of the edition decides between equals."""
        found = []
        for number, (total, _, phrase) in self._join(self._match(query)).items():
            document = self._tables.documents[number]
            if not kinds or document.kind in kinds:
                gain = 1 + POPULARITY * popularity.get((document.kind, document.id), 0.0)
                score = total ** (1 / SHARPNESS) * KIND_WEIGHT[document.kind] * gain
                found.append(_Candidate(document, number, score, phrase))
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.number))

    def _match(self, query: str) -> dict[int, float]:
        """Phrase → score."""
        scores: dict[int, float] = {}
        for probe in probes(query[:MAX_QUERY], self._tables):
            for rarity, numbers, worths in self._tables.postings(probe.term, probe.prefix):
                share = probe.weight * rarity
                for number, worth in zip(numbers, worths, strict=True):
                    scores[number] = scores.get(number, 0.0) + share * worth
        return scores

    def _join(self, phrases: Mapping[int, float]) -> dict[int, tuple[float, float, int]]:
        """Document → the joined scores of its phrases, the best score, and the phrase that has it."""
        joined: dict[int, tuple[float, float, int]] = {}
        for phrase, score in phrases.items():
            number = self._tables.owners[phrase]
            total, best, best_phrase = joined.get(number, (0.0, 0.0, phrase))
            if score > best:
                best, best_phrase = score, phrase
            joined[number] = (total + score**SHARPNESS, best, best_phrase)
        return joined

    def _hit(self, found: _Candidate, query: str) -> Hit:
        field, text = self._tables.phrase(found.phrase)
        reason = "" if field == "title" else excerpt(text, query)
        document = found.document
        marked = spans(document.title, query)
        return Hit(document.kind, document.id, document.title, found.score, reason, marked)
