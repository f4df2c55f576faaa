"""What to bring: the papers of one service, or of several merged into one list.

A paper is asked for once however many services need it. It is on the list to bring as soon as one service
needs it without a condition and without a waiver; it needs no bringing only when every service waives it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import Evidence, PublicService
from county.web.phone.words import Words

_GROUPS = ("bring", "in_case", "optional", "waived")
"""Strongest first: where a paper stands when services disagree."""

_FOLDED_FROM = 6
"""A list of so many papers that need not be brought is folded."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the list; no two have the same title. `lines` say when and what for."""

    title: str
    form: str
    tags: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """`name` is bring, in_case, optional or waived; papers of a `waived` group have no box to tick.

    A `folded` group is too long to stand between the reader and what comes after it.
    """

    name: str
    title: str
    hint: str
    folded: bool
    papers: tuple[Paper, ...]


Need = tuple[PublicService, Evidence]


def paper_groups(services: Sequence[PublicService], words: Words) -> tuple[PaperGroup, ...]:
    """The papers of these services, merged, strongest group first. Groups without papers are left out."""
    needs: dict[str, list[Need]] = {}
    for service in services:
        for evidence in sorted(service.evidence, key=lambda evidence: evidence.order):
            needs.setdefault(evidence.title.strip(), []).append((service, evidence))
    grouped: dict[str, list[Paper]] = {name: [] for name in _GROUPS}
    for title, asked in needs.items():
        strongest = min((_group(evidence) for _, evidence in asked), key=_GROUPS.index)
        grouped[strongest].append(_paper(title, strongest, asked, len(services) > 1, words))
    return tuple(_paper_group(name, papers, words) for name, papers in grouped.items() if papers)


def _paper_group(name: str, papers: Sequence[Paper], words: Words) -> PaperGroup:
    return PaperGroup(
        name=name,
        title=words(f"papers.{name}", count=len(papers)),
        hint=words(f"papers.{name}_hint"),
        folded=name != "bring" and len(papers) >= _FOLDED_FROM,
        papers=tuple(papers),
    )


def _group(evidence: Evidence) -> str:
    if evidence.waiver:
        return "waived"
    if evidence.only_if:
        return "in_case"
    return "optional" if evidence.necessity == "optional" else "bring"


def _paper(title: str, group: str, needs: Sequence[Need], merged: bool, words: Words) -> Paper:
    papers = [evidence for _, evidence in needs]
    tags = [
        words(f"waiver.{evidence.waiver}") for evidence in papers if group == "waived" and evidence.waiver
    ]
    if group != "waived" and all(evidence.necessity == "deferrable" for evidence in papers):
        tags.append(words("papers.deferrable"))
    lines = [line for need in needs for line in _lines(*need, group, words)]
    if merged:
        lines.append(
            words(
                "papers.for", services=words("list.comma").join(_name(service, words) for service, _ in needs)
            )
        )
    return Paper(title, _form(papers, words), tuple(dict.fromkeys(tags)), tuple(dict.fromkeys(lines)))


def _lines(service: PublicService, evidence: Evidence, group: str, words: Words) -> list[str]:
    lines = []
    if evidence.only_if and group in ("in_case", "waived"):
        lines.append(words("papers.only_if", case=evidence.only_if))
    if group != "waived" and evidence.waiver:
        lines.append(words("papers.waived_for", service=_name(service, words)))
    if evidence.note:
        lines.append(evidence.note)
    return lines


def _form(papers: Sequence[Evidence], words: Words) -> str:
    """Originals are shown again at the next window, so the most that one service asks for; copies are handed in."""
    counts = [
        ("original", max(evidence.originals for evidence in papers)),
        ("copy", sum(evidence.copies for evidence in papers)),
    ]
    parts = [words(f"form.{name}_count", count=count) for name, count in counts if count > 0]
    if not parts:
        parts = list(dict.fromkeys(words(f"form.{evidence.form}") for evidence in papers))
    return words("list.comma").join(parts)


def _name(service: PublicService, words: Words) -> str:
    return words.pick(service.title, service.title_en)
