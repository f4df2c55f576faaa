"""The screens that were made so far. Each is made when it is first shown, and kept until the look changes.

How far a page is scrolled is kept by its route while it is on the trail, so that back leads to where one was.
"""

from collections.abc import Callable, Sequence
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
        return self.screens[name]

    def leave(self, route: str, screen: Any) -> None:
        """Remember how far the page of `route` on `screen` is scrolled."""
        self._places[route] = scrolled(screen)

    def arrive(self, trail: Sequence[str], screen: Any) -> None:
        """Show the page at the end of `trail`, now on `screen`, where it was left, or from its beginning."""
        self._places = {route: place for route, place in self._places.items() if route in trail}
        for widget in screen.walk(restrict=True):
            if hasattr(widget, "to_top"):
                widget.to_top()
        if place := self._places.pop(trail[-1], ()):
            Clock.schedule_once(lambda _: scroll(screen, place), 0)  # when it knows how high it is

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
        """Make each again when it is next shown."""
        self.screens.clear()
