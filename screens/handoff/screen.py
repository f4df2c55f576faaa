"""The screen with the large code."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.handoff.page import HandoffPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class HandoffScreen(Page):
    """Draws a HandoffPage."""

    page = ObjectProperty(HandoffPage(), rebind=True)
