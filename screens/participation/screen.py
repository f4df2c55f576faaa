"""The screen of everything one can take part in."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.participation.page import ParticipationPage
from screens.shared import rows as rows
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ParticipationScreen(Page):
    """Draws a ParticipationPage."""

    page = ObjectProperty(ParticipationPage(), rebind=True)
