"""The pages of public participation (公众参与)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from catalog.records import Participation
from catalog.records.county import Feedback
from screens.reader.page import Block, ReaderPage, document, reader_page
from screens.reader.policy import season
from screens.shared.item import Paragraph, Tile
from screens.shared.onward import onward
from screens.shared.words import Words

State = Literal["soon", "open", "over"]
Group = Literal["draft", "open-day", "meeting", "other"]
GROUPS: tuple[Group, ...] = ("draft", "open-day", "meeting", "other")
_WORDS: dict[Group, tuple[str, ...]] = {
    "meeting": ("列席", "听证", "会议", "座谈"),
    "open-day": ("开放",),
    "draft": ("征集", "征求", "公开", "公示", "草案"),
}
"""What an office writes for the kind of participation; the first group with a word in it is meant."""
_ICONS: dict[Group, str] = {
    "draft": "comment-question",
    "open-day": "door-open",
    "meeting": "account-group",
    "other": "account-multiple",
}


@dataclass(frozen=True, slots=True)
class ParticipationPage:
    """Everything one can take part in, and what is over, below headings."""

    title: str = ""
    text: str = ""
    rows: tuple[Block, ...] = ()


def participation_page(found: Iterable[Participation], today: date, words: Words) -> ParticipationPage:
    """All of `found`: what is open or coming in groups, most urgent first, then what is over, newest first."""
    ordered = sorted(found, key=lambda one: (one.closes or date.max, one.id))
    rows: list[Block] = []
    for group in GROUPS:
        current = [one for one in ordered if state(one, today) != "over" and group_of(one) == group]
        rows += _section(words(f"participation-{group}"), current, today, words)
    rows = rows or [Paragraph(words("participation-none"))]
    over = [one for one in reversed(ordered) if state(one, today) == "over"]
    rows += _section(words("participation-over"), over, today, words)
    if not ordered:
        rows += onward(words)
    return ParticipationPage(words("participation"), words("participation-text"), tuple(rows))


def _section(heading: str, found: Sequence[Participation], today: date, words: Words) -> list[Block]:
    tiles: list[Block] = [participation_tile(one, today, words) for one in found]
    return [Paragraph(heading, "heading"), *tiles] if tiles else []


def participation_tile(one: Participation, today: date, words: Words) -> Tile:
    """Something to take part in as an entry."""
    parts = (one.organiser, _when(one, today, words))
    hint = words("list-dot").join(part for part in parts if part)
    return Tile(one.title, hint, f"participation/{one.id}", _ICONS[group_of(one)])


def state(one: Participation, today: date) -> State:
    """Whether one can take part today; what has no dates stays open."""
    last = one.closes or (one.event_time.date() if one.event_time else None)
    if last and last < today:
        return "over"
    return "soon" if one.opens and today < one.opens else "open"


def group_of(one: Participation) -> Group:
    """What kind of participation the office's words mean."""
    return next(
        (g for g, words in _WORDS.items() if any(w in one.participation_kind for w in words)), "other"
    )


def _when(one: Participation, today: date, words: Words) -> str:
    standing = state(one, today)
    if standing == "over":
        return _counts(one.feedback, words) if one.feedback else words("participation-over")
    if standing == "soon" and one.opens:
        return words("opens-on", day=words.day(one.opens))
    if one.closes is None:
        return ""
    days = (one.closes - today).days
    return words("days-left", count=days) if days else words("closes-today")


def _counts(feedback: Feedback, words: Words) -> str:
    return words("feedback-counts", received=feedback.received, adopted=feedback.adopted)


def one_participation_page(one: Participation, part: str, today: date, words: Words) -> ReaderPage:
    """One of them in full; `part` as in `reader_page`, the parts are `feedback` and `how`."""
    summary = (Paragraph(one.summary, "question"),) if one.summary else ()
    parts = {
        "feedback": (words("feedback"), _feedback(one, words)),
        "how": (words("participation-how"), _how(one, words)),
    }
    about = (one.participation_kind, one.organiser, _when(one, today, words))
    page = reader_page(
        f"participation/{one.id}", words("participation-what"), (*summary, *document(one.body)), parts, part
    )
    return replace(
        page,
        title=one.title,
        about=words("list-dot").join(text for text in about if text),
        warning=words("participation-closed") if state(one, today) == "over" else "",
    )


def _how(one: Participation, words: Words) -> tuple[Block, ...]:
    facts = (
        (words("participation-season"), season(one.opens, one.closes, words)),
        (words("participation-time"), f"{one.event_time:%Y-%m-%d %H:%M}" if one.event_time else ""),
        (words("participation-place"), one.place),
        (words("participation-quota"), words("people", count=one.quota) if one.quota else ""),
        (words("participation-ways"), one.how),
        (words("participation-questions"), "\n".join(one.questions)),
        (words("participation-documents"), "\n".join(one.documents)),
        (words("grant-contact"), words("list-dot").join(text for text in (one.contact, one.phone) if text)),
    )
    return _pairs(facts)


def _feedback(one: Participation, words: Words) -> tuple[Block, ...]:
    feedback = one.feedback
    if feedback is None:
        return ()
    facts = (
        (words("feedback-received"), str(feedback.received)),
        (words("feedback-adopted"), str(feedback.adopted)),
        (words("feedback-partly"), str(feedback.partly_adopted)),
        (words("feedback-not"), str(feedback.not_adopted)),
        (words("feedback-published"), f"{feedback.published}" if feedback.published else ""),
        (words("item-note"), feedback.note),
    )
    return _pairs(facts)


def _pairs(facts: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    return tuple(
        block
        for label, text in facts
        if text
        for block in (Paragraph(label, "label"), *(Paragraph(line) for line in text.splitlines()))
    )
