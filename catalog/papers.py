"""What to bring: the papers of one service, or of several merged into one list. Pure.

A paper is asked for once however many services need it, and stands in the strongest group that one of them puts it
in: it is to be brought as soon as one service needs it without a condition and without a waiver, and needs no
bringing only when every service waives it. Originals are shown again at the next window, so the most that one
service asks for is enough; copies are handed in, so they add up. Only services of that strongest group count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from catalog.records import Evidence, PublicService

Group = Literal["bring", "in_case", "optional", "waived"]
GROUPS: tuple[Group, ...] = ("bring", "in_case", "optional", "waived")
"""Strongest first."""

Need = tuple[PublicService, Evidence]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a merged list; `needs` are the services that ask for it, each with its own words."""

    title: str
    group: Group
    originals: int
    copies: int
    needs: tuple[Need, ...]


def group_of(evidence: Evidence) -> Group:
    """Where one service puts a paper."""
    if evidence.waiver:
        return "waived"
    if evidence.only_if:
        return "in_case"
    return "optional" if evidence.necessity == "optional" else "bring"


def merged_papers(services: Sequence[PublicService]) -> list[Paper]:
    """Every paper that these services name, once, strongest group first, otherwise in the order first met."""
    needs: dict[str, list[Need]] = {}
    for service in services:
        for evidence in sorted(service.evidence, key=lambda evidence: evidence.order):
            needs.setdefault(evidence.title.strip(), []).append((service, evidence))
    papers = [_paper(title, asked) for title, asked in needs.items()]
    return sorted(papers, key=lambda paper: GROUPS.index(paper.group))


def _paper(title: str, needs: Sequence[Need]) -> Paper:
    group = min((group_of(evidence) for _, evidence in needs), key=GROUPS.index)
    counted = [evidence for _, evidence in needs if group_of(evidence) == group]
    return Paper(
        title=title,
        group=group,
        originals=max(evidence.originals for evidence in counted),
        copies=sum(evidence.copies for evidence in counted),
        needs=tuple(needs),
    )
