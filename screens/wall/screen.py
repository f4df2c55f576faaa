"""The screen on a wall."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.shared.item import Handoff
from screens.shared.widgets import Page
from screens.wall.page import WallPage

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class WallScreen(Page):
    """Draws a WallPage."""

    page = ObjectProperty(WallPage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
