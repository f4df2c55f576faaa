"""The screen of what came out of guided questions."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.result.page import ResultPage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ResultScreen(Page):
    """Draws a ResultPage and the code that carries it away."""

    page = ObjectProperty(ResultPage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
