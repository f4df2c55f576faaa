"""The screen of the disclosure directories."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.disclosure.page import DisclosurePage
from screens.shared import rows as rows
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class DisclosureScreen(Page):
    """Draws a DisclosurePage."""

    page = ObjectProperty(DisclosurePage(), rebind=True)
