"""Importing: compare, apply once, refuse whole."""

import json
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from catalog.records import County, Outline, PublicOrganisation, Record, Source
from county import revisions
from county.counting import count
from county.intake import Mode, make_plan, take_in
from tests.county.catalogue import NOW, approve, organisation
from tests.sample import COUNTY, SAMPLE, sample_records

COUNTS = json.loads((Path(__file__).parents[1] / "data" / "expected-counts.json").read_text())


def placed(record: Record, file: str) -> Record:
    return msgspec.structs.replace(record, source=Source(file=file))


def missing(read: list[Record], base: list[Record], *, whole: bool) -> list[str]:
    return [change.id for change in make_plan(base, read, whole=whole).difference.removed]


def test_one_file_misses_what_it_had() -> None:
    base = [placed(organisation(number), "folder/机构.xlsx") for number in (1, 2)]
    other = placed(organisation(3), "folder/其他机构.xlsx")
    assert missing([placed(organisation(1), "机构.xlsx")], [*base, other], whole=False) == ["office-2"]


def test_a_folder_misses_every_record_of_a_kind_that_was_read() -> None:
    base = [placed(organisation(1), "旧.xlsx"), placed(organisation(2), "旧.xlsx"), COUNTY]
    assert missing([placed(organisation(1), "新.xlsx")], base, whole=True) == ["office-2"]


def test_the_outline_completes_the_county() -> None:
    empty = County(id="county", title="", zone_title="体验区", public_url="http://x")
    outline = Outline(
        id="o", outline_kind="county", title="某县", area_code="1", geometry={"type": "Polygon"}
    )
    changes = make_plan([empty], [outline], whole=True).changes(withdraw_missing=False)
    (county,) = [change.record for change in changes if change.kind == "county"]
    assert isinstance(county, County)
    assert county == msgspec.structs.replace(empty, title="某县", area_code="1")
    named = msgspec.structs.replace(empty, title="自取名")
    changes = make_plan([named], [outline], whole=True).changes(withdraw_missing=False)
    assert [c.record.title for c in changes if isinstance(c.record, County)] == ["自取名"]
    assert len(make_plan([county], [outline], whole=True).records) == 1


@pytest.mark.slow
def test_counts_are_those_that_the_offices_expect() -> None:
    counted = count(sample_records())
    assert {name: counted[name] for name in COUNTS} == COUNTS
    assert list(counted["disclosures_by_field"]) == list(COUNTS["disclosures_by_field"])


@pytest.mark.slow
def test_importing_twice_changes_nothing(county: Engine) -> None:
    first = take_in(county, [SAMPLE], Mode(), "clerk", NOW)
    assert first.outcome == "applied"
    assert len(first.changes.added) == len(sample_records()) - 1
    second = take_in(county, [SAMPLE], Mode(), "clerk", NOW)
    assert (second.changes.added, second.changes.changed, second.changes.missing) == ((), (), ())
    assert {name: second.counts[name] for name in COUNTS} == COUNTS


OFFICES = SAMPLE / "机构.xlsx"


def offices(engine: Engine) -> list[Record]:
    with engine.connect() as connection:
        return [r for r in revisions.published(connection) if isinstance(r, PublicOrganisation)]


def test_a_dry_run_writes_nothing(county: Engine) -> None:
    report = take_in(county, [OFFICES], Mode(dry_run=True), "clerk", NOW)
    assert report.outcome == "dry_run"
    assert len(report.changes.added) == COUNTS["organisations"]
    assert offices(county) == []


def test_drafts_wait(county: Engine) -> None:
    assert take_in(county, [OFFICES], Mode(draft=True), "clerk", NOW).outcome == "drafted"
    assert offices(county) == []
    again = take_in(county, [OFFICES], Mode(draft=True), "clerk", NOW)
    assert again.changes.unchanged == COUNTS["organisations"]
    report = take_in(county, [OFFICES], Mode(), "chief", NOW)
    assert {finding.code for finding in report.findings} >= {"draft-overtaken"}
    assert len(offices(county)) == COUNTS["organisations"]


def test_missing_records_are_withdrawn_when_told_so(county: Engine) -> None:
    gone = placed(organisation(1), OFFICES.name)
    approve(county, [gone])
    report = take_in(county, [OFFICES], Mode(), "clerk", NOW)
    assert [change.id for change in report.changes.missing] == ["office-1"]
    assert gone in offices(county)
    report = take_in(county, [OFFICES], Mode(withdraw_missing=True), "clerk", NOW)
    assert report.withdrawn
    assert gone not in offices(county)
    assert len(offices(county)) == COUNTS["organisations"]


def test_a_blocking_finding_refuses_everything(county: Engine, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    report = take_in(county, [OFFICES, broken], Mode(), "clerk", NOW)
    assert report.outcome == "refused"
    assert offices(county) == []


def test_without_a_database_everything_is_new() -> None:
    report = take_in(None, [OFFICES], Mode(), "clerk", NOW)
    assert report.outcome == "dry_run"
    assert len(report.changes.added) == COUNTS["organisations"]
