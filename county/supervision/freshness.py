"""How old things are, against the county's rules. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from catalog.records import Bulletin, DisclosureItem, Policy, PublicService, Record
from catalog.text import kind_of
from county.clock import local
from county.supervision.ground import Ground
from county.supervision.rules import Freshness

Age = Literal["fresh", "soon", "stale", "empty"]


@dataclass(frozen=True, slots=True)
class Aged:
    """A record, or with an empty `record` a whole column, and how old it is; `newest` None: nothing is there."""

    rule: Freshness
    kind: str
    record: str
    title: str
    organisations: tuple[str, ...]
    newest: date | None
    days: int
    age: Age


def ages(ground: Ground) -> tuple[Aged, ...]:
    """Every column and every record that a rule is about, the oldest first."""
    found: list[Aged] = []
    taken: set[tuple[str, str]] = set()
    for rule in ground.rules.freshness:
        members = [
            record
            for key, record in ground.records.items()
            if key[0] == rule.kind and key not in taken and _fits(rule, ground, record)
        ]
        taken |= {(rule.kind, record.id) for record in members}
        found.extend(
            _column(rule, ground, members) if rule.scope == "column" else _each(rule, ground, members)
        )
    return tuple(sorted(found, key=lambda aged: (aged.age != "empty", -aged.days)))


def confirmed(ground: Ground, record: Record) -> date:
    """When a record was last known to be right: confirmed by its office, issued, published or approved."""
    key = kind_of(record), record.id
    if isinstance(record, PublicService) and record.checked_on is not None:
        return record.checked_on
    if isinstance(record, Policy) and record.issued is not None:
        return record.issued
    if isinstance(record, Bulletin) and record.issued is not None:
        return local(record.issued).date()
    if isinstance(record, DisclosureItem) and record.id in ground.newest_publications:
        return ground.newest_publications[record.id]
    return max(ground.last.get(key, ground.today), record.checked_on or date.min)


def _fits(rule: Freshness, ground: Ground, record: Record) -> bool:
    field = ground.field_titles.get(record.field, record.field) if isinstance(record, DisclosureItem) else ""
    return not rule.pattern or re.search(rule.pattern, f"{field} {ground.title(record)}") is not None


def _column(rule: Freshness, ground: Ground, members: list[Record]) -> Iterator[Aged]:
    newest = max((confirmed(ground, record) for record in members), default=None)
    yield _aged(rule, ground, "", rule.title, (), newest)


def _each(rule: Freshness, ground: Ground, members: list[Record]) -> Iterator[Aged]:
    for record in members:
        organisations = ground.organisations(record)
        yield _aged(rule, ground, record.id, ground.title(record), organisations, confirmed(ground, record))


def _aged(
    rule: Freshness,
    ground: Ground,
    record: str,
    title: str,
    organisations: tuple[str, ...],
    newest: date | None,
) -> Aged:
    if newest is None:
        return Aged(rule, rule.kind, record, title, organisations, None, 0, "empty")
    age = max(ground.today - newest, timedelta()).days
    state: Age = (
        "stale" if age > rule.max_days else "soon" if age > rule.max_days - rule.warn_days else "fresh"
    )
    return Aged(rule, rule.kind, record, title, organisations, newest, age, state)
