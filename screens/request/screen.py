"""The screen of the guide to asking for information."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.request.page import RequestPage
from screens.shared import rows as rows
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class RequestScreen(Page):
    """Draws a RequestPage. No part of the form can be touched."""

    page = ObjectProperty(RequestPage(), rebind=True)
