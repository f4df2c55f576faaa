"""The edition that the kiosk shows, and whether a newer one is waiting."""

from pathlib import Path

from catalog.box import Active, Status, active_path, read_active, read_status
from catalog.edition import Damaged
from catalog.store import Store


class Shelf:
    """The state folder as the kiosk sees it. It writes nothing there."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self._seen: tuple[int, int] | None = None
        self._waiting: Active | None = None
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
        self.store = store
        return True

    def status(self) -> Status | None:
        """What sync last said."""
        return read_status(self.state)
