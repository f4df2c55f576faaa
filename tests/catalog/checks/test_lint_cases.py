"""The problems planted in the demonstration county, and the odd rows that are right."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from catalog.checks.check import check
from catalog.findings import Finding
from tests.sample import sample_reading, sample_records

pytestmark = pytest.mark.slow

DATA = json.loads((Path(__file__).parents[2] / "data" / "lint-cases.json").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 21)
Place = tuple[str, str, int]


@cache
def findings() -> list[Finding]:
    return [*check(sample_records(), TODAY), *sample_reading().findings]


def places(code: str, severity: str | None = None) -> set[Place]:
    return {
        (f.at.file, f.at.sheet, f.at.row)
        for f in findings()
        if f.at and f.code == code and severity in (None, f.severity)
    }


def place(at: dict[str, Any]) -> Place:
    return at["file"], at["sheet"], at["row"]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["id"])
def test_every_planted_problem_is_found(case: dict[str, Any]) -> None:
    if case["at"]:
        assert place(case["at"]) in places(case["rule"], case["severity"])
        assert all(place(case["at"]) in places(code) for code in case.get("also", []))
    else:
        named = {
            (f.record, f.field)
            for f in findings()
            if (f.code, f.severity) == (case["rule"], case["severity"])
        }
        wanted = case.get("policy") or case["required_class"]
        assert any(wanted in pair for pair in named)


@pytest.mark.parametrize(
    "case", [c for c in DATA["cases"] if "duplicate_of" in c], ids=lambda case: case["id"]
)
def test_duplicates_name_the_other_half(case: dict[str, Any]) -> None:
    related = {
        (at.file, at.sheet, at.row)
        for f in findings()
        if f.code == case["rule"] and f.at and (f.at.file, f.at.sheet, f.at.row) == place(case["at"])
        for at in f.related
    }
    assert related == {place(case["duplicate_of"])}


def test_nothing_else_is_called_wrong() -> None:
    planted = {place(case["at"]) for case in DATA["cases"] if case["at"]}
    others = [
        f
        for f in findings()
        if f.severity != "info"
        and f.at
        and (f.at.file, f.at.sheet, f.at.row) not in planted
        and f.kind != "policy"
    ]
    assert others == []
    assert sum(f.severity == "error" and f.at is None for f in findings()) == 1


def test_rows_on_request_for_some_are_right() -> None:
    rows = {place(at) for at in DATA["legitimate"]["on_request_rows"]}
    assert not rows & {(f.at.file, f.at.sheet, f.at.row) for f in findings() if f.at}


def test_collective_names_are_right() -> None:
    said = " ".join(f.message for f in findings() if f.code == "body-not-in-organisation-list")
    assert not [name for name in DATA["legitimate"]["generic_bodies"] if f"“{name}”" in said]
