"""The screen of the take-away list."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.basket.page import BasketPage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class BasketScreen(Page):
    """Draws a BasketPage and the one code that carries all of it away."""

    page = ObjectProperty(BasketPage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
