"""The screen of one question."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.shared import faces as faces
from screens.shared.widgets import Page
from screens.survey.page import SurveyPage

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class SurveyScreen(Page):
    """Draws a SurveyPage."""

    page = ObjectProperty(SurveyPage(), rebind=True)
