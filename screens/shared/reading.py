"""What a page says, in the order in which it is read, and the frame around what is being read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kivy.graphics import Color, InstructionGroup, Line
from kivy.metrics import dp
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from screens.shared.palette import channels
from screens.shared.widgets import Icon, Scroller, Target

PAUSE = "，"
MARK = (("#12233B", 9), ("#FFD800", 5))
"""Colour and width of the two lines of the frame: one of them shows on any ground."""

BEGINNINGS = (16, 8, 4)
"""By how many of its first characters a sentence is looked for in rows; its end may be in the next row."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and the widget that shows it. With a `number`, it is that item of the widget's rows."""

    text: str
    widget: Any
    number: int | None = None

    def reveal(self, share: float) -> None:
        """Scroll to it; of a long one, to the part that begins at `share` between 0 and 1."""
        if self.number is not None:
            self.widget.bring(self.number, share)
            return
        ancestor = self.widget.parent
        while ancestor is not None and ancestor is not ancestor.parent:
            if isinstance(ancestor, ScrollView):
                ancestor.scroll_to(self.widget, padding=dp(40), animate=False)
            ancestor = ancestor.parent

    def place(self, sentence: str) -> Any:
        """The widget to frame while `sentence` is said; None when it is not in sight."""
        if self.number is None:
            return self.widget
        shown = [(part, "".join(_said(part).split())) for row in self.widget.rows() for part in _parts(row)]
        start = "".join(sentence.split())
        return next((part for length in BEGINNINGS for part, text in shown if start[:length] in text), None)


def passages(page: Widget) -> list[Passage]:
    """Everything that `page` says. Buttons are one passage each; those that only scroll are left out."""
    return [passage for passage in _passages(page) if any(c.isalnum() for c in passage.text)]


def _passages(widget: Any) -> Iterator[Passage]:
    if not widget.opacity or widget.width <= 0 or widget.height <= 0:
        return
    if hasattr(widget, "bring"):
        for number in range(widget.start, len(widget.items)):
            yield Passage(_item_text(widget.items[number]), widget, number)
    elif isinstance(widget, Target):
        if len(text := _said(widget)) > 1 and not isinstance(widget.parent.parent, Scroller):
            yield Passage(text, widget)
    elif isinstance(widget, Label):
        if not isinstance(widget, Icon):
            yield Passage(_text(widget), widget)
    else:
        for child in reversed(widget.children):
            yield from _passages(child)


def _parts(row: Any) -> list[Any]:
    """The entries of a row, or the row itself."""
    return [w for w in row.walk(restrict=True) if isinstance(w, Target)] or [row]


def _item_text(item: Any) -> str:
    return str(getattr(item, "text", "")) or PAUSE.join(
        part for part in (getattr(item, "title", ""), getattr(item, "hint", "")) if part
    )


def _said(widget: Any) -> str:
    labels = (w for w in widget.walk(restrict=True) if isinstance(w, Label) and not isinstance(w, Icon))
    return PAUSE.join(text for label in labels if label.opacity and (text := _text(label).strip()))


def _text(label: Any) -> str:
    return str(getattr(label, "content", "") or label.text)


class Mark:
    """The frame around one widget at a time."""

    def __init__(self) -> None:
        self._widget: Any = None
        self._drawn = InstructionGroup()

    def put(self, widget: Any) -> None:
        """Frame this widget and no other; None frames nothing."""
        if widget is self._widget:
            return
        if self._widget is not None:
            self._widget.canvas.after.remove(self._drawn)
            self._widget.unbind(pos=self._draw, size=self._draw)
        self._widget = widget
        if widget is not None:
            widget.canvas.after.add(self._drawn)
            widget.bind(pos=self._draw, size=self._draw)
            self._draw()

    def _draw(self, *_: Any) -> None:
        widget, room = self._widget, dp(3)
        box = (widget.x - room, widget.y - room, widget.width + 2 * room, widget.height + 2 * room)
        self._drawn.clear()
        for colour, width in MARK:
            self._drawn.add(Color(*channels(colour)))
            self._drawn.add(Line(rounded_rectangle=(*box, dp(14)), width=dp(width) / 2))
