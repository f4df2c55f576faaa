"""What stands around every screen: bars above and below, the countdown on top, and one finger at a time."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from screens.frame.page import FramePage
from screens.shared.instant import whole
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class Frame(Page):
    """Bars around the screen in its middle; `bare` leaves the bars out. The page stands below `reach` pixels."""

    page = ObjectProperty(FramePage(), rebind=True)
    bare = BooleanProperty(False)
    reach = NumericProperty(0)

    def show(self, screen: Page, bare: bool) -> None:
        """Put `screen` in the middle."""
        self.bare = bare
        middle = self.ids.middle
        if middle.children != [screen]:
            middle.clear_widgets()
            middle.add_widget(screen)
            whole()

    @property
    def shown(self) -> Page:
        """The screen in the middle."""
        page: Page = self.ids.middle.children[0]
        return page


LOST = 10.0
"""Seconds without news after which a finger that never lifted counts as gone when another comes."""
LEANING = 120.0
"""Seconds without news after which what rests on the glass is no finger."""


class OneFinger(FloatLayout):
    """Lets one touch through at a time; other fingers are not there, and while it is `deaf` none is."""

    __events__ = ("on_finger",)
    deaf = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._finger: object = None
        self._heard = 0.0
        self._stirred: float | None = None
        self.bind(children=lambda *_: whole())

    def on_finger(self, x: float, y: float) -> None:
        """A finger came down there."""

    def held(self, now: float) -> bool:
        """Whether a finger is on the glass; `now` in the seconds of any clock that never goes back."""
        if self._finger is None:
            return False
        if self._stirred is None:
            self._stirred = now
        return now - self._stirred < LEANING

    def on_touch_down(self, touch: Any) -> bool:
        """Take the first finger, or one after the first was lost."""
        if self.deaf or ("button" in touch.profile and touch.button != "left"):
            return True
        if self._finger is not None and touch.time_start - self._heard < LOST:
            return True
        self._finger, self._heard, self._stirred = touch.uid, touch.time_start, None
        self.dispatch("on_finger", *touch.pos)
        return bool(super().on_touch_down(touch))

    def on_touch_move(self, touch: Any) -> bool:
        """Follow that finger."""
        if touch.uid != self._finger:
            return True
        self._heard, self._stirred = touch.time_update, None
        return bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        """Let it go."""
        if touch.uid != self._finger:
            return True
        self._finger = None
        return bool(super().on_touch_up(touch))


class Countdown(Page):
    """Asks whether the visitor is still there. Nothing behind it can be touched through it."""

    page = ObjectProperty(FramePage(), rebind=True)

    def on_touch_down(self, touch: Any) -> bool:
        """Answer where a button is, and elsewhere keep the touch."""
        return bool(super().on_touch_down(touch)) or bool(self.collide_point(*touch.pos))
