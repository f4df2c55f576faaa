"""The search screen."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.search.page import SearchPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class SearchScreen(Page):
    """Draws a SearchPage."""

    page = ObjectProperty(SearchPage(), rebind=True)
