"""The screen of one clause of a policy."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from screens.clause.page import ClausePage
from screens.shared.item import Handoff
from screens.shared.widgets import Page

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ClauseScreen(Page):
    """Draws a ClausePage and the code that carries it away."""

    page = ObjectProperty(ClausePage(), rebind=True)
    handoff = ObjectProperty(Handoff(), rebind=True)
