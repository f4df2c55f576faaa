"""What to bring, in words. The rules of the list are in catalog.papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog import papers
from catalog.papers import GROUPS, merged_papers
from catalog.records import Evidence, PublicService
from county.web.phone.words import Words

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


def paper_groups(services: Sequence[PublicService], words: Words) -> tuple[PaperGroup, ...]:
    """The papers of these services, merged, strongest group first. Groups without papers are left out."""
    grouped: dict[str, list[Paper]] = {name: [] for name in GROUPS}
    for paper in merged_papers(services):
        grouped[paper.group].append(_paper(paper, len(services) > 1, words))
    return tuple(_paper_group(name, lines, words) for name, lines in grouped.items() if lines)


def _paper_group(name: str, lines: Sequence[Paper], words: Words) -> PaperGroup:
    return PaperGroup(
        name=name,
        title=words(f"papers.{name}", count=len(lines)),
        hint=words(f"papers.{name}_hint"),
        folded=name != "bring" and len(lines) >= _FOLDED_FROM,
        papers=tuple(lines),
    )


def _paper(paper: papers.Paper, merged: bool, words: Words) -> Paper:
    asked = [evidence for _, evidence in paper.needs]
    tags = [
        words(f"waiver.{evidence.waiver}")
        for evidence in asked
        if paper.group == "waived" and evidence.waiver
    ]
    if paper.group != "waived" and all(evidence.necessity == "deferrable" for evidence in asked):
        tags.append(words("papers.deferrable"))
    lines = [line for need in paper.needs for line in _lines(*need, paper.group, words)]
    if merged:
        names = words("list.comma").join(_name(service, words) for service, _ in paper.needs)
        lines.append(words("papers.for", services=names))
    return Paper(paper.title, _form(paper, words), tuple(dict.fromkeys(tags)), tuple(dict.fromkeys(lines)))


def _lines(service: PublicService, evidence: Evidence, group: str, words: Words) -> list[str]:
    lines = []
    if evidence.only_if and group in ("in_case", "waived"):
        lines.append(words("papers.only_if", case=evidence.only_if))
    if group != "waived" and evidence.waiver:
        lines.append(words("papers.waived_for", service=_name(service, words)))
    if evidence.note:
        lines.append(evidence.note)
    return lines


def _form(paper: papers.Paper, words: Words) -> str:
    counts = [("original", paper.originals), ("copy", paper.copies)]
    parts = [words(f"form.{name}_count", count=count) for name, count in counts if count > 0]
    if not parts:
        parts = list(dict.fromkeys(words(f"form.{evidence.form}") for _, evidence in paper.needs))
    return words("list.comma").join(parts)


def _name(service: PublicService, words: Words) -> str:
    return words.pick(service.title, service.title_en)
