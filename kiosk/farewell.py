"""Says for a few seconds that everything is erased, above an attract screen that can be touched already."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screens.finished.page import FinishedPage

SECONDS = 12.0
"""How long it stays when nobody touches anything."""


class Farewell:
    """The panel over `root`; `on_navigate` hears where a touch on it leads."""

    def __init__(self, root: Any, on_navigate: Callable[[Any, str], None]) -> None:
        self._root, self._on_navigate = root, on_navigate
        self._panel: Any = None
        self._since: float | None = None

    def say(self, page: "FinishedPage", now: float) -> None:
        """Show it; `now` in seconds, monotonic."""
        if self._panel is None:
            from screens.finished.screen import FinishedScreen

            self._panel = FinishedScreen()
            self._panel.bind(on_navigate=self._on_navigate)
        self._panel.page = page
        self._since = now
        if self._panel.parent is None:
            self._root.add_widget(self._panel)

    def look(self, now: float) -> None:
        """Take it away when it stood long enough."""
        if self._since is not None and now - self._since >= SECONDS:
            self.leave()

    def leave(self) -> None:
        """Take it away."""
        self._since = None
        if self._panel is not None and self._panel.parent is not None:
            self._root.remove_widget(self._panel)
