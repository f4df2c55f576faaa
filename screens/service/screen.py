"""The screen of one public service."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.service.page import ServicePage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ServiceScreen(Page):
    """Draws a ServicePage and the code that carries it away."""

    page = ObjectProperty(ServicePage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
