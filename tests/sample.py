"""The demonstration county for tests: its records, and stores made of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from catalog.box import Active, Status, active_path, status_path
from catalog.edition import ObjectReference, encode_manifest, pack_edition, unpack
from catalog.importing.reading import Reading, read_files
from catalog.records import County, Record
from catalog.store import Store, build
from catalog.text import encode

SAMPLE = Path(__file__).parent.parent / "assets" / "sample"
CREATED = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
COUNTY = County(
    id="county",
    title="青禾县",
    title_en="Qinghe County",
    zone_title="青禾县政务公开体验区",
    zone_title_en="Qinghe County Open Government Zone",
    area_code="990123",
    public_url="http://127.0.0.1:8080",
    demonstration=True,
)


@cache
def sample_reading() -> Reading:
    """Everything the importer says about assets/sample."""
    return read_files([SAMPLE])


@cache
def sample_records() -> tuple[Record, ...]:
    """The demonstration county's records."""
    return (COUNTY, *sample_reading().records)


def sample_store(path: Path, edition: int = 1) -> Store:
    """A store of the demonstration county in a new file at `path`."""
    return store_of(sample_records(), path, edition)


def store_of(records: Sequence[Record], path: Path, edition: int = 1) -> Store:
    """A store of any records in a new file at `path`."""
    objects: dict[str, bytes] = {}
    manifest = pack_edition(records, objects.__setitem__, edition=edition, created=CREATED)

    def read(reference: ObjectReference) -> bytes:
        return unpack(objects[reference.digest], reference)

    build(path, encode_manifest(manifest), read)
    return Store.open(path)


def sample_box(state: Path, now: datetime, records: Sequence[Record] = ()) -> None:
    """A box's state folder that shows the demonstration county, or other records, confirmed at `now`."""
    file = state / "editions" / "1.db"
    file.parent.mkdir(parents=True)
    store_of(records or sample_records(), file).close()
    show_first(state, now)


def show_first(state: Path, now: datetime) -> None:
    """Have the box with this state folder show its edition 1, confirmed at `now`."""
    file = Path("editions") / "1.db"
    store = Store.open(state / file)
    active = Active(edition=1, digest=store.edition_digest, file=str(file), activated=now)
    store.close()
    active_path(state).write_bytes(encode(active))
    status_path(state).write_bytes(encode(Status(tried=now, confirmed=now)))
