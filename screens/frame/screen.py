"""What stands around every screen: bars above and below, the countdown on top, and one finger at a time."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from screens.frame.page import FramePage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class Frame(Page):
    """Bars around the screen in its middle; `bare` leaves the bars out."""

    page = ObjectProperty(FramePage(), rebind=True)
    bare = BooleanProperty(False)

    def show(self, screen: Page, bare: bool) -> None:
        """Put `screen` in the middle."""
        self.bare = bare
        middle = self.ids.middle
        if middle.children != [screen]:
            middle.clear_widgets()
            middle.add_widget(screen)


LOST = 10.0
"""Seconds without news after which a finger that never lifted counts as gone."""


class OneFinger(FloatLayout):
    """Lets one touch through at a time; other fingers are not there, and while it is `deaf` none is."""

    __events__ = ("on_finger",)
    deaf = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._finger: object = None
        self._heard = 0.0

    def on_finger(self, x: float, y: float) -> None:
        """A finger came down there."""

    def on_touch_down(self, touch: Any) -> bool:
        """Take the first finger, or one after the first was lost."""
        if self.deaf or ("button" in touch.profile and touch.button != "left"):
            return True
        if self._finger is not None and touch.time_start - self._heard < LOST:
            return True
        self._finger, self._heard = touch.uid, touch.time_start
        self.dispatch("on_finger", *touch.pos)
        return bool(super().on_touch_down(touch))

    def on_touch_move(self, touch: Any) -> bool:
        """Follow that finger."""
        if touch.uid != self._finger:
            return True
        self._heard = touch.time_update
        return bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        """Let it go."""
        if touch.uid != self._finger:
            return True
        self._finger = None
        return bool(super().on_touch_up(touch))


class Countdown(Page):
    """Asks whether the visitor is still there."""

    page = ObjectProperty(FramePage(), rebind=True)
