"""The records of a county's catalogue, in the words of CPSV-AP.

A record is a frozen value. It has a stable `id` that is unique within its `kind` and never reused, and it
knows where it came from. `RECORD_TYPES` maps each kind to its type; a kind that is not in it is carried
along and skipped, a field that is not known is ignored.
"""

from catalog.records.base import Record, Source, TimeLimit, TimeUnit
from catalog.records.county import (
    Bulletin,
    CalendarYear,
    County,
    EmergencyPlan,
    FloorPlan,
    Outline,
    Participation,
    Place,
    PublicOrganisation,
    Survey,
)
from catalog.records.disclosure import DisclosureField, DisclosureItem, DisclosureRule
from catalog.records.event import LifeEvent, LifeStage, ServicePackage, Synonym, Tag
from catalog.records.flow import GuidedFlow
from catalog.records.policy import Interpretation, Policy, PolicyClause
from catalog.records.service import (
    Channel,
    Cost,
    Evidence,
    LegalResource,
    Output,
    ProcedureStep,
    PublicService,
    Question,
)

RECORD_TYPES: dict[str, type[Record]] = {
    "county": County,
    "organisation": PublicOrganisation,
    "life_stage": LifeStage,
    "life_event": LifeEvent,
    "service": PublicService,
    "flow": GuidedFlow,
    "package": ServicePackage,
    "tag": Tag,
    "field": DisclosureField,
    "disclosure": DisclosureItem,
    "policy": Policy,
    "place": Place,
    "synonym": Synonym,
    "bulletin": Bulletin,
    "emergency_plan": EmergencyPlan,
    "survey": Survey,
    "participation": Participation,
    "outline": Outline,
    "floor_plan": FloorPlan,
    "calendar_year": CalendarYear,
}
"""Kind → record type, in the order in which a catalogue is listed."""

KIND_OF: dict[type[Record], str] = {record_type: kind for kind, record_type in RECORD_TYPES.items()}

__all__ = [
    "KIND_OF",
    "RECORD_TYPES",
    "Bulletin",
    "CalendarYear",
    "Channel",
    "Cost",
    "County",
    "DisclosureField",
    "DisclosureItem",
    "DisclosureRule",
    "EmergencyPlan",
    "Evidence",
    "FloorPlan",
    "GuidedFlow",
    "Interpretation",
    "LegalResource",
    "LifeEvent",
    "LifeStage",
    "Outline",
    "Output",
    "Participation",
    "Place",
    "Policy",
    "PolicyClause",
    "ProcedureStep",
    "PublicOrganisation",
    "PublicService",
    "Question",
    "Record",
    "ServicePackage",
    "Source",
    "Survey",
    "Synonym",
    "Tag",
    "TimeLimit",
    "TimeUnit",
]
