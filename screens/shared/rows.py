"""Rows of a long list or a long text, of which only those in sight exist; by finger or by two large buttons.

The height of every row is known before it is drawn, so that nothing jumps while the rows go by: a text is broken
into lines when it is shown, and drawn in rows of ten lines.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.recycleview import RecycleView
from kivy.uix.recycleview.views import RecycleDataAdapter

from catalog.line_breaks import break_lines
from screens.shared.item import Paragraph, Tile
from screens.shared.widgets import Scroll, Scroller, Text, measure

NEAR = 3
"""How many times too high rows may be for their buttons to be all that they lack room for."""

LINES = 10
"""Lines of a text in one row: one picture, never so high that a board cannot hold it."""

Row = dict[str, Any]


class EntryRow(BoxLayout):
    """One entry, or two beside each other."""

    data = ListProperty()

    def forget(self) -> None:
        """Hold nothing any more."""
        self.data = []
        self.ids.entries.forget()


class TextRow(BoxLayout):
    """Some lines of a text."""

    content = StringProperty()

    def forget(self) -> None:
        """Hold nothing any more."""
        self.content = self.children[0].text = ""
        self.children[0].forget()


class RowView(Scroll, RecycleView):
    """A scroll view that makes rows only while they are in sight."""


class Pool(RecycleDataAdapter):
    """Keeps its rows to itself, and all of them, so that they can be emptied; Kivy's own go from list to list."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.views: dict[int, Any]
        self.made: list[Any] = []
        self._spare: dict[Any, list[Any]] = defaultdict(list)

    def create_view(self, index: int, data_item: Row, viewclass: Any) -> Any:
        """A row that shows `data_item`: a spare one, if there is one that does so already; or a new one."""
        if spare := self._spare[viewclass]:
            view = next((row for row in spare if _shows(row, data_item)), spare[-1])
            spare.remove(view)
            self.refresh_view_attrs(index, data_item, view)
        else:
            view = super().create_view(index, data_item, viewclass)
            self.made.append(view)
        return view

    def invalidate(self) -> None:
        """No row shows what it should any more."""
        dirty = (views.values() for views in self.dirty_views.values())
        for view in chain(self.views.values(), *dirty):
            self._spare[type(view)].append(view)
        self.views = {}
        self.dirty_views.clear()


def _shows(row: Any, data_item: Row) -> bool:
    """Whether a row says what it would be given."""
    return all(getattr(row, name) == data_item[name] for name in ("data", "content") if name in data_item)


class Rows(Scroller):
    """`items` below each other, paragraphs and entries; a `start` above 0 is the number of the first in sight.

    The buttons that turn the page stand below, or `beside`, and are `thick` pixels across. A `card` has a ground of its
    own, `rim` pixels wider and higher at each side than the rows. Whether there are buttons follows from the items and
    the size alone, not from what was drawn before: buttons that take room from rows, and go when these fit, never rest.
    Entries stand in two columns where there is room for two of `narrowest` pixels.
    """

    items = ObjectProperty(())
    start = NumericProperty(0)
    card = BooleanProperty(False)
    beside = BooleanProperty(False)
    thick = NumericProperty(0)
    rim = ListProperty((0, 0))
    narrowest = NumericProperty(1)

    def __init__(self, **given: Any) -> None:
        self._looks: dict[str, Text] = {look: Factory.get(row)().children[0] for look, row in LOOKS.items()}
        self._entry = Factory.Entry()
        self._tops = [0.0]
        self._lay_out = Clock.create_trigger(self._fill, -1)
        self._begun: tuple[Any, int] = ((), 0)
        super().__init__(**given)
        hint, title = self._entry.ids.words.children
        for probe in (*self._looks.values(), title, hint):
            probe.bind(font_size=self._lay_out)
        self._title, self._hint = title, hint
        for changed in ("items", "start", "size", "rim", "beside", "thick", "narrowest"):
            self.fbind(changed, self._lay_out)

    def on_kv_post(self, base: Any) -> None:
        """Keep rows in a pool of its own."""
        super().on_kv_post(base)
        self.ids.view.view_adapter = Pool()

    def _compare(self, *_: Any) -> None:
        """The heights are known before anything is drawn."""

    def forget(self) -> None:
        """Empty every row, in sight or kept for later."""
        self.ids.view.data = []
        for row in self.ids.view.view_adapter.made:
            row.forget()

    def _fill(self, _seconds: float) -> None:
        self._line_heights = {look: line_height(text) for look, text in self._looks.items()}
        across, up = (size - 2 * rim for size, rim in zip(self.size, self.rim, strict=True))
        rows, tops = self._rows(max(self.thick, across - (self.thick + dp(GAP) if self.beside else 0)))
        self.overflows = tops[-1] > up + 1
        if self.beside and tops[-1] < NEAR * up:
            fitting = self._rows(across)
            if fitting[1][-1] <= up + 1:
                self.overflows, (rows, tops) = False, fitting
        self.ids.view.data = rows
        self._tops = tops
        if self._begun != (self.items, self.start) and 0 < self.start < len(tops) - 1:
            self._scroll_to(tops[self.start])
        self._begun = (self.items, self.start)

    def bring(self, number: int, share: float) -> None:
        """Bring an item into sight; of a long one, the part that begins at `share` of it, between 0 and 1."""
        view, tops = self.ids.view, self._tops
        if number + 1 >= len(tops):
            return
        top = tops[number] + share * (tops[number + 1] - tops[number])
        above = max(0.0, tops[-1] - view.height) * (1 - view.scroll_y)
        if not above <= top <= above + 0.7 * view.height:
            self._scroll_to(top - 0.1 * view.height)

    def rows(self) -> Sequence[Any]:
        """The rows in sight, from the top."""
        return [*reversed(self.ids.inside.children)]

    def _scroll_to(self, top: float) -> None:
        view = self.ids.view
        hidden = self._tops[-1] - view.height
        view.scroll_y = 1 - min(1.0, max(0.0, top / hidden)) if hidden > 0 else 1

    def _rows(self, width: float) -> tuple[list[Row], list[float]]:
        """The rows, and the top of each item below the top of the first, with the end of the last."""
        rows: list[Row] = []
        tops: list[float] = []
        height, items = 0.0, self.items
        columns = 2 if width >= 2 * self.narrowest + GAP else 1
        while len(tops) < len(items):
            item = items[len(tops)]
            if isinstance(item, Paragraph):
                made, count = list(self._text(item, width)), 1
            else:
                entries = [i for i in items[len(tops) : len(tops) + columns] if isinstance(i, Tile)]
                made, count = [self._entries(entries, width, columns)], len(entries)
            tops += [height] * count
            rows += made
            height += sum(row["height"] for row in made)
        return rows, [*tops, height]

    def _text(self, paragraph: Paragraph, width: float) -> Iterator[Row]:
        look = self._looks[paragraph.look]
        lines = break_lines(paragraph.text, width - 2, measure(look.font_size, look.bold))
        line = self._line_heights[paragraph.look]
        above, below = (round(dp(space)) for space in SPACE[paragraph.look])
        for first in range(0, len(lines), LINES):
            part = lines[first : first + LINES]
            top = above if first == 0 else 0
            bottom = below if first + LINES >= len(lines) else 0
            yield {
                "row": LOOKS[paragraph.look],
                "content": "\n".join(part),
                "padding": (0, top, 0, bottom),
                "height": len(part) * line + top + bottom,
            }

    def _entries(self, entries: Sequence[Tile], width: float, columns: int) -> Row:
        gap = dp(GAP)
        each = (width - gap * (columns - 1)) / columns
        empty = (each + gap) * (columns - len(entries))
        return {
            "row": "EntryRow",
            "data": list(entries),
            "padding": (0, 0, empty, gap),
            "height": max(self._entry_height(entry, each) for entry in entries) + gap,
        }

    def _entry_height(self, entry: Tile, width: float) -> float:
        """What theme.kv needs for an Entry of this width."""
        words = width - dp(ENTRY_REST)
        height = sum(
            len(break_lines(text, words, measure(look.font_size, look.bold))) * line_height(look)
            for look, text in ((self._title, entry.title), (self._hint, entry.hint))
            if text
        )
        return max(float(self._entry.size_hint_min_y), float(height + dp(4 + 48)))


LOOKS = {"body": "BodyRow", "heading": "HeadingRow", "question": "QuestionRow", "label": "LabelRow"}
SPACE = {"body": (0, 14), "heading": (20, 10), "question": (8, 4), "label": (6, 2)}
"""Units above and below a paragraph."""
GAP = 16
"""Units between two entries."""
ENTRY_REST = 2 * 32 + 2 * 24 + 2 * 53 + 4
"""Units of the width of an Entry that are not for words."""


def line_height(look: Text) -> float:
    """Pixels from one line to the next."""
    return float(look._label.get_extents("国")[1]) * float(look.line_height)


Builder.load_file(str(Path(__file__).with_suffix(".kv")))
