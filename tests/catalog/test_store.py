"""The store: a pure function of the edition's text that nobody can change unseen."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from catalog.edition import (
    Damaged,
    KindRoot,
    Manifest,
    ObjectReference,
    encode_manifest,
    logical_digest,
    pack,
    pack_edition,
    unpack,
)
from catalog.records import LifeEvent, Place, PublicService, Record, Synonym
from catalog.store import Store, build
from catalog.text import digest

CREATED = datetime(2026, 11, 21, tzinfo=UTC)
RECORDS: list[Record] = [
    PublicService(id="id-card-renewal", title="居民身份证换领", competent_authority="public-security"),
    PublicService(id="id-card-first", title="居民身份证首次申领", competent_authority="public-security"),
    Place(id="hall", title="政务服务中心", category="政务服务中心", latitude=36.4, longitude=117.1),
    Synonym(id="s1", text="身份证到期了", targets=("id-card-renewal",)),
]


def built(path: Path, records: list[Record] = RECORDS) -> Manifest:
    objects: dict[str, bytes] = {}
    manifest = pack_edition(records, objects.__setitem__, edition=3, created=CREATED)
    build(path, encode_manifest(manifest), lambda reference: unpack(objects[reference.digest], reference))
    return manifest


def build_lines(path: Path, lines: dict[str, list[bytes]]) -> None:
    """A store of raw lines, as a county with a newer program may publish them."""
    texts = {kind: b"".join(line + b"\n" for line in sorted(group)) for kind, group in lines.items()}
    packed = {digest(pack(text)): text for text in texts.values()}
    roots = tuple(
        KindRoot(
            kind=kind,
            root=ObjectReference(
                type="leaf",
                digest=digest(pack(text)),
                size=len(pack(text)),
                raw=len(text),
                records=len(text.splitlines()),
            ),
        )
        for kind, text in texts.items()
    )
    content = sorted(
        (kind, str(msgspec.json.decode(line)["id"]), line) for kind, group in lines.items() for line in group
    )
    manifest = Manifest(
        edition=1, created=CREATED, effective=CREATED, logical_digest=logical_digest(content), kinds=roots
    )
    build(path, encode_manifest(manifest), lambda reference: packed[reference.digest])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "edition.db"
    built(file)
    return file


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path)
    yield opened
    opened.close()


def test_gives_records_back(store: Store) -> None:
    assert store.get(Place, "hall") == RECORDS[2]
    assert [service.id for service in store.all(PublicService)] == ["id-card-first", "id-card-renewal"]
    assert store.get(PublicService, "hall") is None
    assert store.all(LifeEvent) == []


def test_many_keeps_the_order_asked_for_and_leaves_out_the_unknown(store: Store) -> None:
    found = store.many(PublicService, ["id-card-renewal", "nothing", "id-card-first"])
    assert [service.id for service in found] == ["id-card-renewal", "id-card-first"]


def test_knows_its_edition(tmp_path: Path) -> None:
    manifest = built(tmp_path / "a.db")
    store = Store.open(tmp_path / "a.db")
    assert store.manifest == manifest
    assert store.edition_digest == digest(encode_manifest(manifest))
    store.verify()
    store.close()


def test_is_a_pure_function_of_the_text(path: Path, tmp_path: Path) -> None:
    built(tmp_path / "again.db", RECORDS[::-1])
    assert (tmp_path / "again.db").read_bytes() == path.read_bytes()


def test_cannot_be_written(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM record")


def test_leaves_nothing_beside_the_file(path: Path) -> None:
    Store.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_unknown_kinds_are_kept_and_skipped_and_unknown_fields_ignored(tmp_path: Path) -> None:
    lines = {
        "hologram": [b'{"id":"h1","shape":"cube"}'],
        "synonym": [b'{"id":"s1","mood":"happy","targets":["x"],"text":"t"}'],
    }
    build_lines(tmp_path / "newer.db", lines)
    store = Store.open(tmp_path / "newer.db")
    assert ("hologram", "h1", b'{"id":"h1","shape":"cube"}') in list(store.lines())
    assert store.all(Synonym) == [Synonym(id="s1", text="t", targets=("x",))]
    store.verify()
    store.close()


@pytest.mark.parametrize(
    "line",
    [
        b'{"id":"s1"}',
        b'{"id":"UPPER","targets":[],"text":""}',
        b'{"id":"s1","targets":[],"text":1}',
        b"{}",
        b"[",
        b'{"id":"\xff"}',
    ],
)
def test_a_record_that_cannot_be_read_is_damaged(tmp_path: Path, line: bytes) -> None:
    root = ObjectReference(type="leaf", digest="", size=0, raw=0, records=1)
    manifest = Manifest(
        edition=1,
        created=CREATED,
        effective=CREATED,
        logical_digest="",
        kinds=(KindRoot(kind="synonym", root=root),),
    )
    with pytest.raises(Damaged):
        build(tmp_path / "bad.db", encode_manifest(manifest), lambda _: line + b"\n")


def test_the_same_id_twice_is_damaged(tmp_path: Path) -> None:
    lines = [b'{"group":"g","id":"a","label":"1"}', b'{"group":"g","id":"a","label":"2"}']
    with pytest.raises(Damaged):
        build_lines(tmp_path / "twice.db", {"tag": lines})


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_file_that_is_no_store_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(Damaged):
        Store.open(tmp_path / "x.db")


def test_a_missing_file_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        Store.open(tmp_path / "missing.db")


def test_every_flipped_byte_of_a_record_is_found(path: Path) -> None:
    data = bytearray(path.read_bytes())
    place = data.index("居民身份证换领".encode())
    data[place] ^= 1
    path.write_bytes(data)
    assert_damaged(path)


def test_every_lost_page_is_found(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    for page in range(0, len(data), 4096):
        broken = tmp_path / "broken.db"
        broken.write_bytes(data[:page] + bytes(4096) + data[page + 4096 :])
        assert_damaged(broken)


def test_every_truncation_is_found(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    for end in range(0, len(data), 4096):
        broken = tmp_path / "broken.db"
        broken.write_bytes(data[:end])
        assert_damaged(broken)


def test_a_decayed_table_is_found(path: Path, tmp_path: Path) -> None:
    """SQLite says so in words that Python cannot read."""
    whole = path.read_bytes()
    broken = tmp_path / "broken"
    broken.write_bytes(whole.replace(b"CREATE TABLE record", b"CREATE \xd4ABLE record"))
    assert broken.read_bytes() != whole
    assert_damaged(broken)


def assert_damaged(path: Path) -> None:
    with pytest.raises(Damaged):  # noqa: PT012
        store = Store.open(path)
        try:
            store.verify()
        finally:
            store.close()
