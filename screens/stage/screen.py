"""The screen of a life stage."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.shared.widgets import Page
from screens.stage.page import StagePage

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class StageScreen(Page):
    """Draws a StagePage."""

    page = ObjectProperty(StagePage(), rebind=True)
