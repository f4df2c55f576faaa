"""Which organisations a text belongs to: whose clerks may edit it and whose reviewers read it first."""

from catalog.offices import Offices, names
from catalog.records import (
    Bulletin,
    DisclosureItem,
    EmergencyPlan,
    Participation,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
)


def owners(record: Record, offices: Offices) -> frozenset[str]:
    """The ids of the organisations that answer for the record; none for what is the county's own."""
    match record:
        case PublicOrganisation():
            return frozenset({record.id})
        case PublicService():
            return frozenset({record.competent_authority})
        case DisclosureItem():
            return _named(record.disclosing_body, offices)
        case Policy() | Bulletin():
            return _named(record.issuer, offices)
        case Participation():
            return _named(record.organiser, offices)
        case EmergencyPlan():
            return _named(record.lead, offices)
        case _:
            return frozenset()


def _named(text: str, offices: Offices) -> frozenset[str]:
    return frozenset(found for name in names(text) if (found := offices.find(name)))
