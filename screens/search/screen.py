"""The search screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kivy.core.window import Window
from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.layout import Layout

from screens.search.page import WIDE, SearchPage, pressed
from screens.shared import rows as _rows  # noqa: F401 - makes Rows known to the layout
from screens.shared.instant import only
from screens.shared.widgets import Page, Repeated


class KeyRow(Repeated, Layout):
    """Keys beside each other in the middle of the row, each as wide as its share of what `WIDE` letters take."""

    item = ObjectProperty(())
    spacing = NumericProperty(0)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for name in ("children", "pos", "size", "spacing"):
            self.fbind(name, self._trigger_layout)

    def do_layout(self, *_: Any) -> None:
        """Place the keys."""
        letter = (self.width - (WIDE - 1) * self.spacing) / WIDE
        keys = self.children[::-1]
        widths = [key.item.share * letter + (key.item.share - 1) * self.spacing for key in keys]
        x = self.center_x - (sum(widths) + (len(keys) - 1) * self.spacing) / 2
        for key, width in zip(keys, widths, strict=True):
            key.pos, key.size = (x, self.y), (width, self.height)
            x += width + self.spacing


class CandidateRow(Repeated, Layout):
    """As many words beside each other as fit, from the first on."""

    spacing = NumericProperty(0)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for name in ("children", "pos", "size", "spacing"):
            self.fbind(name, self._trigger_layout)

    def add_widget(self, word: Any, *args: Any, **named: Any) -> None:
        """Watch how wide the word is."""
        super().add_widget(word, *args, **named)
        word.fbind("needed", self._trigger_layout)

    def remove_widget(self, word: Any, *args: Any, **named: Any) -> None:
        """Watch it no more."""
        word.funbind("needed", self._trigger_layout)
        super().remove_widget(word, *args, **named)

    def do_layout(self, *_: Any) -> None:
        """Place the words that fit, and hide the others."""
        x = self.x
        for word in reversed(self.children):
            width = word.needed if x + word.needed <= self.right + 1 else 0
            word.pos, word.size, word.opacity = (x, self.y), (width, self.height), float(width > 0)
            x = x + width + self.spacing if width else self.right + 2


Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class SearchScreen(Page):
    """Draws a SearchPage, and takes what a real keyboard types while it is on the window."""

    page = ObjectProperty(SearchPage(), rebind=True)

    def __init__(self, **given: Any) -> None:
        self._query, self._rows = "", SearchPage().rows
        super().__init__(**given)
        Window.bind(on_key_down=self._on_key)

    def on_page(self, _screen: Any, page: SearchPage) -> None:
        """Begin at the top of other results, and draw nothing else for them."""
        if page.query != self._query:
            self._query = page.query
            self.ids.found.to_top()
            if page.rows == self._rows:
                only(self.ids.answer)
                only(self.ids.words)
        self._rows = page.rows

    def _on_key(self, _window: Any, key: int, _scancode: int, _text: str, modifiers: Sequence[str]) -> bool:
        route = pressed(key, modifiers, self.page) if self.get_root_window() else ""
        if route:
            self.dispatch("on_navigate", route)
        return bool(route)
