"""The edition that the county's own phone pages show: a store below `stores/`, and the pointer `active.json`.

The pages read these two alone, so they work while the database is down.
"""

from datetime import datetime

from catalog import store
from catalog.box import Active, active_path, read_active
from catalog.durable import move
from catalog.store import Store
from catalog.text import encode
from county.editions import Edition
from county.objects import Objects
from county.repository import Put
from county.settings import Settings

KEPT = 2
"""How many stores are kept: the active one and the one before it, which a request may still be reading."""


def activate(settings: Settings, edition: Edition, now: datetime, put: Put) -> None:
    """Build the edition's store from the repository and point to it. Does nothing when it is active already."""
    active = read_active(settings.folder)
    file = f"stores/{edition.digest}.db"
    if active is not None and active.digest == edition.digest and (settings.folder / file).exists():
        return
    _build(settings, edition)
    pointer = Active(edition=edition.number, digest=edition.digest, file=file, activated=now)
    put(active_path(settings.folder), encode(pointer))
    _sweep(settings)


def _build(settings: Settings, edition: Edition) -> None:
    path = settings.folder / "stores" / f"{edition.digest}.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    store.build(draft, edition.manifest_bytes, Objects(settings.repository).text)
    built = Store.open(draft)
    try:
        built.verify()
    finally:
        built.close()
    move(draft, path)


def _sweep(settings: Settings) -> None:
    stores = sorted((settings.folder / "stores").glob("*.db"), key=lambda path: path.stat().st_mtime)
    for path in stores[:-KEPT]:
        path.unlink()
