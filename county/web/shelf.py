"""The editions in the county's state folder, as the web server reads them.

`active.json` names the store that is shown; it is moved by rename after an edition is published. Each request
opens what it needs and closes it, so a request sees one edition from beginning to end and the next request the
newest. No database is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.box import read_active
from catalog.edition import Damaged
from catalog.store import Store


class NothingPublished(Exception):
    """No edition has been published yet, or its store is gone."""


@contextmanager
def active_store(state: Path) -> Iterator[Store]:
    """The store of the active edition. Raises NothingPublished."""
    active = read_active(state)
    if active is None:
        raise NothingPublished("no active edition")
    try:
        store = Store.open(state / active.file)
    except Damaged as error:
        raise NothingPublished(str(error)) from error
    try:
        yield store
    finally:
        store.close()


@contextmanager
def earlier_store(state: Path, edition: int) -> Iterator[Store | None]:
    """The store of an earlier edition by its number, or None when it is no longer kept."""
    manifests = (state / "repository" / "targets" / "editions").glob(f"*.{edition}.json")
    stores = [state / "stores" / f"{manifest.name.partition('.')[0]}.db" for manifest in manifests]
    kept = next((path for path in stores if path.is_file()), None)
    try:
        store = Store.open(kept) if kept else None
    except Damaged:
        store = None
    try:
        yield store
    finally:
        if store is not None:
            store.close()
