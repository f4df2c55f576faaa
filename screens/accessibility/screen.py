"""The screen of everything that makes the kiosk easier to see, reach, hear and read."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.accessibility.page import AccessibilityPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class AccessibilityScreen(Page):
    """Draws an AccessibilityPage."""

    page = ObjectProperty(AccessibilityPage(), rebind=True)
