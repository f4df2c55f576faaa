"""What changed, down to the field."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import Channel, Evidence, PublicService, Record, Source
from county.difference import compare, title_of
from tests.county.catalogue import organisation

SERVICE = PublicService(
    id="birth",
    title="出生登记",
    competent_authority="office-1",
    channel=Channel(phone="1"),
    evidence=(Evidence(title="出生医学证明", order=1), Evidence(title="户口簿", order=2)),
)


def fields(**changes: Any) -> list[tuple[str, Any, Any]]:
    changed = msgspec.structs.replace(SERVICE, **changes)
    (change,) = compare([SERVICE], [changed]).changed
    assert (change.kind, change.id) == ("service", "birth")
    return [(field.field, field.before, field.after) for field in change.fields]


def test_a_value_inside_a_part() -> None:
    assert fields(channel=Channel(phone="2")) == [("channel.phone", "1", "2")]


def test_a_value_that_appears() -> None:
    assert fields(visits=1) == [("visits", None, 1)]


def test_a_part_of_a_list() -> None:
    evidence = (SERVICE.evidence[0], msgspec.structs.replace(SERVICE.evidence[1], copies=2))
    assert fields(evidence=evidence) == [("evidence[1].copies", None, 2)]


def test_a_shorter_list() -> None:
    assert fields(evidence=SERVICE.evidence[:1]) == [("evidence[1]", {"title": "户口簿", "order": 2}, None)]


def test_moving_in_the_file_is_no_change() -> None:
    moved = msgspec.structs.replace(SERVICE, source=Source(file="a.xlsx", row=9))
    difference = compare([SERVICE], [moved])
    assert not difference
    assert difference.unchanged == 1


SETS = st.dictionaries(st.integers(0, 9), st.sampled_from(["", "1", "2"]))


@pytest.mark.slow
@given(SETS, SETS)
def test_comparing_accounts_for_every_record(before: dict[int, str], after: dict[int, str]) -> None:
    old = [organisation(number, phone) for number, phone in before.items()]
    new = [organisation(number, phone) for number, phone in after.items()]
    difference = compare(old, new)
    added = {f"office-{number}" for number in after.keys() - before.keys()}
    removed = {f"office-{number}" for number in before.keys() - after.keys()}
    assert {change.id for change in difference.added} == added
    assert {change.id for change in difference.removed} == removed
    assert len(difference.changed) + difference.unchanged == len(before.keys() & after.keys())
    assert all(change.fields for change in difference.changed)
    assert bool(difference) == (before != after)


@pytest.mark.parametrize(("record", "title"), [(SERVICE, "出生登记"), (organisation(3), "第3办公室")])
def test_a_record_is_called_by_its_title(record: Record, title: str) -> None:
    assert title_of(record) == title
