"""The same item in two places: 不重复 is what the directories promise."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from catalog.checks.directories import name_of
from catalog.checks.note import note
from catalog.checks.rules import Rules
from catalog.findings import Finding
from catalog.importing.words import plain
from catalog.records import DisclosureItem, Record

_EXACT = 0.95


def check_duplicates(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    """Between fields, inside a field, and between the supplementary and the standard directory."""
    items = [record for record in records if isinstance(record, DisclosureItem)]
    standard = [item for item in items if item.directory == "standard"]
    extra = [item for item in items if item.directory == "supplementary"]
    yield from _twins(standard)
    yield from _twins(extra)
    yield from _overlaps(extra, standard, rules)


def resembling(item: DisclosureItem, others: Iterable[DisclosureItem]) -> list[DisclosureItem]:
    """Those of the others whose names have anything in common with the item's: all that can be its duplicates."""
    name, own = _named(name_of(item))
    found = ((other, *_named(name_of(other))) for other in others)
    return [other for other, theirs, shared in found if theirs == name or not own.isdisjoint(shared)]


@lru_cache(maxsize=50_000)
def _named(name: str) -> tuple[str, frozenset[str]]:
    """A name without white space, and its pairs of characters; the same rows are looked at for every key typed."""
    text = plain(name)
    return text, frozenset(pairs(text))


def similarity(one: str, other: str) -> float:
    """Dice's coefficient over pairs of characters; 1 is equal."""
    first, second = pairs(one), pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else float(one == other)


def _twins(items: Iterable[DisclosureItem]) -> Iterator[Finding]:
    """Rows that agree in name, basis, body, deadline and nearly all of their content."""
    groups: dict[tuple[str, ...], list[DisclosureItem]] = defaultdict(list)
    for item in items:
        groups[plain(name_of(item)), plain("".join(item.basis)), plain(item.disclosing_body)].append(item)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if similarity(_content(one), _content(other)) >= _EXACT and plain(one.deadline_text) == plain(
                other.deadline_text
            ):
                yield _twin(one, other)
                yield _twin(other, one)


def _twin(item: DisclosureItem, other: DisclosureItem) -> Finding:
    across = item.field != other.field
    return note(
        "warning",
        "duplicate-across-domains" if across else "duplicate-in-field",
        item,
        f"“{name_of(item)}”与{'另一领域' if across else '同一领域'}的行重复",
        "保留一处，另一处删除或写明区别",
        related=[other],
    )


def _overlaps(
    extra: Sequence[DisclosureItem], standard: Sequence[DisclosureItem], rules: Rules
) -> Iterator[Finding]:
    """Supplementary rows that the standard directory already has, in the same or similar words."""
    named = [pairs(plain(name_of(item))) for item in standard]
    holders: dict[str, list[int]] = defaultdict(list)
    for position, theirs in enumerate(named):
        for pair in theirs:
            holders[pair].append(position)
    for item in extra:
        name = pairs(plain(name_of(item)))
        shared = Counter(position for pair in name for position in holders.get(pair, ()))
        near = [
            (content, standard[position])
            for position, count in shared.items()
            if 2 * count >= rules.similar_name * (len(name) + len(named[position]))
            and (content := similarity(_content(item), _content(standard[position]))) >= rules.similar_content
        ]
        if near:
            yield _overlap(item, *max(near, key=lambda entry: (entry[0], entry[1].id)))


def _overlap(item: DisclosureItem, score: float, other: DisclosureItem) -> Finding:
    return note(
        "warning",
        "duplicate-of-directory-row",
        item,
        f"“{name_of(item)}”与标准目录的“{name_of(other)}”重复（内容相似度 {score:.0%}）",
        "补充目录只列标准目录没有的事项",
        related=[other],
    )


def _content(item: DisclosureItem) -> str:
    return plain("、".join(item.content)).replace(";", "、").replace(",", "、")


def pairs(text: str) -> set[str]:
    """Every two characters that stand side by side."""
    return {text[position : position + 2] for position in range(len(text) - 1)}
