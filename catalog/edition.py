"""Editions: a manifest over content-addressed objects.

An object is zstd-compressed text, named by the SHA-256 of its compressed bytes. It is either a *leaf*,
records of one kind sorted by id, one canonical line each, or a *listing* of eight objects below it. Where a
record lives depends only on the SHA-256 of its id, and a group is split exactly when its text exceeds
LEAF_SIZE. So equal content gives equal bytes whatever its history, and a change of one record moves one leaf
and the few listings above it.

The manifest names one root object for each kind. Everything else is reached from there, each object checked
against the digest and the two sizes that its parent states.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
import zstandard

from catalog.records import Record
from catalog.text import digest, encode, encode_record, kind_of

SCHEMA = 1
"""Version of the edition format. A reader leaves an edition with a higher one alone."""

PROGRAM_VERSION = 1
"""This program's version, compared with the manifest's `min_program`."""

LEAF_SIZE = 16 * 1024
"""Bytes of text above which a group of two or more records is split in eight."""

MAX_OBJECT_SIZE = 8 * 1024 * 1024
"""No object's text may be larger, whatever its parent states."""

DEPTH = 84
"""Listings one below the other: the octal digits of 63 hexadecimal ones."""

_compressor = zstandard.ZstdCompressor(level=15, write_content_size=True)


class Damaged(Exception):
    """An object or manifest is not what its parent states."""


class ObjectReference(msgspec.Struct, frozen=True, kw_only=True):
    """States what an object must be: compressed `size` and text size `raw` in bytes, `records` below it."""

    type: Literal["leaf", "listing"]
    digest: str
    size: int
    raw: int
    records: int


class KindRoot(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    root: ObjectReference


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """Who approved what when; `step` is 初审, 复审, 终审 or import."""

    step: str
    by: str
    at: datetime


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition is.

    `logical_digest` covers kinds, ids and texts, and so does not depend on how they are stored. `effective` is
    when kiosks may show it. `audit_anchor` is the newest hash of the county's audit log.
    """

    edition: int
    schema: int = SCHEMA
    min_program: int = 1
    created: datetime
    effective: datetime
    previous: str = ""
    logical_digest: str
    audit_anchor: str = ""
    approvals: tuple[Approval, ...] = ()
    kinds: tuple[KindRoot, ...] = ()


def encode_manifest(manifest: Manifest) -> bytes:
    """The manifest's canonical bytes; its digest is the edition's digest."""
    return encode(manifest)


def decode_manifest(data: bytes) -> Manifest:
    """Raises Damaged."""
    try:
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"manifest: {error}") from error


def pack(text: bytes) -> bytes:
    """Compress the text of an object. Deterministic for one version of the compressor."""
    return _compressor.compress(text)


def unpack(data: bytes, reference: ObjectReference) -> bytes:
    """The text of an object, checked against what its parent states. Raises Damaged."""
    if len(data) != reference.size or digest(data) != reference.digest:
        raise Damaged(f"object {reference.digest[:12]}: {len(data)} bytes do not match the digest")
    if reference.raw > MAX_OBJECT_SIZE:
        raise Damaged(f"object {reference.digest[:12]}: {reference.raw} bytes of text are too many")
    try:
        if zstandard.frame_content_size(data) != reference.raw:
            raise Damaged(
                f"object {reference.digest[:12]}: text size differs from the stated {reference.raw}"
            )
        return zstandard.ZstdDecompressor().decompress(data, max_output_size=reference.raw)
    except zstandard.ZstdError as error:
        raise Damaged(f"object {reference.digest[:12]}: {error}") from error


def pack_records(records: Iterable[Record], keep: Callable[[str, bytes], None]) -> ObjectReference:
    """Pack the records of one kind; `keep(digest, data)` receives every object. Returns the root."""
    lines = sorted((record.id, encode_record(record)) for record in records)
    return _pack_group([(_path(record_id), line) for record_id, line in lines], 0, keep)


def pack_edition(
    records: Iterable[Record],
    keep: Callable[[str, bytes], None],
    *,
    edition: int,
    created: datetime,
    effective: datetime | None = None,
    previous: str = "",
    audit_anchor: str = "",
    approvals: Sequence[Approval] = (),
) -> Manifest:
    """Pack all records of a catalogue and state them in a manifest; `keep(digest, data)` receives every object.

    `effective` is when kiosks may show it, at once unless given.
    Where a record was read from is left out: it is of no use to visitors and would move with every row.
    """
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(kind_of(record), []).append(msgspec.structs.replace(record, source=None))
    lines = sorted((kind, record.id, encode_record(record)) for kind in kinds for record in kinds[kind])
    return Manifest(
        edition=edition,
        created=created,
        effective=effective or created,
        previous=previous,
        logical_digest=logical_digest(lines),
        audit_anchor=audit_anchor,
        approvals=tuple(approvals),
        kinds=tuple(KindRoot(kind=kind, root=pack_records(kinds[kind], keep)) for kind in sorted(kinds)),
    )


def children(text: bytes) -> list[ObjectReference]:
    """The objects that a listing names. Raises Damaged."""
    try:
        return [msgspec.json.decode(line, type=ObjectReference) for line in text.splitlines()]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"listing: {error}") from error


def walk(
    root: ObjectReference, read: Callable[[ObjectReference], bytes], depth: int = DEPTH
) -> Iterator[bytes]:
    """Every record line under `root`. `read` returns an object's text, as `unpack` does.

    Raises Damaged, also where there are not as many records as stated; so a listing cannot grow without bounds.
    """
    text = read(root)
    if root.type == "leaf":
        lines = text.splitlines()
        _expect(root, len(lines))
        yield from lines
        return
    below = children(text)
    _expect(root, sum(child.records for child in below))
    if depth == 0 or any(child.records < 1 for child in below):
        raise Damaged(f"object {root.digest[:12]}: no listing that this program makes")
    for child in below:
        yield from walk(child, read, depth - 1)


def _expect(reference: ObjectReference, records: int) -> None:
    if records != reference.records:
        raise Damaged(
            f"object {reference.digest[:12]}: {records} records instead of the stated {reference.records}"
        )


def logical_digest(lines: Iterable[tuple[str, str, bytes]]) -> str:
    """Digest over (kind, id, line), which must come sorted by kind and id."""
    return digest(b"\n".join(b"%s %s %s" % (k.encode(), i.encode(), line) for k, i, line in lines))


def _path(record_id: str) -> str:
    return f"{int(digest(record_id.encode())[:63], 16):0{DEPTH}o}"


def _pack_group(
    group: list[tuple[str, bytes]], depth: int, keep: Callable[[str, bytes], None]
) -> ObjectReference:
    text = b"".join(line + b"\n" for _, line in group)
    if len(group) < 2 or len(text) <= LEAF_SIZE:
        return _keep("leaf", text, len(group), keep)
    slots: dict[str, list[tuple[str, bytes]]] = {}
    for path, line in group:
        slots.setdefault(path[depth], []).append((path, line))
    listed = [_pack_group(slots[slot], depth + 1, keep) for slot in sorted(slots)]
    return _keep("listing", b"".join(encode(child) + b"\n" for child in listed), len(group), keep)


def _keep(
    kind: Literal["leaf", "listing"], text: bytes, records: int, keep: Callable[[str, bytes], None]
) -> ObjectReference:
    data = pack(text)
    name = digest(data)
    keep(name, data)
    return ObjectReference(type=kind, digest=name, size=len(data), raw=len(text), records=records)
