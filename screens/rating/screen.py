"""The screen of ratings."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.rating.page import RatingPage
from screens.shared import faces as faces
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class RatingScreen(Page):
    """Draws a RatingPage."""

    page = ObjectProperty(RatingPage(), rebind=True)
