"""The screens that were made so far. Each is made when it is first shown, and kept until the look changes."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from kivy.clock import Clock

from screens.shared.item import Handoff
from screens.shared.widgets import scroll, scrolled


class Drawn:
    """`on_navigate` hears where a touch on a screen leads."""

    def __init__(self, on_navigate: Callable[[Any, str], None]) -> None:
        self._on_navigate = on_navigate
        self.screens: dict[str, Any] = {}
        self._places: dict[str, tuple[float, ...]] = {}

    def screen(self, name: str) -> Any:
        """The screen of that name."""
        if name not in self.screens:
            module = import_module(f"screens.{name}.screen")
            screen = getattr(module, f"{name.capitalize()}Screen")()
            screen.bind(on_navigate=self._on_navigate)
            self.screens[name] = screen
            if places := self._places.pop(name, ()):
                Clock.schedule_once(lambda _: scroll(screen, places), 0)  # when it knows how high it is
        return self.screens[name]

    def scroll_to_top(self) -> None:
        """Show the beginning of each."""
        self._places.clear()
        for screen in self.screens.values():
            for widget in screen.walk(restrict=True):
                if hasattr(widget, "to_top"):
                    widget.to_top()

    def empty(self) -> None:
        """Forget what they show and how far they were scrolled."""
        self._places.clear()
        for screen in self.screens.values():
            screen.page = type(screen.page)()
            if hasattr(screen, "handoff"):
                screen.handoff = Handoff()
            for widget in screen.walk(restrict=True):
                if hasattr(widget, "forget"):
                    widget.forget()

    def make_again(self) -> None:
        """Make each again when it is next shown, scrolled as far as it is now."""
        self._places |= {name: scrolled(screen) for name, screen in self.screens.items()}
        self.screens.clear()
