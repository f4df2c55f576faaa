"""From postings to documents in order. Pure.

The score of a text is the sum, over what the query asks for, of the weight, the square of the term's rarity and
what the text is worth. The score of a document joins those of its texts, so that one good text beats many poor ones
while agreement still counts, and falls with what no text of it covers.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.search.fields import WEIGHT, Field

POSTINGS = 20_000
"""Postings that are read for a query, those of what says most first."""

TEXTS = 300
"""Best texts whose owners are looked at."""

DOCUMENTS = 100
"""Best documents that are compared by what they cover."""

FAINT = 0.1
"""Texts with less than this share of the best score do not count."""

SHARPNESS = 1.5
"""How far the best text of a document outweighs its others: 1 adds them up, infinity takes the best."""

COVER = 0.5
"""How strongly what a document leaves uncovered counts against it: 0 not at all, 1 in proportion."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A term of the query: the number of the probe that asks for it, and the texts that have it."""

    probe: int
    weight: float
    rarity: float
    texts: "array[int]"

    @property
    def share(self) -> float:
        """What a match adds to the score of a text that is worth 1."""
        return self.weight * self.rarity**2


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document, its score, and its text that matched best."""

    document: int
    score: float
    text: int
    field: Field


def best_texts(asked: Sequence[Asked], levels: bytes, worth: Sequence[float]) -> dict[int, float]:
    """Text → score of the best texts, best first. What says most stands first in `asked`; a text is worth
    `worth[levels[text]]`."""
    scores: defaultdict[int, float] = defaultdict(float)
    left = POSTINGS
    for entry in asked:
        share = entry.share
        for text in entry.texts[:left]:
            scores[text] += share
        left -= len(entry.texts)
        if left <= 0:
            break
    worthy = {text: score * worth[levels[text]] for text, score in scores.items()}
    faint = FAINT * max(worthy.values(), default=0.0)
    best = sorted((-score, text) for text, score in worthy.items() if score > faint)
    return {text: -score for score, text in best[:TEXTS]}


def documents(
    asked: Sequence[Asked],
    texts: Mapping[int, float],
    owners: Iterable[tuple[int, int, Field]],
    weights: Mapping[int, float],
) -> list[Ranked]:
    """The documents that own `texts`, best first; `owners` are (text, document, field).

    `weights` are what documents are worth; those that are not in it are left out.
    """
    joined: defaultdict[int, float] = defaultdict(float)
    held: defaultdict[int, list[tuple[float, int, Field]]] = defaultdict(list)
    for text, document, field in owners:
        score = texts[text] * WEIGHT[field]
        joined[document] += score**SHARPNESS
        held[document].append((score, text, field))
    scores = {
        document: total ** (1 / SHARPNESS) * weights[document]
        for document, total in joined.items()
        if document in weights
    }
    first = sorted(scores, key=lambda document: (-scores[document], document))[:DOCUMENTS]
    cover = _cover(asked, {document: [text for _, text, _ in held[document]] for document in first})
    most = max(cover.values(), default=1.0)
    found = [
        Ranked(document, scores[document] * (cover[document] / most) ** COVER, *max(held[document])[1:])
        for document in first
    ]
    return sorted(found, key=lambda entry: (-entry.score, entry.document))


def _cover(asked: Sequence[Asked], texts: Mapping[int, Collection[int]]) -> dict[int, float]:
    """Document → how much of what is asked for occurs in any of its texts."""
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for document, numbers in texts.items():
        for number in numbers:
            owners[number].append(document)
    known = frozenset(owners)
    covered: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for entry in asked:
        says = entry.weight * entry.rarity
        for number in known.intersection(entry.texts):
            for document in owners[number]:
                covered[document].setdefault(entry.probe, says)
    return {document: sum(covered[document].values()) for document in texts}
