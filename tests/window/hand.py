"""A visitor's hand: finds what it looks for on the screen, scrolling by the two large buttons, and touches it."""

from collections.abc import Callable
from typing import Any

from screens.shared.widgets import Icon, Scroller
from tests.window.stand import Stand

SCREENS = 60
"""So many times a visitor presses "down" before giving up."""


class Hand:
    """Touches by what is in sight, never by a route typed from outside."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand

    @property
    def route(self) -> str:
        return self.stand.route

    def reads(self, *texts: str) -> None:
        """All these texts are on the screen, breaks of lines left out."""
        words = "".join(self.stand.words().split())
        missing = [text for text in texts if "".join(text.split()) not in words]
        assert not missing, f"{missing} not on {self.route}: {self.stand.words()}"

    def touch(self, beginning: str) -> str:
        """Touch the first thing that leads to a route of this beginning; where it led."""
        target = self._find(lambda target: bool(target.route.startswith(beginning)), beginning)
        return self._press(target)

    def touch_word(self, word: str) -> str:
        """Touch the first thing that says this."""

        def says(target: Any) -> bool:
            labels = (w for w in target.walk(restrict=True) if not isinstance(w, Icon))
            return any(word in (getattr(w, "content", "") or getattr(w, "text", "")) for w in labels)

        return self._press(self._find(says, word))

    def ways(self) -> set[str]:
        """Where everything on the screen leads."""
        return {target.route for target in self.stand.targets() if target.route}

    def _find(self, wanted: Callable[[Any], bool], name: str) -> Any:
        for _ in range(SCREENS):
            found = [target for target in self.stand.targets() if wanted(target)]
            inside = [target for target in found if self._in_sight(target)]
            if inside:
                return inside[0]
            if not self._scroll(found[0] if found else None):
                break
        raise AssertionError(f"no way to {name!r} from {self.route}: {sorted(self.ways())}")

    def _press(self, target: Any) -> str:
        route, released = str(target.route), []

        def note(*_: object) -> None:
            released.append(target)

        target.bind(on_release=note)
        finger = self.stand.finger(target)
        finger.down()
        finger.up()
        self.stand.until(lambda: bool(released))
        target.unbind(on_release=note)
        return route

    def _in_sight(self, target: Any) -> bool:
        """Whether its middle is not scrolled away."""
        _, y = target.to_window(*target.center)
        view = self._view(target)
        return view is None or bool(view.to_window(*view.pos)[1] <= y <= view.to_window(0, view.top)[1])

    def _view(self, target: Any) -> Any:
        scroller = self._scroller(target)
        inside = scroller is not None and target.parent is not scroller.ids.bar
        return scroller.ids.view if inside else None

    def _scroller(self, target: Any) -> Any:
        above = target.parent
        while above is not None and above is not above.parent:
            if isinstance(above, Scroller):
                return above
            above = above.parent
        return None

    def _scroll(self, towards: Any) -> bool:
        """Press a "down" button, or "up" when what is looked for lies above. False when there is none."""
        scrollers = [w for w in self.stand.widgets() if isinstance(w, Scroller) and w.overflows]
        if towards is not None:
            own = self._scroller(towards)
            scrollers = [own] if own in scrollers else []
        for scroller in scrollers:
            view = scroller.ids.view
            above = towards is not None and (
                towards.to_window(*towards.center)[1] > view.to_window(0, view.top)[1]
            )
            buttons = [t for t in self.stand.targets() if t.parent is scroller.ids.bar]
            button = (buttons[0] if above else buttons[-1]) if buttons else None
            if button is not None and not button.disabled:
                before = view.scroll_y
                self._press(button)
                if view.scroll_y != before:
                    return True
        return False
