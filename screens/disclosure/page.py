"""The pages of the disclosure directories."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from catalog.directory import Directory, Group, item_title
from catalog.records import DisclosureItem
from screens.shared.item import Paragraph, Tab, Tile
from screens.shared.onward import onward
from screens.shared.words import Words

View = Literal["fields", "offices", "levels"]
VIEWS: tuple[View, ...] = ("fields", "offices", "levels")
Block = Paragraph | Tile

_ICONS = {
    "territorial-planning": "map",
    "major-projects": "crane",
    "public-resource-trading": "handshake",
    "budgets": "calculator",
    "work-safety": "shield-check",
    "taxation": "receipt-text",
    "land-acquisition": "shovel",
    "housing-expropriation": "home-alert",
    "affordable-housing": "home-city",
    "rural-dilapidated-housing": "hammer-wrench",
    "environment": "leaf",
    "public-culture": "palette",
    "public-legal-services": "scale-balance",
    "poverty-alleviation": "hand-heart",
    "disaster-relief": "umbrella",
    "food-drug-supervision": "pill",
    "urban-enforcement": "gavel",
    "employment": "briefcase",
    "social-insurance": "shield-account",
    "social-assistance": "hand-coin",
    "elderly-care": "human-cane",
    "household-registration": "card-account-details",
    "farm-subsidies": "corn",
    "compulsory-education": "school",
    "health": "hospital-box",
    "municipal-services": "city",
}
"""Id of a field of the national directory → icon."""


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """A title, ways to look at the directory, and rows: entries below headings, or one item in full (`card`)."""

    title: str = ""
    text: str = ""
    tabs: tuple[Tab, ...] = ()
    rows: tuple[Block, ...] = ()
    card: bool = False


def overview_page(view: View, found: Directory, words: Words) -> DisclosurePage:
    """All fields, all offices or all levels."""
    rows = {"fields": _fields, "offices": _offices, "levels": _levels}[view](found, words)
    return DisclosurePage(
        title=words("disclosure"),
        text=words("disclosure-text", count=len(found.items)) if found.items else "",
        tabs=tuple(Tab(words(f"disclosure-{name}"), _route(name), name == view) for name in VIEWS)
        if found.items
        else (),
        rows=rows or (Paragraph(words("nothing-here")), *onward(words)),
    )


def _route(view: View) -> str:
    return "disclosure" if view == "fields" else f"disclosure/{view}"


def _fields(found: Directory, words: Words) -> tuple[Block, ...]:
    rows: list[Block] = [
        Tile(
            found.field_titles.get(field, field),
            words("disclosure-count", count=len(items)),
            f"disclosure/field/{field}",
            _ICONS.get(field, "book-open-variant"),
        )
        for field, items in found.fields.items()
    ]
    if found.categories:
        rows.append(Paragraph(words("disclosure-supplementary"), "heading"))
    rows += [
        Tile(
            category,
            words("disclosure-count", count=len(items)),
            f"disclosure/category/{category}",
            "clipboard-list",
        )
        for category, items in found.categories.items()
    ]
    return tuple(rows)


def _offices(found: Directory, words: Words) -> tuple[Block, ...]:
    return tuple(
        Tile(
            found.office_titles.get(office, office),
            words("disclosure-count", count=len(items)),
            f"disclosure/office/{office}",
            "bank",
        )
        for office, items in found.offices.items()
    )


def _levels(found: Directory, words: Words) -> tuple[Block, ...]:
    return tuple(
        Tile(
            level or words("level-none"),
            words("disclosure-count", count=len(items)),
            f"disclosure/level/{level}",
            "town-hall",
        )
        for level, items in found.levels.items()
    )


def group_page(title: str, items: Group, found: Directory, words: Words) -> DisclosurePage:
    """The items of one field, office or level, below headings: of a field its parts, else the fields."""
    one_field = len({item.field for item in items}) == 1
    named: Callable[[DisclosureItem], str] = (
        (lambda item: item.level1)
        if one_field
        else (lambda item: found.field_titles.get(item.field, item.field))
    )
    rows: list[Block] = []
    for heading, group in groupby(items, named):
        rows += [Paragraph(heading, "heading")] if heading else []
        rows += [item_tile(item, words) for item in group]
    return DisclosurePage(
        title=title,
        text=words("disclosure-count", count=len(items)),
        rows=tuple(rows) or (Paragraph(words("nothing-here")), *onward(words)),
    )


def item_tile(item: DisclosureItem, words: Words) -> Tile:
    """An item as an entry; the hint says who publishes it and how soon."""
    hint = words("list-dot").join(part for part in (item.disclosing_body, deadline(item, words)) if part)
    return Tile(item_title(item), hint, f"disclosure/item/{item.id}", "file-document")


def item_page(
    item: DisclosureItem, found: Directory, related: Iterable[Tile], words: Words
) -> DisclosurePage:
    """One item in full; `related` are services and policies about the same."""
    facts = (
        (words("item-deadline"), deadline(item, words)),
        (words("item-deadline-written"), item.deadline_text),
        (words("item-content"), _lines(item.content)),
        (words("item-basis"), _lines(item.basis)),
        (words("item-body"), item.disclosing_body),
        (words("item-channels"), words("list-comma").join(item.channels)),
        (words("item-audience"), _audience(item, words)),
        (words("item-mode"), _mode(item, words)),
        (words("item-levels"), words("list-comma").join(item.levels)),
        (words("item-note"), item.note),
        (words("item-link"), item.link),
    )
    rows: list[Block] = []
    for number, (label, text) in enumerate(facts):
        if text:
            rows += [Paragraph(label, "label"), Paragraph(text, "body" if number else "question")]
    ways = [
        Tile(found.office_titles.get(key, key), words("item-office"), f"disclosure/office/{key}", "bank")
        for key in found.bodies[item.id]
    ]
    ways += related
    if ways:
        rows.append(Paragraph(words("item-related"), "heading"))
    names = (found.field_titles.get(item.field, item.field), item.level1, item.level2)
    title = item_title(item)
    about = words("list-dot").join(name for name in dict.fromkeys(names) if name and name != title)
    return DisclosurePage(title=title, text=about, rows=(*rows, *ways), card=True)


def _lines(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))


def deadline(item: DisclosureItem, words: Words) -> str:
    """The rule read from the deadline, in words; empty when none could be read."""
    rule = item.deadline
    if rule is None or rule.kind == "unknown":
        return ""
    if rule.kind == "within":
        shown = words("deadline-within", length=_length(rule.value, rule.unit, words))
    else:
        shown = words(f"deadline-{rule.kind}")
    if rule.display:
        shown += words("comma") + words(
            "deadline-display", length=_length(rule.display, rule.display_unit, words)
        )
    return shown


def _length(value: int | None, unit: str, words: Words) -> str:
    return words(f"limit-{unit}", count=value) if value is not None and unit else ""


def _audience(item: DisclosureItem, words: Words) -> str:
    society = words("audience-society") if item.to_all_society else ""
    group = words("audience-group", group=item.specific_group) if item.specific_group else ""
    return words("list-comma").join(part for part in (society, group) if part)


def _mode(item: DisclosureItem, words: Words) -> str:
    modes = (
        words("mode-proactive") if item.proactive else "",
        words("mode-request") if item.on_request else "",
    )
    return words("list-comma").join(mode for mode in modes if mode)
