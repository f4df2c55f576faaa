"""Editions: equal content gives equal objects, and nothing damaged passes."""

from datetime import UTC, datetime

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from catalog import edition
from catalog.edition import (
    Damaged,
    Manifest,
    ObjectReference,
    children,
    decode_manifest,
    encode_manifest,
    logical_digest,
    pack,
    pack_edition,
    pack_records,
    unpack,
    walk,
)
from catalog.records import Place, Record, Source, Synonym
from catalog.text import digest, encode, encode_record

CREATED = datetime(2026, 11, 21, tzinfo=UTC)
synonyms = st.builds(
    Synonym,
    id=st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True),
    text=st.text(max_size=400),
    targets=st.just(("id-card-renewal",)),
)
catalogues = st.lists(synonyms, unique_by=lambda synonym: synonym.id, max_size=40)


class Shelf(dict[str, bytes]):
    """Objects in memory."""

    def read(self, reference: ObjectReference) -> bytes:
        return unpack(self[reference.digest], reference)


def many(count: int) -> list[Synonym]:
    """Records that need listings: about 400 bytes each."""
    return [Synonym(id=f"s{n}", text=f"{n} 身份证" * 40, targets=("id-card-renewal",)) for n in range(count)]


def packed(records: list[Synonym]) -> tuple[ObjectReference, Shelf]:
    shelf = Shelf()
    return pack_records(records, shelf.__setitem__), shelf


@pytest.mark.slow
@given(catalogues, st.data())
def test_order_does_not_matter(records: list[Synonym], data: st.DataObject) -> None:
    assert packed(records) == packed(data.draw(st.permutations(records)))


@pytest.mark.slow
@given(catalogues)
def test_every_record_comes_back(records: list[Synonym]) -> None:
    root, shelf = packed(records)
    assert sorted(walk(root, shelf.read)) == sorted(encode_record(record) for record in records)
    assert root.records == len(records)


def test_history_does_not_matter() -> None:
    """A group that grew and shrank again is the group that never grew."""
    records = many(200)
    before = packed(records)
    packed([*records, *[msgspec.structs.replace(record, id=f"t{record.id}") for record in records]])
    assert packed(records) == before


def test_one_changed_record_moves_one_leaf_and_the_listings_above_it() -> None:
    records = many(400)
    _, before = packed(records)
    changed = [msgspec.structs.replace(records[0], text="新"), *records[1:]]
    root, after = packed(changed)
    new = [name for name in after if name not in before]
    texts = [zstandard.ZstdDecompressor().decompress(after[name]) for name in new]
    leaves = [text for text in texts if b'"id":"s0"' in text]
    assert root.type == "listing"
    assert len(leaves) == 1
    assert 2 <= len(new) <= 5


def test_leaves_stay_small() -> None:
    root, shelf = packed(many(400))

    def sizes(reference: ObjectReference) -> list[int]:
        if reference.type == "leaf":
            return [reference.raw]
        return [size for child in children(shelf.read(reference)) for size in sizes(child)]

    assert len(sizes(root)) > 8
    assert max(sizes(root)) <= edition.LEAF_SIZE


def test_a_single_large_record_is_a_leaf() -> None:
    root, _ = packed([Synonym(id="s", text="长" * edition.LEAF_SIZE, targets=("x",))])
    assert root.type == "leaf"


@pytest.fixture
def leaf() -> tuple[ObjectReference, bytes]:
    root, shelf = packed(many(20))
    return root, shelf[root.digest]


def test_every_flipped_byte_is_found(leaf: tuple[ObjectReference, bytes]) -> None:
    reference, data = leaf
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 1
        with pytest.raises(Damaged):
            unpack(bytes(flipped), reference)


def test_every_truncation_is_found(leaf: tuple[ObjectReference, bytes]) -> None:
    reference, data = leaf
    for end in range(len(data)):
        with pytest.raises(Damaged):
            unpack(data[:end], reference)


def state(data: bytes, raw: int) -> ObjectReference:
    """What a parent that means `data` states."""
    return ObjectReference(type="leaf", digest=digest(data), size=len(data), raw=raw, records=1)


def test_a_wrong_size_is_found(leaf: tuple[ObjectReference, bytes]) -> None:
    reference, data = leaf
    with pytest.raises(Damaged, match="do not match the digest"):
        unpack(data, msgspec.structs.replace(reference, size=reference.size + 1))
    with pytest.raises(Damaged, match="text size differs"):
        unpack(data, msgspec.structs.replace(reference, raw=reference.raw + 1))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = pack(bytes(64 * 1024 * 1024))
    with pytest.raises(Damaged, match="text size differs"):
        unpack(bomb, state(bomb, 100))
    with pytest.raises(Damaged, match="too many"):
        unpack(bomb, state(bomb, 64 * 1024 * 1024))


def test_a_bomb_that_does_not_state_its_size_is_not_unpacked() -> None:
    bomb = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1024 * 1024))
    with pytest.raises(Damaged):
        unpack(bomb, state(bomb, 100))


@given(st.binary(max_size=200), st.integers(0, 1000))
def test_anything_but_an_object_is_damaged(data: bytes, raw: int) -> None:
    with pytest.raises(Damaged):
        unpack(b"!" + data, state(b"!" + data, raw))


@given(st.binary(max_size=200))
def test_anything_but_a_manifest_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode_manifest(data)


@given(st.binary(min_size=1, max_size=200).filter(lambda data: data.splitlines() != []))
def test_anything_but_a_listing_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged):
        children(data)


def test_a_leaf_with_fewer_records_than_stated_is_damaged(leaf: tuple[ObjectReference, bytes]) -> None:
    reference, data = leaf
    lying = msgspec.structs.replace(reference, records=21)
    with pytest.raises(Damaged, match="20 records instead of the stated 21"):
        list(walk(lying, lambda _: unpack(data, reference)))


def test_a_listing_that_grows_without_bounds_is_damaged() -> None:
    """Each listing names the one below eight times: 84 objects would stand for 8 to the 84th."""
    shelf = Shelf()

    def keep(kind: str, text: bytes) -> ObjectReference:
        data = pack(text)
        shelf[digest(data)] = data
        return msgspec.structs.replace(state(data, len(text)), type=kind, records=0)

    reference = keep("leaf", b"")
    for _ in range(84):
        reference = keep("listing", (encode(reference) + b"\n") * 8)
    with pytest.raises(Damaged):
        list(walk(reference, shelf.read))


def test_endless_listings_are_damaged() -> None:
    below = state(b"", 0)
    listing = msgspec.structs.replace(below, type="listing")
    with pytest.raises(Damaged):
        list(walk(listing, lambda _: encode(listing) + b"\n"))


def catalogue() -> list[Record]:
    place = Place(id="hall", title="大厅", category="中心", latitude=36.0, longitude=117.0)
    return [*many(30), place]


def test_an_edition_packs_every_kind_and_nothing_about_sources() -> None:
    shelf = Shelf()
    sourced = [
        msgspec.structs.replace(record, source=Source(file="a.xlsx", row=n))
        for n, record in enumerate(catalogue())
    ]
    one = pack_edition(sourced, shelf.__setitem__, edition=1, created=CREATED)
    other = pack_edition(reversed(catalogue()), Shelf().__setitem__, edition=1, created=CREATED)
    assert one == other
    assert [(kind.kind, kind.root.records) for kind in one.kinds] == [("place", 1), ("synonym", 30)]


def test_the_logical_digest_covers_kind_id_and_text() -> None:
    def of(*lines: tuple[str, str, bytes]) -> str:
        return logical_digest(lines)

    base = ("place", "hall", b"{}")
    assert len({of(), of(base), of(("zone", "hall", b"{}")), of(("place", "x", b"{}")), of(base, base)}) == 5


def test_a_manifest_survives_its_encoding() -> None:
    manifest = pack_edition(catalogue(), Shelf().__setitem__, edition=7, created=CREATED)
    assert decode_manifest(encode_manifest(manifest)) == manifest


def test_a_newer_manifest_can_be_read() -> None:
    manifest = Manifest(edition=1, schema=9, created=CREATED, effective=CREATED, logical_digest="0")
    newer = encode_manifest(manifest)[:-1] + b',"new":1}'
    assert decode_manifest(newer).schema == 9
