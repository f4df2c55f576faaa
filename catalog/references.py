"""Which fields of records hold ids of other records, and every such id in a record. Pure."""

from collections.abc import Iterator
from typing import Any

import msgspec

from catalog.records import KIND_OF, DisclosureItem, Record
from catalog.records.condition import Condition

REFERENCES: dict[str, tuple[str, ...]] = {
    "service.competent_authority": ("organisation",),
    "service.life_stages": ("life_stage",),
    "service.field": ("field",),
    "life_event.life_stages": ("life_stage",),
    "life_event.services": ("service",),
    "life_event.flow": ("flow",),
    "flow.event": ("life_event",),
    "flow_action.include_services": ("service",),
    "flow_action.exclude_services": ("service",),
    "evidence_effect.service": ("service",),
    "flow_example.services": ("service",),
    "package.services": ("service",),
    "package.events": ("life_event",),
    "place.services": ("service",),
    "policy_clause.tags": ("tag",),
    "policy_clause.service": ("service",),
    "synonym.targets": ("service", "policy", "place", "life_event"),
    "disclosure.field": ("field",),
}
"""Type and field → the kinds of record whose id it holds. A type is a record's kind, or the name of a part."""


def type_word(struct: type[msgspec.Struct]) -> str:
    """The word for a type: `service` for PublicService, `policy_clause` for PolicyClause."""
    if issubclass(struct, Record):
        return KIND_OF[struct]
    name = struct.__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def references(record: Record) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(path of the field, kinds it may be of, id) of every reference, empty ones left out.

    The category of an item of the supplementary directory is no reference.
    """
    for path, field, value in _values(record, ""):
        kinds = REFERENCES.get(field)
        if kinds and value and not (field == "disclosure.field" and _supplementary(record)):
            yield path, kinds, value


def texts(record: Record) -> Iterator[tuple[str, str]]:
    """(path of the field, text) of every text of a record that is not empty; paths are written `evidence[2].title`.

    Ids are none.
    """
    for path, field, value in _values(record, ""):
        if isinstance(value, str) and value and not (field in REFERENCES or field.endswith(".id")):
            yield path, value


def _values(struct: msgspec.Struct, above: str) -> Iterator[tuple[str, str, Any]]:
    word = type_word(type(struct))
    for name in struct.__struct_fields__:
        if name != "source":
            path = f"{above}.{name}" if above else name
            yield from _below(getattr(struct, name), path, f"{word}.{name}")


def _below(value: Any, path: str, field: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Condition):
        return
    if isinstance(value, msgspec.Struct):
        yield from _values(value, path)
    elif isinstance(value, tuple | list):
        for place, one in enumerate(value):
            yield from _below(one, f"{path}[{place}]", field)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _below(one, f"{path}.{key}", field)
    else:
        yield path, field, value


def _supplementary(record: Record) -> bool:
    return isinstance(record, DisclosureItem) and record.directory == "supplementary"
