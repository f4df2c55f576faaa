"""The screen of the take-away list."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.basket.page import BasketPage
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class BasketScreen(Page):
    """Draws a BasketPage."""

    page = ObjectProperty(BasketPage(), rebind=True)
