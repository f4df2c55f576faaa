"""The screen of one group of tags."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.match.page import MatchPage
from screens.shared import faces as faces
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class MatchScreen(Page):
    """Draws a MatchPage."""

    page = ObjectProperty(MatchPage(), rebind=True)
