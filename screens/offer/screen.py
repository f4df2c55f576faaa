"""What staff say, over the lower part of any page. Nothing behind it can be touched through it."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.offer.page import OfferPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class OfferScreen(Page):
    """Draws an OfferPage."""

    page = ObjectProperty(OfferPage(), rebind=True)

    def on_touch_down(self, touch: Any) -> bool:
        """Keep touches from what lies below."""
        return bool(super().on_touch_down(touch)) or self.collide_point(*touch.pos)
