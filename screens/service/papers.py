"""Papers to bring (申请材料) as rows."""

from dataclasses import dataclass

from catalog.papers import Paper, group_of
from catalog.records import Evidence
from screens.shared.words import Words

_ICONS = {
    "bring": "check-circle",
    "in_case": "help-circle",
    "optional": "help-circle",
    "waived": "information",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper: its name, how many of what, what else to know, and a short badge or none."""

    title: str
    amount: str = ""
    note: str = ""
    badge: str = ""
    icon: str = "check-circle"
    always: bool = True


def paper_row(paper: Evidence, words: Words) -> PaperRow:
    """The row of one paper."""
    group = group_of(paper)
    notes = [words("only-if", case=paper.only_if) if paper.only_if else "", paper.note]
    return PaperRow(
        title=paper.title,
        amount=amount_of(paper, words),
        note=words("sentence-end").join(note for note in notes if note),
        badge=_badge(paper, words),
        icon=_ICONS[group],
        always=group == "bring",
    )


def merged_row(paper: Paper, words: Words) -> PaperRow:
    """The row of a paper that several services need: how many in all, and what for."""
    services = [words.either(service.title, service.title_en) for service, _ in paper.needs]
    forms = dict.fromkeys(amount_of(evidence, words) for _, evidence in paper.needs)
    amount = _count(paper.originals, paper.copies, words) or words("comma").join(
        form for form in forms if form
    )
    note = words("for-services", services=words("list-comma").join(services)) if len(services) > 1 else ""
    return PaperRow(paper.title, amount, note, icon=_ICONS[paper.group], always=paper.group == "bring")


def amount_of(paper: Evidence, words: Words) -> str:
    """How many originals and copies: 原件 1 份、复印件 2 份."""
    counted = _count(paper.originals, paper.copies, words)
    return counted or (words("electronic") if paper.form == "electronic" else "")


def _count(originals: int, copies: int, words: Words) -> str:
    parts = [words("originals", count=originals)] if originals else []
    if copies:
        parts.append(words("copies", count=copies))
    return words("comma").join(parts)


def _badge(paper: Evidence, words: Words) -> str:
    if paper.waiver:
        return words(f"waiver-{paper.waiver}")
    if paper.necessity == "deferrable":
        return words("deferrable")
    if paper.only_if:
        return words("by-case")
    return words("optional") if paper.necessity == "optional" else ""
