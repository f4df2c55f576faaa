"""The disclosure directories by field, office and level: what leads to single entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from catalog.directory import Directory, Group, item_title
from catalog.records import DisclosureItem
from county.web.phone.disclosure import deadline
from county.web.phone.parts import Link
from county.web.phone.words import Words

LONGEST = 100
"""Entries on one page, which keeps it light."""


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Links below headings; a heading may be empty. `turns` lead to the pages before and after this one."""

    title: str
    kicker: str
    sections: tuple[tuple[str, tuple[Link, ...]], ...]
    turns: tuple[Link, ...] = ()


def overview_page(found: Directory, words: Words) -> DirectoryPage:
    """Every group of the directories, with the number of its entries."""
    groups = groups_of(found)
    sections = (
        (words(f"directory.by_{kind}"), tuple(_group_link(kind, key, found, words) for key in groups[kind]))
        for kind in groups
    )
    count = words("directory.count", count=len(found.items))
    return DirectoryPage(words("directory.title"), count, tuple(pair for pair in sections if pair[1]))


def group_page(kind: str, key: str, number: int, found: Directory, words: Words) -> DirectoryPage | None:
    """Page `number`, counted from 1, of one field, category, office or level; None when there is no such thing."""
    items = groups_of(found).get(kind, {}).get(key)
    pages = max(1, -(-len(items) // LONGEST)) if items is not None else 0
    if items is None or not 1 <= number <= pages:
        return None
    title = _title(kind, key, found, words)
    shown = items[(number - 1) * LONGEST : number * LONGEST]
    sections = (
        (heading, tuple(_entry(item, words) for item in group))
        for heading, group in groupby(shown, lambda item: _heading(kind, item, found))
    )
    return DirectoryPage(
        title=title,
        kicker=words("directory.count", count=len(items)),
        sections=tuple(sections),
        turns=_turns(number, pages, words),
    )


def groups_of(found: Directory) -> Mapping[str, Mapping[str, Group]]:
    """Kind of group, as in addresses → key → its entries."""
    return {
        "field": found.fields,
        "category": found.categories,
        "office": found.offices,
        "level": found.levels,
    }


def _title(kind: str, key: str, found: Directory, words: Words) -> str:
    titles: Mapping[str, str] = {"field": found.field_titles, "office": found.office_titles}.get(kind, {})
    return titles.get(key, key) or words("directory.no_level")


def _heading(kind: str, item: DisclosureItem, found: Directory) -> str:
    if kind in ("field", "category"):
        return item.level1
    return found.field_titles.get(item.field, item.field)


def _group_link(kind: str, key: str, found: Directory, words: Words) -> Link:
    count = words("directory.count", count=len(groups_of(found)[kind][key]))
    return Link(_title(kind, key, found, words), f"/m/directory/{kind}/{quote(key or '-', safe='')}", count)


def _entry(item: DisclosureItem, words: Words) -> Link:
    note = words("list.dot").join(filter(None, [item.disclosing_body, deadline(item, words)]))
    return Link(item_title(item), f"/m/disclosure/{quote(item.id)}", note)


def _turns(number: int, pages: int, words: Words) -> tuple[Link, ...]:
    ways: Sequence[tuple[str, int]] = (("before", number - 1), ("after", number + 1))
    return tuple(
        Link(words(f"directory.{name}", number=to, count=pages), f"?page={to}")
        for name, to in ways
        if 1 <= to <= pages
    )
