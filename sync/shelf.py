"""The editions and objects on this box, and the pointer that says which edition the kiosk shows.

Nothing before `activate` is visible to the kiosk, and that is one rename. Every file that has its final name
is complete; what a crash leaves behind has another name and is swept. Objects are a cache: they are checked
whenever they are read, and fetched again when they are not what they should be.
"""

import hashlib
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
from catalog.edition import (
    PROGRAM_VERSION,
    Damaged,
    Manifest,
    ObjectReference,
    children,
    decode_manifest,
    unpack,
)
from catalog.records import RECORD_TYPES, PublicService
from catalog.text import encode
from sync.client import County, Listed
from sync.errors import SyncError, Unfit, Unstorable, Untrusted, unstorable
from sync.marks import Mark, Marks, Trial
from sync.receive import is_intact, receive

BYTES_PER_RECORD = 6 * 1024
"""What a record takes on the disk, in objects and store together, as measured and rounded up."""

_DRAFTS = ("active.json.new", "status.json.new", "state.db.spare.new")
_DIGEST = re.compile(r"[0-9a-f]{64}")

Progress = Callable[[int, int], None]
"""Called with the records that are on the box and all records of the edition."""


class Shelf:
    """The box's `objects/`, `editions/` and `active.json`. One process at a time."""

    def __init__(self, state: Path, marks: Marks, reserve: int) -> None:
        """`reserve` is how many bytes of the disk stay free."""
        self._state, self._marks, self._reserve = state, marks, reserve
        self._objects, self._editions = state / "objects", state / "editions"

    def shown(self) -> Active | None:
        """What the kiosk shows, or None when there is nothing or it is damaged."""
        active = read_active(self._state)
        return active if active and self._holds(active) else None

    def rejected(self) -> frozenset[str]:
        """The digests of editions that failed at this kiosk."""
        return self._marks.rejected(PROGRAM_VERSION)

    def mend(self) -> None:
        """Build the shown edition again, and its pointer, from what is on the box. Raises OSError, Unstorable.

        What is shown was signed, so nothing older is ever taken, even when the marks are gone.
        """
        newest = [digest for _, digest in self._marks.history()][:1]
        active = read_active(self._state)
        if active and self._holds(active):
            if active.edition > self._marks.newest():
                self._marks.raise_to([Mark("edition", "", active.edition)])
            return
        for wanted in [active.digest, *newest] if active else newest:
            if wanted in self.rejected():
                return
            try:
                manifest = decode_manifest(self._path(wanted).read_bytes())
                listed = Listed(manifest.edition, wanted, 0)
                self.build(listed, manifest)
                self._point(listed, active.activated if active else manifest.created)
            except (Damaged, Unfit, Untrusted, FileNotFoundError):
                continue
            return

    def kept(self) -> dict[int, str]:
        """Edition → digest of the shown and the previous edition."""
        kept = dict(self._marks.history())
        active = read_active(self._state)
        if active and _is_edition(self._state / active.file, active.digest, active.edition):
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
        return fetched

    def make_sure_of_space(self, manifest: Manifest) -> None:
        """Raises Unstorable unless twice the edition and the reserve are free."""
        records = sum(kind.root.records for kind in manifest.kinds)
        needed = 2 * records * BYTES_PER_RECORD + self._reserve
        if shutil.disk_usage(self._state).free < needed:
            message = f"{self._state}: {-(-needed >> 20)} MB of free space are needed"
            raise Unstorable(message, "storage_full")

    def build(self, listed: Listed, manifest: Manifest) -> None:
        """A verified store of the edition beside the one that is shown. Raises SyncError, OSError."""
        path = self._store(listed.digest)
        if _is_sound(path, listed.digest):
            return
        self._editions.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        try:
            store.build(draft, self._path(listed.digest).read_bytes(), self._read)
            _try_out(draft)
        except Damaged as error:
            raise _blame(error, f"edition {listed.edition}: {error}") from error
        durable.move(draft, path)

    def activate(self, listed: Listed, now: datetime, visits: int) -> bool:
        """Have the kiosk show an edition that was built, on probation when it is another one; whether it is.

        `visits` is what the kiosk has counted so far. Raises OSError, Unstorable.
        """
        active = read_active(self._state)
        if active and active.digest == listed.digest and self._holds(active):
            return False
        if not active or active.digest != listed.digest:
            self._marks.activated(listed.edition, Trial(listed.digest, now, visits))
        self._point(listed, now)
        return True

    def go_back(self, now: datetime) -> None:
        """Show the edition before a rejected one, or none: then the kiosk has that of the factory. Raises OSError."""
        for edition, digest in self._marks.history():
            if digest not in self.rejected() and _is_sound(self._store(digest), digest):
                self._point(Listed(edition, digest, 0), now)
                return
        active_path(self._state).unlink(missing_ok=True)
        durable.flush(self._state)

    def sweep(self, waiting: list[Listed]) -> None:
        """Remove what crashes and older editions left. Keeps the shown, the previous and `waiting` ones.

        While a listing of those is damaged it is unknown which objects they need, so all of them stay.
        """
        kept = set(self.kept().values())
        stores = {self._store(digest) for digest in kept}
        files = [*self._editions.glob("*"), *(self._state / name for name in _DRAFTS)]
        temporary = [path for path in (self._state / "metadata").glob("*") if path.suffix != ".json"]
        try:
            objects = {path for digest in kept for path in self._all(digest)}
            objects |= {self._path(listed.digest) for listed in waiting}
            files += (path for path in self._objects.glob("*/*") if path not in objects)
        except (FileNotFoundError, Damaged):
            pass
        for path in [*files, *temporary]:
            if path.is_file() and path not in stores:
                path.unlink()

    def _all(self, digest: str) -> Iterator[Path]:
        path = self._path(digest)
        yield path
        waiting = [kind.root for kind in decode_manifest(path.read_bytes()).kinds]
        while waiting:
            reference = waiting.pop()
            yield self._path(reference.digest)
            waiting += children(self._read(reference)) if reference.type == "listing" else []

    def _point(self, listed: Listed, activated: datetime) -> None:
        path = self._store(listed.digest)
        active = Active(
            edition=listed.edition,
            digest=listed.digest,
            file=str(path.relative_to(self._state)),
            activated=activated,
            sha256=_sha256(path),
        )
        durable.replace(active_path(self._state), encode(active))

    def _holds(self, active: Active) -> bool:
        """Whether the store that the pointer names is as it was when it was built."""
        path = self._state / active.file
        try:
            whole = _sha256(path) == active.sha256 if active.sha256 else _is_sound(path, active.digest)
        except FileNotFoundError:
            return False
        return whole and _is_edition(path, active.digest, active.edition)

    def _read(self, reference: ObjectReference) -> bytes:
        return unpack(self._path(reference.digest).read_bytes(), reference)

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise Untrusted(f"not the name of an object: {digest[:80]!r}")
        return self._objects / digest[:2] / digest

    def _store(self, digest: str) -> Path:
        return self._editions / f"{digest}.db"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_edition(path: Path, digest: str, edition: int) -> bool:
    """Whether a store says of itself that it is this edition."""
    try:
        with closing(store.Store.open(path)) as opened:
            return opened.edition_digest == digest and opened.manifest.edition == edition
    except Damaged:
        return False


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


def _blame(error: Damaged, words: str) -> SyncError:
    """Whose fault it is: the disk's, a program too old for a record, or whoever signed this."""
    if isinstance(error.__cause__, sqlite3.OperationalError):
        return unstorable(error.__cause__, words)
    return Unfit(words) if isinstance(error.__cause__, msgspec.ValidationError) else Untrusted(words)
