"""The edition that the county's own phone pages show: a store below `stores/`, and the pointer `active.json`.

The pages read these two alone, so they work while the database is down. A candidate's store is built with it, so that
publishing has only to point there.
"""

from collections.abc import Collection
from contextlib import closing
from datetime import datetime
from pathlib import Path

from catalog import store
from catalog.box import Active, active_path, read_active
from catalog.durable import move
from catalog.edition import Damaged
from catalog.store import Store
from catalog.text import encode
from county.editions import Edition
from county.objects import Objects
from county.repository import Put
from county.settings import Settings


def activate(settings: Settings, edition: Edition, now: datetime, put: Put) -> None:
    """Point to the edition's store, built if it is not there whole. Does nothing when it is active already."""
    active, path = read_active(settings.folder), _path(settings, edition)
    if active is not None and active.digest == edition.digest and path.exists():
        return
    prepare(settings, edition)
    file = str(path.relative_to(settings.folder))
    pointer = Active(edition=edition.number, digest=edition.digest, file=file, activated=now)
    put(active_path(settings.folder), encode(pointer))
    _sweep(settings, {file} if active is None else {file, active.file})


def prepare(settings: Settings, edition: Edition) -> None:
    """Build the store of an edition that is published or a candidate, unless it is there whole."""
    path = _path(settings, edition)
    if not path.exists() or not _whole(path, edition):
        _build(settings, edition, path)


def _path(settings: Settings, edition: Edition) -> Path:
    return settings.folder / "stores" / f"{edition.digest}.db"


def _whole(path: Path, edition: Edition) -> bool:
    try:
        with closing(Store.open(path)) as built:
            built.verify()
            return built.edition_digest == edition.digest
    except Damaged:
        return False


def _build(settings: Settings, edition: Edition, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    store.build(draft, edition.manifest_bytes, Objects(settings.repository, settings.candidate).text)
    with closing(Store.open(draft)) as built:
        built.verify()
    move(draft, path)


def _sweep(settings: Settings, needed: Collection[str]) -> None:
    """Remove the stores but the active one and the one before it, which a request may still be reading."""
    for path in (settings.folder / "stores").glob("*.db"):
        if str(path.relative_to(settings.folder)) not in needed:
            path.unlink()
