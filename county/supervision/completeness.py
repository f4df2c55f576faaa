"""Whether directory rows say all they must: the eight elements of 国办发〔2019〕54号. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from catalog.directory import item_title
from catalog.records import DisclosureItem

Element = Literal["title", "content", "basis", "deadline", "body", "mode", "channel", "audience"]
ELEMENTS: tuple[Element, ...] = (
    "title",
    "content",
    "basis",
    "deadline",
    "body",
    "mode",
    "channel",
    "audience",
)
"""名称、内容、依据、时限、主体、方式、渠道、公开对象."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many rows there are, how many say everything, and how many say each element."""

    items: int
    complete: int
    elements: Mapping[Element, int]


def missing(item: DisclosureItem) -> tuple[Element, ...]:
    """The elements that a row does not say. The supplementary directory has no columns for modes and audience."""
    said: dict[Element, object] = {
        "title": item_title(item),
        "content": item.content,
        "basis": item.basis,
        "deadline": item.deadline_text,
        "body": item.disclosing_body,
        "mode": item.proactive or item.on_request,
        "channel": item.channels,
        "audience": item.to_all_society or item.specific_group or item.directory == "supplementary",
    }
    return tuple(element for element in ELEMENTS if not said[element])


def completeness(items: Iterable[DisclosureItem]) -> Completeness:
    """Over any rows."""
    absent = [missing(item) for item in items]
    counts = Counter(element for one in absent for element in one)
    elements = {element: len(absent) - counts[element] for element in ELEMENTS}
    return Completeness(len(absent), sum(not one for one in absent), elements)
