"""How complete a record is: level A is what must be there, B and C what makes it better.

For services, A are the eight elements of the national check of guides (办事指南), B adds time limits, fees,
complaints, authority, visits and kind, C results, questions and other names; for directory rows, A are the eight
elements that 国办发〔2019〕54号 asks for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from catalog.records import Record
from catalog.text import kind_of

Level = Literal["A", "B", "C"]
LEVELS: tuple[Level, ...] = get_args(Level)

ELEMENTS: Mapping[str, Mapping[Level, tuple[str, ...]]] = {
    "service": {
        "A": (
            "title",
            "legal_resources",
            "requirements",
            "evidence",
            "channel.address",
            "channel.opening_hours",
            "channel.phone",
            "steps",
        ),
        "B": (
            "statutory_time_limit",
            "promised_time_limit",
            "costs",
            "channel.complaints_phone",
            "competent_authority",
            "visits",
            "processing_kind",
        ),
        "C": ("output.title", "questions", "aliases", "description", "modes", "checked_on"),
    },
    "disclosure": {
        "A": (
            "level1",
            "content",
            "basis",
            "deadline_text",
            "disclosing_body",
            "channels",
            "audience",
            "mode",
        ),
        "B": ("deadline", "levels"),
        "C": ("link",),
    },
    "policy": {
        "A": ("title", "issuer", "issued", "text"),
        "B": ("document_number", "summary", "interpretations"),
        "C": ("clauses", "expires"),
    },
    "organisation": {
        "A": ("title", "phone", "address"),
        "B": ("duties", "complaints_phone"),
        "C": ("short_title", "hall_area"),
    },
    "place": {
        "A": ("title", "category", "address"),
        "B": ("opening_hours", "phone"),
        "C": ("accessibility", "services"),
    },
    "life_event": {
        "A": ("title", "services"),
        "B": ("summary", "life_stages"),
        "C": ("title_en", "aliases", "flow"),
    },
    "participation": {
        "A": ("title", "organiser", "summary", "opens"),
        "B": ("body", "how", "closes"),
        "C": ("contact", "phone", "documents"),
    },
    "bulletin": {"A": ("title", "body", "issuer", "issued"), "B": ("phone", "starts"), "C": ("area",)},
}
"""Kind → level → the fields that it asks for. `audience` and `mode` of a directory row are two ticks each."""

_SPECIAL: Mapping[str, Callable[[Any], bool]] = {
    "audience": lambda item: item.to_all_society or bool(item.specific_group),
    "mode": lambda item: item.proactive or item.on_request,
    "costs": lambda service: service.free or bool(service.costs),
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """`level` is the highest that is reached with all below it, "" for none; `missing` are fields by level."""

    level: Literal["", "A", "B", "C"]
    missing: Mapping[Level, tuple[str, ...]]
    share: float
    """Of all fields of the three levels, from 0 to 1."""


def completeness(record: Record) -> Completeness | None:
    """How complete a record is; None for kinds that have no levels."""
    elements = ELEMENTS.get(kind_of(record))
    if elements is None:
        return None
    missing = {
        level: tuple(f for f in fields if not _present(record, f)) for level, fields in elements.items()
    }
    reached: Literal["", "A", "B", "C"] = ""
    for level in LEVELS:
        if missing[level]:
            break
        reached = level
    total = sum(map(len, elements.values()))
    return Completeness(reached, missing, 1 - sum(map(len, missing.values())) / total)


def _present(record: Record, field: str) -> bool:
    if field in _SPECIAL:
        return _SPECIAL[field](record)
    value: Any = record
    for name in field.split("."):
        value = getattr(value, name)
    return value not in (None, "", ())
