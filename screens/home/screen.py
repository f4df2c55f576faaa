"""The home screen."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.home.page import HomePage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class HomeScreen(Page):
    """Draws a HomePage."""

    page = ObjectProperty(HomePage(), rebind=True)
