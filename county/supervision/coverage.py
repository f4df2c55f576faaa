"""The figures by organisation and by field. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from catalog.records import DisclosureItem, PublicService
from county.supervision.completeness import completeness
from county.supervision.entries import Entry, punctual, tally
from county.supervision.faults import Fault
from county.supervision.ground import Ground
from county.supervision.timeliness import State

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation or field. `recorded` items have a publication on record; `states` count its entries."""

    key: str
    title: str
    items: int
    complete: int
    recorded: int
    services: int
    states: Mapping[State, int]
    faults: int

    @property
    def punctual(self) -> tuple[int, int]:
        """(in time, judged)."""
        return punctual(self.states)


def by_organisation(ground: Ground, entries: Sequence[Entry], faults: Sequence[Fault]) -> tuple[Row, ...]:
    """Every office with an item, a service, an entry or a fault; those with the most items first."""
    items = _grouped(ground.of(DisclosureItem), ground.organisations)
    services = _grouped(ground.of(PublicService), ground.organisations)
    entered = _grouped(entries, lambda entry: entry.organisations)
    faulty = _grouped(faults, lambda fault: fault.organisations)
    keys = {**items, **services, **entered, **faulty}
    rows = [
        _row(
            ground,
            key,
            ground.office_titles.get(key, key),
            items.get(key, []),
            len(services.get(key, [])),
            entered.get(key, []),
            len(faulty.get(key, [])),
        )
        for key in keys
        if key
    ]
    return tuple(sorted(rows, key=lambda row: (-row.items, -row.services, row.title)))


def by_field(ground: Ground, entries: Sequence[Entry], faults: Sequence[Fault]) -> tuple[Row, ...]:
    """Every field of the standard directory, in its order, then the categories of the supplementary one."""
    items = _grouped(ground.of(DisclosureItem), lambda item: [item.field])
    fields = {item.id: item.field for item in ground.of(DisclosureItem)}
    services = _grouped(ground.of(PublicService), lambda service: [service.field])
    entered = _grouped(entries, lambda entry: [entry.field])
    faulty = _grouped(faults, lambda fault: [fields.get(fault.record, "")])
    keys = {**dict.fromkeys(ground.field_titles), **dict.fromkeys(items)}
    return tuple(
        _row(
            ground,
            key,
            ground.field_titles.get(key, key),
            items.get(key, []),
            len(services.get(key, [])),
            entered.get(key, []),
            len(faulty.get(key, [])),
        )
        for key in keys
        if key
    )


def _row(
    ground: Ground,
    key: str,
    title: str,
    items: list[DisclosureItem],
    services: int,
    entered: list[Entry],
    faulty: int,
) -> Row:
    return Row(
        key=key,
        title=title,
        items=len(items),
        complete=completeness(items).complete,
        recorded=sum(item.id in ground.recorded for item in items),
        services=services,
        states=tally(entered),
        faults=faulty,
    )


def _grouped(values: Iterable[T], keys: Callable[[T], Iterable[K]]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return groups
