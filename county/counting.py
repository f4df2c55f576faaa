"""Counting records by kind, and the parts that offices count too. The names are part of the JSON report."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from catalog.records import DisclosureField, DisclosureItem, Policy, PublicService, Record
from catalog.text import kind_of

PLURALS = {
    "organisation": "organisations",
    "service": "services",
    "policy": "policies",
    "place": "places",
    "life_stage": "life_stages",
    "life_event": "life_events",
    "flow": "flows",
    "package": "packages",
    "tag": "tags",
    "synonym": "synonyms",
    "bulletin": "bulletins",
    "emergency_plan": "emergency_plans",
    "survey": "surveys",
    "participation": "participations",
    "outline": "outlines",
    "floor_plan": "floor_plans",
}
"""Kind → the name under which it is counted. Directories are counted by part."""


def count(records: Sequence[Record]) -> dict[str, Any]:
    """Every number of the report; each is there, zero or not."""
    kinds = Counter(kind_of(record) for record in records)
    services = [record for record in records if isinstance(record, PublicService)]
    policies = [record for record in records if isinstance(record, Policy)]
    items = [record for record in records if isinstance(record, DisclosureItem)]
    standard = [item for item in items if item.directory == "standard"]
    return {
        **{name: kinds[kind] for kind, name in PLURALS.items()},
        "evidence": sum(len(service.evidence) for service in services),
        "procedure_steps": sum(len(service.steps) for service in services),
        "costs": sum(len(service.costs) for service in services),
        "questions": sum(len(service.questions) for service in services),
        "legal_resources": sum(len(service.legal_resources) for service in services),
        "policy_clauses": sum(len(policy.clauses) for policy in policies),
        "interpretations": sum(len(policy.interpretations) for policy in policies),
        "disclosures": len(standard),
        "disclosures_by_field": _by_field(records, standard),
        "supplementary": len(items) - len(standard),
    }


def _by_field(records: Sequence[Record], items: Sequence[DisclosureItem]) -> dict[str, int]:
    fields = {record.id: record for record in records if isinstance(record, DisclosureField)}
    counted = Counter(item.field for item in items)
    ordered = sorted(counted, key=lambda name: (fields[name].order if name in fields else 0, name))
    return {fields[name].title if name in fields else name: counted[name] for name in ordered}
