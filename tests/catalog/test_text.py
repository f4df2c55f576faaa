"""Canonical text: equal records, equal bytes."""

import msgspec
import pytest

from catalog.records import KIND_OF, RECORD_TYPES, PublicService, Source, Synonym
from catalog.text import content_hash, decode_record, encode_record, kind_of, text_hash
from tests.sample import sample_records

SYNONYM = Synonym(id="s1", text="身份证到期了", targets=("id-card-renewal",))


def test_keys_are_sorted_and_characters_are_themselves() -> None:
    line = '{"id":"s1","targets":["id-card-renewal"],"text":"身份证到期了"}'
    assert encode_record(SYNONYM).decode() == line


def test_defaults_are_left_out() -> None:
    service = PublicService(id="x", title="事项", competent_authority="office")
    assert encode_record(service).decode() == '{"competent_authority":"office","id":"x","title":"事项"}'


def test_one_line_whatever_the_text() -> None:
    record = msgspec.structs.replace(SYNONYM, text="一\r\n二\u2028\u0085三\x0b\x0c")
    assert len(encode_record(record).splitlines()) == 1
    assert decode_record("synonym", encode_record(record)) == record


def test_the_order_and_spacing_of_the_input_do_not_matter() -> None:
    loose = ' { "text" : "身份证到期了", "targets": [ "id-card-renewal" ], "id":"s1" } '
    assert encode_record(decode_record("synonym", loose)) == encode_record(SYNONYM)


def test_content_is_the_same_wherever_it_was_read() -> None:
    moved = msgspec.structs.replace(SYNONYM, source=Source(file="a.xlsx", row=9))
    assert encode_record(moved) != encode_record(SYNONYM)
    assert content_hash(moved) == content_hash(SYNONYM)


def test_every_kind_has_one_type() -> None:
    assert {KIND_OF[record_type]: record_type for record_type in KIND_OF} == RECORD_TYPES
    assert kind_of(SYNONYM) == "synonym"


@pytest.mark.parametrize("record_id", ["", "A", "-a", "身份证", "a b", "a" * 97, "a\n", "../a"])
def test_an_id_is_plain(record_id: str) -> None:
    line = msgspec.json.encode({"id": record_id, "text": "t", "targets": []})
    with pytest.raises(msgspec.ValidationError):
        decode_record("synonym", line)


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        decode_record("hologram", b"{}")


@pytest.mark.slow
def test_a_text_has_the_hash_of_its_record() -> None:
    for record in sample_records():
        assert text_hash(encode_record(record)) == content_hash(record)
