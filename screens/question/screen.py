"""The screen of one guided question."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.question.page import QuestionPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class QuestionScreen(Page):
    """Draws a QuestionPage."""

    page = ObjectProperty(QuestionPage(), rebind=True)
