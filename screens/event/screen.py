"""The screen of one life event."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.event.page import EventPage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class EventScreen(Page):
    """Draws a EventPage and the code that carries it away."""

    page = ObjectProperty(EventPage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
