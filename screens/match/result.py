"""The clauses that may be for the visitor, as a text to read with entries to touch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalog.matching import Likelihood, Match, Taps
from catalog.records.base import Audience
from screens.match.page import Groups, asked_text, question_route, result_route
from screens.reader.page import Block, ReaderPage, reader_page
from screens.shared.item import Paragraph, Tile
from screens.shared.shorten import shortened
from screens.shared.words import Words

SUPPORT_COLUMNS = 64
"""Of what a clause grants, in a list."""
SOON = 60
"""Days before the end of a season from which on they are counted."""
ICONS: Mapping[Likelihood, str] = {
    "likely": "check-circle",
    "possible": "help-circle",
    "open": "help-circle",
    "unlikely": "close-circle",
}


@dataclass(frozen=True, slots=True)
class Tapped:
    """Who asks, what was asked, and what was tapped."""

    audience: Audience
    groups: Groups
    taps: Taps


def match_result_page(
    tapped: Tapped, found: Sequence[Match], part: str, desk: str, today: date, words: Words
) -> ReaderPage:
    """The list of `found`, best first; `part` is `answers` for what was tapped. `desk` says where to ask."""
    body = _sections(found, tapped.audience, today, words) or _empty(tapped, desk, words)
    parts = {"answers": (words("match-answers"), _answers(tapped, words))}
    page = reader_page(result_route(tapped.audience), words("match-found"), body, parts, part)
    shown = [one for one in found if one.likelihood in ("likely", "possible")]
    actions = (
        Tile(words("match-change"), "", question_route(tapped.audience), "pencil"),
        Tile(words("match-take"), "", f"do/take-found/{tapped.audience}", "playlist-plus"),
    )
    return replace(
        page,
        title=words("match-result" if shown else "match-result-none"),
        about=words("match-disclaimer") if shown else "",
        actions=actions[: 2 if shown else 1],
    )


def clause_tile(one: Match, audience: Audience, today: date, words: Words) -> Tile:
    """A clause as an entry: what it grants, and until when."""
    support = shortened(one.clause.support, SUPPORT_COLUMNS)
    hint = "\n".join(part for part in (support, season_text(one, today, words)) if part)
    return Tile(one.clause.title, hint, clause_route(audience, one), ICONS[one.likelihood])


def clause_route(audience: Audience, one: Match) -> str:
    """Where a clause is shown."""
    return f"clause/{audience}/{one.policy.id}/{one.number}"


def season_text(one: Match, today: date, words: Words) -> str:
    """Whether it can be applied for, and until or from when."""
    if one.season == "over":
        return words("match-over", day=one.closes)
    if one.season == "later":
        return words("match-later", day=one.opens)
    if one.closes is None:
        return words("match-any-time")
    days = (one.closes - today).days
    return (
        words("match-closes", day=one.closes, count=days)
        if days <= SOON
        else words("until-day", day=one.closes)
    )


def labels(tapped: tuple[str, ...] | None, group: str, groups: Groups, words: Words) -> str:
    """What was tapped of a group, in words."""
    if tapped is None:
        return words("match-unanswered")
    chosen = [tag.label for tag in groups[group] if tag.id in tapped]
    return words("list-comma").join(chosen) or words("match-none-of-these")


def _sections(found: Sequence[Match], audience: Audience, today: date, words: Words) -> tuple[Block, ...]:
    """Likely, possible and what is over; nothing when neither is there."""
    current = [one for one in found if one.season != "over"]
    sections = (
        ("likely", [one for one in current if one.likelihood == "likely"]),
        ("possible", [one for one in current if one.likelihood == "possible"]),
        ("over", [one for one in found if one.season == "over" and one.likelihood in ("likely", "possible")]),
    )
    blocks: list[Block] = []
    for name, those in sections:
        if those:
            blocks.append(Paragraph(words(f"match-section-{name}", count=len(those)), "heading"))
            blocks += [clause_tile(one, audience, today, words) for one in those]
    unasked = sum(one.likelihood == "open" for one in found)
    if blocks and unasked:
        blocks.append(Paragraph(words("match-unasked", count=unasked), "label"))
    return tuple(blocks)


def _empty(tapped: Tapped, desk: str, words: Words) -> tuple[Block, ...]:
    """Why there is nothing, and the next step."""
    answered = [group for group in tapped.groups if group in tapped.taps]
    why = words("match-empty" if answered else "match-nothing-tapped")
    return (
        Paragraph(why, "question"),
        Paragraph(words("match-empty-text", desk=desk)),
        Tile(words("call-guide"), "", "guide", "hand-wave"),
        Tile(words("search"), "", "search", "magnify"),
    )


def _answers(tapped: Tapped, words: Words) -> tuple[Block, ...]:
    return tuple(
        Tile(
            asked_text(group, words),
            labels(tapped.taps.get(group), group, tapped.groups, words),
            question_route(tapped.audience, number),
            "pencil",
        )
        for number, group in enumerate(tapped.groups, 1)
    )
