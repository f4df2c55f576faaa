"""The screen that says one thing."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.notice.page import NoticePage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class NoticeScreen(Page):
    """Draws a NoticePage."""

    page = ObjectProperty(NoticePage(), rebind=True)
