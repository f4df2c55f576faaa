"""A county's state folder as it looks after publishing, made without a database."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from catalog.box import Active, active_path
from catalog.edition import ObjectReference, encode_manifest, pack_edition, unpack
from catalog.records import Record
from catalog.store import build
from catalog.text import digest

MORNING = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
"""When editions are published here: half past nine in the county."""


def publish(state: Path, records: Iterable[Record], edition: int) -> None:
    """Publish an edition: manifest, store and pointer. Metadata is not signed, objects are not kept."""
    objects: dict[str, bytes] = {}
    manifest = pack_edition(records, objects.__setitem__, edition=edition, created=MORNING)
    data = encode_manifest(manifest)
    name = digest(data)
    manifests = state / "repository" / "targets" / "editions"
    manifests.mkdir(parents=True, exist_ok=True)
    (manifests / f"{name}.{edition}.json").write_bytes(data)
    file = f"stores/{name}.db"
    (state / "stores").mkdir(exist_ok=True)

    def read(reference: ObjectReference) -> bytes:
        return unpack(objects[reference.digest], reference)

    build(state / file, encode_manifest(manifest), read)
    active = Active(edition=edition, digest=name, file=file, activated=MORNING)
    active_path(state).write_bytes(msgspec.json.encode(active))
