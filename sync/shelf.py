"""The editions and objects on this box, and the pointer that says which edition the kiosk shows.

Nothing before `activate` is visible to the kiosk, and that is one rename. Every file that has its final name
is complete; what a crash leaves behind has another name and is swept. Objects are a cache: they are checked
whenever they are read, and fetched again when they are not what they should be.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from catalog import durable, store
from catalog.box import Active, active_path, read_active
from catalog.edition import Damaged, Manifest, ObjectReference, children, decode_manifest, unpack
from catalog.records import RECORD_TYPES, PublicService
from catalog.text import encode
from sync.client import County, Listed
from sync.errors import SyncError, Unfit, Unstorable, Untrusted
from sync.marks import Marks
from sync.receive import is_intact, receive

RESERVE = 64 * 1024 * 1024
"""Bytes that stay free on the disk."""

_DIGEST = re.compile(r"[0-9a-f]{64}")

Progress = Callable[[int, int], None]
"""Called with the records that are on the box and all records of the edition."""


class Shelf:
    """The box's `objects/`, `editions/` and `active.json`. One process at a time."""

    def __init__(self, state: Path, marks: Marks) -> None:
        self._state, self._marks = state, marks
        self._objects, self._editions = state / "objects", state / "editions"

    def shown(self) -> Active | None:
        """What the kiosk shows, or None when there is nothing or it is damaged."""
        active = read_active(self._state)
        return active if active and _is_sound(self._state / active.file, active.digest) else None

    def kept(self) -> dict[int, str]:
        """Edition → digest of the shown and the previous edition."""
        kept = dict(self._marks.history())
        if active := read_active(self._state):
            kept[active.edition] = active.digest
        return kept

    def manifest(self, listed: Listed, county: County) -> bytes:
        """The manifest of a signed edition, fetched unless it is here. Raises SyncError, OSError."""
        path = self._path(listed.digest)
        if not is_intact(path, listed.digest, listed.size):
            receive(path, listed.digest, listed.size, lambda _offset: county.manifest(listed))
        return path.read_bytes()

    def fetch(self, manifest: Manifest, county: County, progress: Progress) -> int:
        """Get the objects of an edition that are not here; how many. Raises SyncError, OSError."""
        fetched = done = 0
        total = sum(kind.root.records for kind in manifest.kinds)
        waiting = [kind.root for kind in manifest.kinds]
        while waiting:
            reference = waiting.pop()
            path = self._path(reference.digest)
            if not is_intact(path, reference.digest, reference.size):
                receive(path, reference.digest, reference.size, partial(county.object, reference.digest))
                fetched += 1
            if reference.type == "listing":
                waiting += children(self._read(reference))
            else:
                done += reference.records
                progress(done, total)
        if fetched:
            os.sync()
        return fetched

    def build(self, listed: Listed, manifest: Manifest) -> None:
        """A verified store of the edition beside the one that is shown. Raises SyncError, OSError."""
        path = self._store(listed.digest)
        if _is_sound(path, listed.digest):
            return
        self._editions.mkdir(parents=True, exist_ok=True)
        self._make_sure_of_space(manifest)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        try:
            store.build(draft, self._path(listed.digest).read_bytes(), self._read)
            _try_out(draft)
        except Damaged as error:
            raise _blame(error)(f"edition {listed.edition}: {error}") from error
        durable.move(draft, path)

    def activate(self, listed: Listed, now: datetime) -> None:
        """Have the kiosk show an edition that was built. Raises OSError, Unstorable."""
        self._marks.activated(listed.edition, listed.digest)
        file = str(self._store(listed.digest).relative_to(self._state))
        active = Active(edition=listed.edition, digest=listed.digest, file=file, activated=now)
        durable.replace(active_path(self._state), encode(active))

    def sweep(self, waiting: list[Listed]) -> None:
        """Remove what crashes and older editions left. Keeps the shown, the previous and `waiting` ones."""
        kept = set(self.kept().values())
        stores = {self._store(digest) for digest in kept}
        objects = {path for digest in kept.union(e.digest for e in waiting) for path in self._all(digest)}
        files = [*self._editions.glob("*"), *self._objects.glob("*/*"), *self._state.glob("*.new")]
        temporary = [path for path in (self._state / "metadata").glob("*") if path.suffix != ".json"]
        for path in [*files, *temporary]:
            if path.is_file() and path not in stores | objects:
                path.unlink()

    def _all(self, digest: str) -> Iterator[Path]:
        path = self._path(digest)
        yield path
        try:
            waiting = [kind.root for kind in decode_manifest(path.read_bytes()).kinds]
            while waiting:
                reference = waiting.pop()
                yield self._path(reference.digest)
                waiting += children(self._read(reference)) if reference.type == "listing" else []
        except (FileNotFoundError, Damaged):
            return

    def _make_sure_of_space(self, manifest: Manifest) -> None:
        files = self._objects.glob("*/*")
        needed = 4 * sum(path.stat().st_size for path in files) + RESERVE
        if shutil.disk_usage(self._editions).free < needed:
            raise Unstorable(f"{self._editions}: {needed >> 20} MB of free space are needed")

    def _read(self, reference: ObjectReference) -> bytes:
        return unpack(self._path(reference.digest).read_bytes(), reference)

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise Untrusted(f"not the name of an object: {digest[:80]!r}")
        return self._objects / digest[:2] / digest

    def _store(self, digest: str) -> Path:
        return self._editions / f"{digest}.db"


def _is_sound(path: Path, digest: str) -> bool:
    try:
        with closing(store.Store.open(path)) as opened:
            if opened.edition_digest != digest:
                return False
            opened.verify()
    except (Damaged, sqlite3.Error):
        return False
    return True


def _try_out(path: Path) -> None:
    """Ask what every kiosk asks. Raises Damaged."""
    with closing(store.Store.open(path)) as opened:
        opened.verify()
        for record_type in RECORD_TYPES.values():
            opened.all(record_type)
        for service in opened.all(PublicService)[:5]:
            opened.index.search(service.title)


def _blame(error: Damaged) -> type[SyncError]:
    """Whose fault it is: the disk's, a program too old for a record, or whoever signed this."""
    if isinstance(error.__cause__, sqlite3.OperationalError):
        return Unstorable
    return Unfit if isinstance(error.__cause__, msgspec.ValidationError) else Untrusted
