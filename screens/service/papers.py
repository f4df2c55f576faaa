"""Papers to bring (申请材料) as rows."""

from dataclasses import dataclass

from catalog.records import Evidence
from screens.shared.words import Words


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
    always = not paper.only_if and paper.necessity != "optional"
    notes = [words("only-if", case=paper.only_if) if paper.only_if else "", paper.note]
    return PaperRow(
        title=paper.title,
        amount=amount_of(paper, words),
        note=words("sentence-end").join(note for note in notes if note),
        badge=_badge(paper, words),
        icon="information" if paper.waiver else "check-circle" if always else "help-circle",
        always=always and not paper.waiver,
    )


def amount_of(paper: Evidence, words: Words) -> str:
    """How many originals and copies: 原件 1 份、复印件 2 份."""
    parts = []
    if paper.form == "electronic" and not paper.originals and not paper.copies:
        parts.append(words("electronic"))
    if paper.originals:
        parts.append(words("originals", count=paper.originals))
    if paper.copies:
        parts.append(words("copies", count=paper.copies))
    return words("comma").join(parts)


def _badge(paper: Evidence, words: Words) -> str:
    if paper.waiver:
        return words(f"waiver-{paper.waiver}")
    if paper.necessity == "deferrable":
        return words("deferrable")
    if paper.only_if:
        return words("by-case")
    return words("optional") if paper.necessity == "optional" else ""
