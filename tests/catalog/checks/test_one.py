"""The checks of one record say of it what those of the whole catalogue say."""

from collections.abc import Sequence
from itertools import groupby

import msgspec
import pytest

from catalog.checks.check import check, check_one, known
from catalog.checks.rules import load_rules
from catalog.findings import Finding
from catalog.records import DisclosureItem, GuidedFlow, PublicService, Record, Synonym
from catalog.text import kind_of
from tests.catalog.checks.test_check import TODAY


@pytest.fixture(scope="module")
def catalogue(sample: tuple[Record, ...]) -> tuple[Record, ...]:
    """The demonstration county with something wrong in every way that a record can be seen to be wrong by others."""
    service = next(record for record in sample if isinstance(record, PublicService))
    item = next(record for record in sample if isinstance(record, DisclosureItem))
    flow = next(record for record in sample if isinstance(record, GuidedFlow))
    return (
        *sample,
        msgspec.structs.replace(
            service, id="wrong-1", competent_authority="gone", description="向永清县民政局提出"
        ),
        msgspec.structs.replace(item, id="wrong-2", disclosing_body="永清县民政局"),
        msgspec.structs.replace(item, id="wrong-3", disclosing_body="县没有这个局", field="gone"),
        msgspec.structs.replace(flow, id="wrong-4", effects=flow.effects[:1]),
        Synonym(id="wrong-5", text="上户口", targets=("wrong-1", "gone")),
    )


def chosen(records: Sequence[Record]) -> list[Record]:
    """Two of each kind, and those that were made wrong."""
    kinds = groupby(sorted(records[:-5], key=kind_of), key=kind_of)
    return [*(record for _, group in kinds for record in list(group)[:2]), *records[-5:]]


def test_one_record_is_judged_as_among_all(catalogue: tuple[Record, ...]) -> None:
    rules = load_rules()
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in check(catalogue, TODAY, rules):
        found.setdefault((finding.kind, finding.record), []).append(finding)
    whole = known(catalogue)
    codes = set()
    for record in chosen(catalogue):
        said = check_one(record, whole, TODAY, rules)
        assert said == found.get((kind_of(record), record.id), [])
        codes |= {finding.code for finding in said}
    assert {
        "dead-reference",
        "foreign-place",
        "not-localised",
        "body-not-in-organisation-list",
        "flow-not-offered",
    } <= codes
