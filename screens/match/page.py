"""One group of tags to tap, on the way to the policies that may be for the visitor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.matching import Match, Taps
from catalog.records import Tag
from catalog.records.base import Audience
from screens.shared.grades import Choice
from screens.shared.item import Tab
from screens.shared.words import Words

NAMES = {
    "身份": "who",
    "年龄": "age",
    "处境": "situation",
    "企业规模": "size",
    "行业": "trade",
    "事项": "need",
}
"""What county workbooks call groups → what the kiosk asks in its own words."""
ICONS = ("checkbox-blank-outline", "checkbox-marked")

Groups = Mapping[str, tuple[Tag, ...]]


@dataclass(frozen=True, slots=True)
class MatchPage:
    """A question with tags to tap. `so_far` says what is found already, and `result_route` leads there."""

    tabs: tuple[Tab, ...] = ()
    place: str = ""
    question: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    so_far: str = ""
    result_label: str = ""
    result_route: str = ""
    previous_label: str = ""
    previous_route: str = ""
    next_label: str = ""
    next_route: str = ""


def match_page(
    audience: Audience, number: int, groups: Groups, taps: Taps, found: Sequence[Match], words: Words
) -> MatchPage:
    """The page of the `number`th group, counted from 1. `found` is what matches the taps so far."""
    group = list(groups)[number - 1]
    tapped = taps.get(group)
    last = number == len(groups)
    label = words("next") if not last else words("match-see")
    page = MatchPage(
        tabs=(
            Tab(words("person"), question_route("person"), audience == "person"),
            Tab(words("business"), question_route("business"), audience == "business"),
        ),
        place=words("question-place", number=number, count=len(groups)),
        question=asked_text(group, words),
        hint=_hint(group, number, words),
        choices=_choices(groups[group], tapped, words),
        previous_label=words("previous") if number > 1 else "",
        previous_route=question_route(audience, number - 1) if number > 1 else "",
        next_label=words("match-skip") if tapped is None else label,
        next_route=result_route(audience) if last else question_route(audience, number + 1),
    )
    sure, maybe = (sum(one.likelihood == name for one in found) for name in ("likely", "possible"))
    if last or not sure + maybe:
        return page
    return replace(
        page,
        so_far=words("match-so-far", likely=sure, possible=maybe),
        result_label=words("match-see-now"),
        result_route=result_route(audience),
    )


def asked_text(group: str, words: Words) -> str:
    """The question that asks for a group."""
    return words(f"match-ask-{NAMES[group]}") if group in NAMES else words("match-ask", group=group)


def question_route(audience: Audience, number: int = 1) -> str:
    """Where the `number`th group is asked for."""
    return f"match/{audience}" if number == 1 else f"match/{audience}/{number}"


def result_route(audience: Audience) -> str:
    """Where the found clauses are listed."""
    return f"matched/{audience}"


def _hint(group: str, number: int, words: Words) -> str:
    """Several may be tapped; first of all, that nobody learns what; of the age, whose it is."""
    first = words("match-private") if number == 1 else ""
    whose = words("match-whose-age") if NAMES.get(group) == "age" else ""
    return words("sentence-end").join(part for part in (words("several"), whose, first) if part)


def _choices(tags: Sequence[Tag], tapped: tuple[str, ...] | None, words: Words) -> tuple[Choice, ...]:
    found = [(tag.label, f"do/tap/{tag.id}", tag.id in (tapped or ())) for tag in tags]
    found.append((words("match-none-of-these"), f"do/tap-none/{tags[0].id}", tapped == ()))
    return tuple(Choice(label, route, ICONS[chosen], chosen) for label, route, chosen in found)
