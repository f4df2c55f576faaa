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


class OneFinger(FloatLayout):
    """Lets one touch through at a time; other fingers are not there."""

    __events__ = ("on_finger",)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._finger: object = None

    def on_finger(self) -> None:
        """A finger came down."""

    def on_touch_down(self, touch: Any) -> bool:
        """Take the first finger."""
        if self._finger is not None or ("button" in touch.profile and touch.button != "left"):
            return True
        self._finger = touch.uid
        self.dispatch("on_finger")
        return bool(super().on_touch_down(touch))

    def on_touch_move(self, touch: Any) -> bool:
        """Follow that finger."""
        return True if touch.uid != self._finger else bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        """Let it go."""
        if touch.uid != self._finger:
            return True
        self._finger = None
        return bool(super().on_touch_up(touch))


class Countdown(Page):
    """Asks whether the visitor is still there."""

    page = ObjectProperty(FramePage(), rebind=True)
