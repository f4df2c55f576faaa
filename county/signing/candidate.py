"""An edition on its way to the people who sign it, away from the server.

The file carries everything that the change list is computed from: the manifest to be signed, the one before it and
the objects of both. So a signer sees what is signed, not what a server says about it. What comes back is a small
file with signatures.
"""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from securesystemslib.signer import CryptoSigner, Signature
from sqlalchemy import Engine
from tuf.api.metadata import Metadata, Targets
from tuf.api.serialization import DeserializationError

from catalog.edition import (
    Damaged,
    Manifest,
    ObjectReference,
    decode_manifest,
    logical_digest,
    unpack,
    walk,
)
from catalog.records import Record
from catalog.text import decode_record, digest
from county import editions
from county.difference import Difference, compare
from county.editions import Edition
from county.errors import Refused
from county.objects import Objects
from county.repository import target_path
from county.settings import Settings
from county.signing.approval import stage

MANIFEST, PREVIOUS, TARGETS = "manifest.json", "previous.json", "targets.json"
MAX_PART = 64 * 1024 * 1024
MAX_PARTS = 200_000
"""Bytes of one file in the package, and how many files there may be."""

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Written for every file, so that the same edition gives the same bytes."""


class Signatures(msgspec.Struct, frozen=True, kw_only=True):
    """What a signer sends back: for which edition, and the signatures as TUF writes them."""

    format: int = 1
    edition: int
    digest: str
    signatures: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a signer is asked to sign. `difference` was computed from the content itself."""

    manifest: Manifest
    digest: str
    targets: Metadata[Targets]
    difference: Difference


def export_candidate(engine: Engine, settings: Settings, edition: Edition, now: datetime) -> bytes:
    """The candidate as one file for its signers. Raises Refused when it is not whole."""
    staged = stage(settings, edition, now)
    objects = Objects(settings.candidate, settings.repository)
    manifests = {MANIFEST: edition.manifest_bytes}
    with engine.connect() as connection:
        base = editions.newest_published(connection)
    if base is not None and base.digest == edition.manifest.previous:
        manifests[PREVIOUS] = base.manifest_bytes
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for name, data in {**manifests, TARGETS: staged.to_bytes()}.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), data)
        written: set[str] = set()
        for data in manifests.values():
            for reference in objects.below(decode_manifest(data).kinds):
                if reference.digest not in written:
                    written.add(reference.digest)
                    part = zipfile.ZipInfo(f"objects/{reference.digest}", _MOMENT)
                    archive.writestr(part, objects.data(reference.digest))
    return kept.getvalue()


def open_candidate(path: Path) -> Candidate:
    """Read a candidate and check that it is what it states. Raises Refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except (OSError, zipfile.BadZipFile, Damaged, DeserializationError, ValueError) as error:
        raise Refused(f"待签文件无法读取或不完整（{error}），请重新下载") from error


def sign_candidate(candidate: Candidate, signers: Sequence[CryptoSigner]) -> bytes:
    """The file with signatures that goes back to the server."""
    made = [signer.sign(candidate.targets.signed_bytes).to_dict() for signer in signers]
    return msgspec.json.encode(
        Signatures(edition=candidate.manifest.edition, digest=candidate.digest, signatures=tuple(made))
    )


def read_signatures(data: bytes, edition: Edition) -> list[Signature]:
    """The signatures in a signer's file. Raises Refused for another file or another edition."""
    try:
        sent = msgspec.json.decode(data, type=Signatures)
        made = [Signature.from_dict(dict(signature)) for signature in sent.signatures]
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, ValueError, TypeError) as error:
        raise Refused("这不是签名文件：请上传 county sign --candidate 生成的 .signature.json") from error
    if (sent.edition, sent.digest) != (edition.number, edition.digest):
        raise Refused(
            f"这是第 {sent.edition} 版的签名，现在待签的是第 {edition.number} 版 {edition.digest[:12]}"
        )
    return made


def _read(archive: zipfile.ZipFile) -> Candidate:
    parts = {part.filename: part for part in archive.infolist()}
    if len(parts) > MAX_PARTS or any(part.file_size > MAX_PART for part in parts.values()):
        raise Damaged("too large")

    def data(name: str) -> bytes:
        if name not in parts:
            raise Damaged(f"{name} is missing")
        return archive.read(name)

    def text(reference: ObjectReference) -> bytes:
        return unpack(data(f"objects/{reference.digest}"), reference)

    written = data(MANIFEST)
    manifest = decode_manifest(written)
    before: list[Record] = []
    if manifest.previous:
        if digest(data(PREVIOUS)) != manifest.previous:
            raise Damaged("the edition before is another one")
        before = _records(decode_manifest(data(PREVIOUS)), text)
    targets: Metadata[Targets] = Metadata.from_bytes(data(TARGETS))
    listed = targets.signed.targets.get(target_path(manifest.edition))
    if listed is None or listed.hashes.get("sha256") != digest(written):
        raise Damaged("what is to be signed is not this edition")
    return Candidate(manifest, digest(written), targets, compare(before, _records(manifest, text)))


def _records(manifest: Manifest, text: Callable[[ObjectReference], bytes]) -> list[Record]:
    """The records of an edition, checked against its logical digest."""
    found = [
        (root.kind, record.id, line, record)
        for root in manifest.kinds
        for line in walk(root.root, text)
        for record in [decode_record(root.kind, line)]
    ]
    if logical_digest(sorted((kind, record_id, line) for kind, record_id, line, _ in found)) != (
        manifest.logical_digest
    ):
        raise Damaged("the content is not what the manifest states")
    return [record for *_, record in found]
