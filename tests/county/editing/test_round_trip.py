"""A record goes into its form and comes out of it as it was."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import RECORD_TYPES, CalendarYear, PublicService, Record
from catalog.records.condition import Condition
from catalog.text import content_hash, encode_record, kind_of
from county.editing.fields import Field, form_of
from county.editing.reading import read_form
from county.editing.tree import Tree, fold, tree_of, unfold
from tests.sample import sample_records

WORD = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1
)
TEXT = (
    WORD | st.just("一行\n又一行\t完") | st.just("  两边有空白 ") | st.sampled_from(['"12"', "12", "-3", '"'])
)
ID = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30)), None])
FLOAT = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-15)
CONDITIONS = st.sampled_from(
    [Condition(q="a", is_="b"), Condition(all_=(Condition(q="a", ge=3), Condition(q="b", has="c")))]
)


def value(field: Field) -> st.SearchStrategy[Any]:
    """Plain values that a field can hold."""
    strategy = _value(field)
    return st.none() | strategy if field.nullable else strategy


def _value(field: Field) -> st.SearchStrategy[Any]:
    match field.widget:
        case "group":
            return st.fixed_dictionaries({part.name: value(part) for part in field.parts})
        case "items" | "rows":
            assert field.item is not None
            if field.most == 1:
                return st.none() | value(field.item)
            return st.lists(value(field.item), min_size=int(field.required), max_size=3)
        case "map":
            assert field.item is not None
            key, items = field.item.parts
            return st.dictionaries(value(key), value(items), max_size=3)
        case "choice":
            return st.sampled_from(field.choices)
        case "whole":
            return st.integers(-(2**53), 2**53)
        case "scalar":
            return st.integers(-(2**53), 2**53) | TEXT
        case "decimal":
            return FLOAT
        case "tick":
            return st.booleans()
        case "date":
            return st.dates()
        case "moment":
            return st.none() | st.datetimes(timezones=ZONES)
        case "pair":
            return st.none() | st.tuples(FLOAT, FLOAT)
        case "json":
            return _json(field)
    if field.words == "county.licence_url":
        return st.just("") | ID.map("https://example.org/{}".format)
    return ID if field.name == "id" or field.refers else TEXT


def _json(field: Field) -> st.SearchStrategy[Any]:
    if field.words in ("flow_question.ask_when", "flow_effect.when"):
        return CONDITIONS.map(msgspec.to_builtins)
    scalars = st.none() | st.integers(-(2**53), 2**53) | TEXT
    return st.dictionaries(WORD, scalars | st.lists(TEXT, max_size=2), max_size=3)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of any kind with anything in it."""
    kind = draw(st.sampled_from(sorted(RECORD_TYPES)))
    values = {field.name: draw(value(field)) for field in form_of(kind)}
    return msgspec.convert(values, RECORD_TYPES[kind], strict=False)


def again(record: Record) -> Tree:
    """The form as a browser sends it back."""
    return unfold((name, text.replace("\n", "\r\n")) for name, text in fold(tree_of(record)))


@pytest.mark.slow
@given(records())
def test_any_record(record: Record) -> None:
    read = read_form(kind_of(record), again(record), record)
    assert (read.errors, read.detail) == ({}, "")
    assert read.record is not None
    assert encode_record(read.record) == encode_record(record)


@pytest.mark.slow
def test_the_demonstration_county() -> None:
    """Kinds that it lacks are covered by `test_any_record`."""
    changed = []
    for record in sample_records():
        read = read_form(kind_of(record), again(record), record)
        if read.record is None or content_hash(read.record) != content_hash(record) or read.record != record:
            changed.append((kind_of(record), record.id, read.errors))
    assert changed == []


NAMES = st.lists(
    st.sampled_from(["id", "title", "evidence", "r1", "r2", "_", "", "channel", "order", "x"]), max_size=4
)
SENT = st.lists(st.tuples(NAMES.map(".".join), st.text(max_size=30)), max_size=30)


@given(st.sampled_from(sorted(RECORD_TYPES)), SENT)
def test_nothing_that_is_sent_breaks_it(kind: str, sent: list[tuple[str, str]]) -> None:
    read = read_form(kind, unfold(sent))
    assert read.errors or read.record is not None


def service() -> Tree:
    return tree_of(PublicService(id="a", title="登记", competent_authority="office"))


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": " "}, {"title": "required"}),
        ({"visits": "两次"}, {"visits": "whole"}),
        ({"visits": "9" * 30}, {"visits": "whole"}),
        ({"checked_on": "2026-02-30"}, {"checked_on": "date"}),
        ({"processing_kind": "soon"}, {"processing_kind": "choice"}),
        ({"title": "a\x00b"}, {"title": "control"}),
        ({"title": "长" * 200_001}, {"title": "long"}),
        ({"id": "../x"}, {"id": "id"}),
        ({"competent_authority": "No"}, {"competent_authority": "refused"}),
        ({"life_stages": {"r0": "birth", "r1": "Not"}}, {"life_stages.r1": "refused"}),
        (
            {"evidence": {"r7": {"_": "1"}}},
            {"evidence.r7.title": "required", "evidence.r7.order": "required"},
        ),
        (
            {"promised_time_limit": {"r0": {"_": "1", "value": "3"}}},
            {"promised_time_limit.r0.text": "required"},
        ),
    ],
)
def test_errors_stand_at_their_fields(changes: Tree, errors: dict[str, str]) -> None:
    read = read_form("service", service() | changes)
    assert read.record is None
    assert read.errors == errors


def test_rows_come_in_the_order_in_which_they_were_sent() -> None:
    sent = [("holidays.r9", "2027-01-01"), ("holidays.n1", "2026-12-31"), ("holidays.r1", ""), ("id", "2027")]
    read = read_form("calendar_year", unfold(sent))
    assert read.record == CalendarYear(
        id="2027", confirmed=False, holidays=(date(2027, 1, 1), date(2026, 12, 31))
    )


def test_white_space_is_left_out_of_new_texts_and_kept_in_old_ones() -> None:
    base = PublicService(id="a", title=" 登记 ", competent_authority="office")
    kept = read_form("service", tree_of(base) | {"description": " 新 "}, base).record
    assert isinstance(kept, PublicService)
    assert (kept.title, kept.description) == (" 登记 ", "新")


def test_a_moment_keeps_its_zone() -> None:
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    tree = tree_of(
        msgspec.convert(
            {"id": "b", "bulletin_kind": "notice", "title": "t", "starts": noon}, RECORD_TYPES["bulletin"]
        )
    )
    assert tree["starts"] == {"at": "2026-11-22T12:00:00", "zone": "+08:00"}


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "creativecommons.org", "https://", "https:///by", "https://a b", 'https://a"b'],
)
def test_the_address_of_a_licence_is_one_that_opens(address: str) -> None:
    county = {"id": "county", "title": "县", "zone_title": "区", "public_url": "http://localhost"}
    assert read_form("county", county | {"licence_url": "https://example.org/by/4.0/"}).errors == {}
    assert read_form("county", county | {"licence_url": address}).errors == {"licence_url": "refused"}
