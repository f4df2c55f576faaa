"""The demonstration county: every count as its makers state it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from catalog.records import (
    Bulletin,
    DisclosureField,
    DisclosureItem,
    GuidedFlow,
    LifeEvent,
    LifeStage,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    ServicePackage,
    Synonym,
)
from tests.sample import sample_reading

pytestmark = pytest.mark.slow

EXPECTED = json.loads(
    (Path(__file__).parents[2] / "data" / "expected-counts.json").read_text(encoding="utf-8")
)


def found(kind: type[Record]) -> int:
    return sum(isinstance(record, kind) for record in sample_reading().records)


def test_counts_of_records() -> None:
    kinds: dict[str, type[Record]] = {
        "organisations": PublicOrganisation,
        "services": PublicService,
        "policies": Policy,
        "places": Place,
        "life_stages": LifeStage,
        "life_events": LifeEvent,
        "flows": GuidedFlow,
        "packages": ServicePackage,
        "synonyms": Synonym,
        "bulletins": Bulletin,
    }
    assert {name: found(kind) for name, kind in kinds.items()} == {name: EXPECTED[name] for name in kinds}


def test_counts_of_parts() -> None:
    services = [r for r in sample_reading().records if isinstance(r, PublicService)]
    policies = [r for r in sample_reading().records if isinstance(r, Policy)]
    parts = {
        "evidence": sum(len(s.evidence) for s in services),
        "procedure_steps": sum(len(s.steps) for s in services),
        "costs": sum(len(s.costs) for s in services),
        "questions": sum(len(s.questions) for s in services),
        "legal_resources": sum(len(s.legal_resources) for s in services),
        "policy_clauses": sum(len(p.clauses) for p in policies),
        "interpretations": sum(len(p.interpretations) for p in policies),
    }
    assert parts == {name: EXPECTED[name] for name in parts}


def test_counts_of_directory_rows() -> None:
    records = sample_reading().records
    items = [record for record in records if isinstance(record, DisclosureItem)]
    titles = {record.id: record.title for record in records if isinstance(record, DisclosureField)}
    standard = Counter(titles[item.field] for item in items if item.directory == "standard")
    assert standard == EXPECTED["disclosures_by_field"]
    assert sum(standard.values()) == EXPECTED["disclosures"]
    assert len(items) - sum(standard.values()) == EXPECTED["supplementary"]


def test_nothing_is_refused() -> None:
    assert not sample_reading().refused
    assert {f.code for f in sample_reading().findings} == {"rows-read", "file-skipped", "ditto-time-limit"}
