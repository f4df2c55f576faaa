"""The screen of a long text."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.reader.page import ReaderPage
from screens.shared import rows as rows
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ReaderScreen(Page):
    """Draws a ReaderPage: one column, or two where the screen is wider than high."""

    page = ObjectProperty(ReaderPage(), rebind=True)
