"""The disclosure items of an edition in the groups in which people look for them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.offices import Offices, names
from catalog.records import DisclosureField, DisclosureItem, Policy, PublicOrganisation

Group = tuple[DisclosureItem, ...]
LEVELS = ("县级", "乡级", "村级")


@dataclass(frozen=True)
class Directory:
    """Items in the order of their directories, and the same under every key of a group.

    `offices` has the id of an office where the edition has that office, else the name in the directory's words; those
    with the most items come first. A level is empty where an item names none.
    """

    items: Group
    fields: dict[str, Group]
    categories: dict[str, Group]
    offices: dict[str, Group]
    levels: dict[str, Group]
    field_titles: dict[str, str]
    office_titles: dict[str, str]
    bodies: dict[str, tuple[str, ...]]
    """Id of an item → the keys of its offices."""
    policies: dict[str, tuple[Policy, ...]]
    """Key of an office → what it issued, newest first."""


def directory(
    items: Iterable[DisclosureItem],
    fields: Iterable[DisclosureField],
    organisations: Sequence[PublicOrganisation],
    policies: Iterable[Policy] = (),
) -> Directory:
    """All groups. A field without items is there; an office or a level without items is not."""
    ordered = tuple(sorted(items, key=_place))
    ordered_fields = sorted(fields, key=lambda field: (field.order, field.id))
    offices = Offices(organisations)
    item_bodies = {item.id: bodies(item.disclosing_body, offices) for item in ordered}
    found: dict[str, dict[str, list[DisclosureItem]]] = {
        "field": {},
        "category": {},
        "office": {},
        "level": {},
    }
    found["field"] = {field.id: [] for field in ordered_fields}
    found["level"] = {level: [] for level in LEVELS}
    for item in ordered:
        kind = "field" if item.directory == "standard" else "category"
        found[kind].setdefault(item.field, []).append(item)
        for office in item_bodies[item.id]:
            found["office"].setdefault(office, []).append(item)
        for level in item.levels or ("",):
            found["level"].setdefault(level, []).append(item)
    groups = {kind: {key: tuple(group) for key, group in keys.items()} for kind, keys in found.items()}
    return Directory(
        items=ordered,
        fields=groups["field"],
        categories=groups["category"],
        offices=dict(sorted(groups["office"].items(), key=lambda pair: -len(pair[1]))),
        levels={key: group for key, group in groups["level"].items() if group},
        field_titles={field.id: field.title for field in ordered_fields},
        office_titles={office.id: office.title for office in organisations},
        bodies=item_bodies,
        policies=_issued(policies, offices),
    )


def _issued(policies: Iterable[Policy], offices: Offices) -> dict[str, tuple[Policy, ...]]:
    issued: dict[str, tuple[Policy, ...]] = {}
    for policy in sorted(policies, key=lambda policy: (policy.issued or date.min, policy.id), reverse=True):
        for office in bodies(policy.issuer, offices):
            issued[office] = (*issued.get(office, ()), policy)
    return issued


def bodies(text: str, offices: Offices) -> tuple[str, ...]:
    """The offices that a text names: ids, and names that belong to none."""
    return tuple(dict.fromkeys(offices.find(name) or name for name in names(text)))


def item_title(item: DisclosureItem) -> str:
    """The name of an item: its finest level."""
    return item.level3 or item.level2 or item.level1 or item.number


def _place(item: DisclosureItem) -> tuple[str, str, int, int, str]:
    """Directory, field, row of the sheet, number."""
    number = int(item.number) if item.number.isdecimal() and len(item.number) < 9 else 0
    return item.directory, item.field, item.source.row if item.source else 0, number, item.id
