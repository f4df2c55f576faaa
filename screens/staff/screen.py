"""The staff screen."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.shared.widgets import Page
from screens.staff.page import StaffPage

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class StaffScreen(Page):
    """Draws a StaffPage."""

    page = ObjectProperty(StaffPage(), rebind=True)
