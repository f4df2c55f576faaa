"""The screen on which a guide is called."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.guide.page import GuidePage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class GuideScreen(Page):
    """Draws a GuidePage."""

    page = ObjectProperty(GuidePage(), rebind=True)
