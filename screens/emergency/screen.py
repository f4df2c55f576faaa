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

    def show_part(self, share: float) -> None:
        """Show the text from its beginning, 0, to its end, 1, where nobody can scroll."""
        self.ids.text.ids.view.scroll_y = 1 - share

    def to_top(self) -> None:
        """Show the beginning of the text."""
        self.ids.text.to_top()
