"""The edition that the kiosk shows, and whether a newer one is waiting."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from catalog.box import Active, Status, active_path, read_active, read_status
from catalog.edition import Damaged
from catalog.store import Store

T = TypeVar("T")
MAINTENANCE = "maintenance"
"""Name of the file in the state folder that staff put there to take the kiosk out of service, whatever is in it."""


class Shelf:
    """The state folder as the kiosk sees it. It writes nothing there."""

    def __init__(self, state: Path) -> None:
        self.state = state
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
            store = Store.open(self.state / waiting.file)
            store.manifest  # noqa: B018
        except Damaged:
            self._seen = None
            return False
        if self.store is not None:
            self.store.close()
        self.store, self._shown = store, waiting
        return True

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
