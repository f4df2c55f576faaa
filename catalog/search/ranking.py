"""From postings to documents in order. Pure.

The score of a text is the sum, over what the query asks for, of the weight, the square of the term's rarity and
what the text is worth. The score of a document joins those of its texts, so that one good text beats many poor ones
while agreement still counts, and falls with what no text of it covers.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from catalog.search.fields import FIELD_BITS, FIELD_MASK, FIELDS, WEIGHT, Field

POSTINGS = 8_000
"""Postings that are read for a query, those of what says most first."""

TEXTS = 200
"""Best texts whose owners are looked at."""

OWNERS = 800
"""Owners of texts that are looked at, those of the best texts first."""

DOCUMENTS = 60
"""Best documents that are compared by what they cover."""

FAINT = 0.1
"""Texts with less than this share of the best score do not count."""

SHARPNESS = 1.5
"""How far the best text of a document outweighs its others: 1 adds them up, infinity takes the best."""

COVER = 0.5
"""How strongly what a document leaves uncovered counts against it: 0 not at all, 1 in proportion."""


_WEIGHTS = tuple(WEIGHT[field] for field in FIELDS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A term of the query: the number of the probe that asks for it, and the texts that have it, which rise."""

    probe: int
    weight: float
    rarity: float
    texts: NDArray[np.uint32]

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


def best_texts(
    asked: Sequence[Asked], levels: NDArray[np.uint8], worth: NDArray[np.float64]
) -> dict[int, float]:
    """Text → score of the best texts, best first. What says most stands first in `asked`; a text is worth
    `worth[levels[text]]`."""
    scores, left = np.zeros(len(levels)), POSTINGS
    for entry in asked:
        scores[entry.texts[:left]] += entry.share
        left = max(0, left - len(entry.texts))
    known = np.flatnonzero(scores)
    worthy = scores[known] * worth[levels[known]]
    strong = worthy > FAINT * worthy.max(initial=0.0)
    known, worthy = known[strong], worthy[strong]
    best = np.argsort(-worthy, kind="stable")[:TEXTS]
    return dict(zip(known[best].tolist(), worthy[best].tolist(), strict=True))


def documents(
    asked: Sequence[Asked],
    texts: Mapping[int, float],
    owners: Mapping[int, Sequence[int]],
    weight: Callable[[int], float],
) -> list[Ranked]:
    """The documents that own `texts` (best first), in order; `owners` are packed as `fields.FIELD_BITS` says.

    `weight` is what a document is worth; those that are worth nothing are left out.
    """
    held: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
    left = OWNERS
    for text, score in texts.items():
        for packed in owners[text][:left]:
            held[packed >> FIELD_BITS].append(
                (score * _WEIGHTS[packed & FIELD_MASK], text, packed & FIELD_MASK)
            )
        left = max(0, left - len(owners[text]))
    scores = {
        document: sum([score**SHARPNESS for score, _, _ in matches]) ** (1 / SHARPNESS) * worth
        for document, matches in held.items()
        if (worth := weight(document))
    }
    first = sorted(scores, key=lambda document: (-scores[document], document))[:DOCUMENTS]
    cover = _cover(asked, {document: [text for _, text, _ in held[document]] for document in first})
    most = max(cover.values(), default=1.0)
    found = []
    for document in first:
        _, text, field = max(held[document])
        score = scores[document] * (cover[document] / most) ** COVER
        found.append(Ranked(document, score, text, FIELDS[field]))
    return sorted(found, key=lambda entry: (-entry.score, entry.document))


def _cover(asked: Sequence[Asked], texts: Mapping[int, Collection[int]]) -> dict[int, float]:
    """Document → how much of what is asked for occurs in any of its texts."""
    known = np.zeros(1 + max((int(entry.texts[-1]) for entry in asked), default=0), dtype=bool)
    known[list(chain.from_iterable(texts.values()))] = True
    probes: defaultdict[int, list[int]] = defaultdict(list)
    says: dict[int, float] = {}
    for entry in asked:
        says.setdefault(entry.probe, entry.weight * entry.rarity)
        for text in entry.texts[known[entry.texts]].tolist():
            probes[text].append(entry.probe)
    return {
        document: sum(map(says.__getitem__, set().union(*map(probes.__getitem__, numbers))))
        for document, numbers in texts.items()
    }
