"""The screen of the PIN pad."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.pin.page import PinPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class PinScreen(Page):
    """Draws a PinPage."""

    page = ObjectProperty(PinPage(), rebind=True)
