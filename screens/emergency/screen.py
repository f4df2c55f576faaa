"""The screen of an emergency: red, over everything else."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty

from screens.bulletin import screen as screen
from screens.emergency.page import EmergencyPage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class EmergencyScreen(Page):
    """Draws an EmergencyPage, not higher than `reach` pixels."""

    page = ObjectProperty(EmergencyPage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
    reach = NumericProperty(0)

    def to_top(self) -> None:
        """Show the beginning of the text."""
        self.ids.text.to_top()
