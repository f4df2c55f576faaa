"""The attract screen."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.attract.page import AttractPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class AttractScreen(Page):
    """Draws a AttractPage."""

    page = ObjectProperty(AttractPage(), rebind=True)
