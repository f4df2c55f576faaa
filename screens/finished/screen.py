"""What lies over the attract screen for a few seconds after a visitor erased."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.finished.page import FinishedPage
from screens.shared import faces as faces
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class FinishedScreen(Page):
    """Draws a FinishedPage. Beside it the attract screen can be touched; touches between its buttons do nothing."""

    page = ObjectProperty(FinishedPage(), rebind=True)

    def on_touch_down(self, touch: Any) -> bool:
        """Keep touches from what lies below."""
        return bool(super().on_touch_down(touch)) or self.collide_point(*touch.pos)
