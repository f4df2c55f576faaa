"""The screen of one bulletin, and the card that holds its text."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.bulletin.page import BulletinPage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class BulletinScreen(Page):
    """Draws a BulletinPage."""

    page = ObjectProperty(BulletinPage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
