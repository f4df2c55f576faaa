"""The screen of one place."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.place.page import PlacePage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class PlaceScreen(Page):
    """Draws a PlacePage and the code that leads there."""

    page = ObjectProperty(PlacePage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
