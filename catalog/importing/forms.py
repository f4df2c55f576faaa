"""The forms in which records are handed over as YAML: which keys they have and what these mean."""

from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import msgspec

from catalog.records import (
    Bulletin,
    CalendarYear,
    County,
    DisclosureField,
    EmergencyPlan,
    FloorPlan,
    GuidedFlow,
    LifeEvent,
    LifeStage,
    Participation,
    Record,
    ServicePackage,
    Survey,
    Tag,
)
from catalog.records.county import Facility, Floor, HallZone, Phone, Window

_NAMED = {"name": "title"}
_NAMED_TWICE = {"name": "title", "name_en": "title_en"}

STATED: dict[type, dict[str, str]] = {
    LifeStage: _NAMED_TWICE,
    LifeEvent: _NAMED_TWICE | {"stages": "life_stages"},
    ServicePackage: _NAMED_TWICE,
    Bulletin: {"kind": "bulletin_kind"},
    Survey: {"kind": "survey_kind"},
    Participation: {"kind": "participation_kind"},
    EmergencyPlan: _NAMED,
    Phone: _NAMED,
    FloorPlan: _NAMED | {"hours": "opening_hours"},
    Floor: _NAMED,
    HallZone: _NAMED | {"zone": "code", "w": "width", "h": "depth"},
    Window: {"window": "code"},
    Facility: _NAMED,
}
"""Struct → the hand-over words that differ from its attributes."""

CONSTANT: dict[type, dict[str, str]] = {
    FloorPlan: {"unit": "米", "origin": "左上角（西北角）为原点，x 向东，y 向南"},
}
"""Keys that state a convention and carry no data."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of document: a mapping belongs to it when it has all of `required`."""

    record: type[Record]
    file: str
    required: frozenset[str]
    keys: frozenset[str]
    single: bool = False


def _form(record: type[Record], file: str, required: str, *, single: bool = False) -> Form:
    words = {attribute: word for word, attribute in STATED.get(record, {}).items()}
    attributes = (field.encode_name for field in msgspec.structs.fields(record))
    keys = {words.get(attribute, attribute) for attribute in attributes} - {"source"}
    return Form(
        record, file, frozenset(required.split()), frozenset(keys | set(CONSTANT.get(record, {}))), single
    )


FORMS = (
    _form(County, "县.yaml", "id title zone_title public_url"),
    _form(LifeStage, "人生阶段.yaml", "id audience name"),
    _form(LifeEvent, "一件事.yaml", "id audience name services"),
    _form(GuidedFlow, "场景问答.yaml", "id event questions"),
    _form(ServicePackage, "主题服务包.yaml", "id audience name services events"),
    _form(Tag, "标签.yaml", "id label group"),
    _form(DisclosureField, "领域.yaml", "id title order"),
    _form(Bulletin, "公告.yaml", "id kind title issuer issued"),
    _form(EmergencyPlan, "突发事件预案.yaml", "id event_type name lead"),
    _form(Survey, "调查问卷.yaml", "id kind title questions anonymous"),
    _form(Participation, "公众参与.yaml", "id kind title organiser"),
    _form(FloorPlan, "大厅平面图.yaml", "id name width depth windows", single=True),
    _form(CalendarYear, "工作日历.yaml", "id confirmed holidays"),
)


@cache
def struct_in(wanted: Any) -> type[msgspec.Struct] | None:
    """The struct that a type is, or holds: `tuple[Window, ...]` and `Window | None` → Window."""
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        return wanted
    found = (struct_in(part) for part in get_args(wanted) if part is not Ellipsis)
    return next((part for part in found if part is not None), None)
