"""The edition that the kiosk shows, and whether a newer one is waiting."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from catalog.box import Active, Status, active_path, read_active, read_status
from catalog.edition import Damaged
from catalog.store import Store

T = TypeVar("T")
MAINTENANCE = "maintenance"
"""Name of the file in the state folder that staff put there to take the kiosk out of service, whatever is in it."""


class Shelf:
    """The state folder as the kiosk sees it. It writes nothing there.

    When the active edition is damaged at the start, another whole one on the box is shown until sync has made it
    good; when there is none, the one in the folder `factory`, if that is given.
    """

    def __init__(self, state: Path, factory: Path | None = None) -> None:
        self.state, self._factory = state, factory
        self._seen: tuple[int, int] | None = None
        self._waiting: Active | None = None
        self._shown: Active | None = None
        self.store: Store | None = None

    def look(self) -> bool:
        """Whether an edition other than the shown one is waiting. Costs one `stat` while nothing moves."""
        try:
            found = active_path(self.state).stat()
        except OSError:
            return self._waiting is not None
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._seen:
            self._seen = stamp
            self._waiting = read_active(self.state)
        return self._waiting is not None

    def take(self) -> bool:
        """Show the waiting edition. False, and the old one stays, when it cannot be opened."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return False
        try:
            store = _opened(self.state / waiting.file, waiting.sha256)
        except Damaged:
            return False
        self._show(waiting, store)
        return True

    def renew(self) -> bool:
        """Show the waiting edition or, where nothing is shown, any that is whole. False when all stays as it is."""
        if self.look() and self.take():
            return True
        if self.store is not None:
            return False
        for edition in self._spare():
            try:
                store = _opened(self.state / edition.file, edition.sha256)
            except Damaged:
                continue
            self._show(edition, store)
            return True
        return False

    def _spare(self) -> Iterator[Active]:
        """Other editions, newest first. Without a pointer none on the box counts: its last one was taken back."""
        if active_path(self.state).exists():
            active = read_active(self.state)
            others = (edition for edition in _found(self.state) if not active or edition.file != active.file)
            yield from sorted(others, key=lambda edition: -edition.edition)
        factory = read_active(self._factory) if self._factory else None
        if factory and self._factory:
            yield replace(factory, file=str(self._factory.absolute() / factory.file))

    def _show(self, edition: Active, store: Store) -> None:
        if self.store is not None:
            self.store.close()
        self.store, self._shown = store, edition

    @property
    def newest(self) -> Active | None:
        """The newest edition on the box that `look` saw: the waiting one, or the shown one."""
        return self._waiting or self._shown

    def read(self, edition: Active, read: Callable[[Store], T]) -> T:
        """What `read` finds in an edition, which need not be the shown one. Raises Damaged."""
        if edition == self._shown and self.store is not None:
            return read(self.store)
        store = Store.open(self.state / edition.file)
        try:
            return read(store)
        finally:
            store.close()

    @property
    def closed(self) -> str:
        """Why nothing can be shown: `maintenance`, `damaged` or `waiting` for the first edition; empty when it can."""
        if (self.state / MAINTENANCE).exists():
            return "maintenance"
        if self.store is not None:
            return ""
        return "damaged" if active_path(self.state).exists() else "waiting"

    def status(self) -> Status | None:
        """What sync last said."""
        return read_status(self.state)


def _opened(path: Path, sha256: str) -> Store:
    """The store at `path`, whole as far as its digest is known. Raises Damaged."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest() if sha256 else ""
    except OSError as error:
        raise Damaged(f"{path.name}: {error}") from error
    if found != sha256:
        raise Damaged(f"{path.name}: another content than was built")
    store = Store.open(path)
    try:
        store.manifest  # noqa: B018
    except Damaged:
        store.close()
        raise
    return store


def _found(state: Path) -> Iterator[Active]:
    """The editions on the box that are whole. Takes time for each."""
    for path in state.glob("editions/*.db"):
        try:
            store = Store.open(path)
        except Damaged:
            continue
        try:
            store.verify()
            manifest, digest = store.manifest, store.edition_digest
        except Damaged:
            continue
        finally:
            store.close()
        file = str(path.relative_to(state))
        yield Active(edition=manifest.edition, digest=digest, file=file, activated=manifest.created)
