"""The screen of all life events."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.events.page import EventsPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class EventsScreen(Page):
    """Draws a EventsPage."""

    page = ObjectProperty(EventsPage(), rebind=True)
