"""The widgets that every screen is made of. Layout and look are in theme.kv."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase
from kivy.factory import Factory
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.lang import Builder, global_idmap
from kivy.properties import (
    AliasProperty,
    BooleanProperty,
    ColorProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.label import Label
from kivy.uix.layout import Layout
from kivy.uix.scrollview import ScrollView
from kivy.uix.stacklayout import StackLayout
from kivy.uix.widget import Widget
from kivy.utils import escape_markup, get_hex_from_color

from catalog.line_breaks import break_lines, even_lines
from screens.shared.appearance import colours, font_size
from screens.shared.instant import only
from screens.shared.item import Handoff, Spans
from screens.shared.shorten import columns

_ASSETS = Path(str(files("assets")))


class Page(BoxLayout):
    """A screen: shows the value in `page`, and says where the visitor wants to go by one event."""

    __events__ = ("on_navigate",)
    page = ObjectProperty(None, rebind=True)
    up_label = StringProperty()
    down_label = StringProperty()

    def on_navigate(self, route: str) -> None:
        """The visitor wants to go to `route`."""


class Target(ButtonBehavior, BoxLayout):
    """Something to touch. When it has a route, a touch asks the page it is in to go there."""

    route = StringProperty()
    ground = ColorProperty("#FFFFFF")
    pressed = ColorProperty("#FFFFFF")
    edge = ColorProperty("#FFFFFF")
    border = NumericProperty(0)
    radius = NumericProperty("24dp")

    def on_state(self, _target: Any, _state: str) -> None:
        """Answer the finger at once."""
        only(self)

    def on_release(self) -> None:
        """Send the route up to the nearest page."""
        widget: Any = self
        while self.route and widget is not None and widget is not widget.parent:
            if isinstance(widget, Page):
                widget.dispatch("on_navigate", self.route)
                return
            widget = widget.parent


class Plain(Label):
    """A text in one line. `font_size` is set as the design has it and drawn as the visitor wants it."""

    designed = NumericProperty("32dp")

    def _font_size(self) -> float:
        return font_size(self.designed)

    def _design(self, size: Any) -> None:
        self.designed = size

    font_size = AliasProperty(_font_size, _design, bind=("designed",), cache=True)


class Text(Plain):
    """A text of any length in lines broken by the rules of its script; as high as its lines need.

    `marks` are the parts of it, as (start, end), drawn in the colour of what was searched for; `even` lines are alike.
    """

    content = StringProperty()
    even = BooleanProperty(False)
    marks = ObjectProperty(())

    def __init__(self, **given: Any) -> None:
        self._break = Clock.create_trigger(self._break_lines, -1)
        super().__init__(**given)
        for name in ("content", "marks", "width", "font_size", "bold"):
            self.fbind(name, self._break)
        self._break()

    def _break_lines(self, _seconds: float) -> None:
        breaking = even_lines if self.even else break_lines
        lines = breaking(self.content, self.width - 2, measure(self.font_size, self.bold))
        self.markup = bool(self.marks)
        self.text = "\n".join(_with_marks(lines, self.content, self.marks) if self.marks else lines)

    def forget(self) -> None:
        """Let go of the lines that Kivy keeps of the last text, even when there is none any more."""
        self._label._cached_lines = []


def _with_marks(lines: Sequence[str], content: str, marks: Spans) -> Iterator[str]:
    """The lines of a text in Kivy's markup."""
    colour = get_hex_from_color(colours.urgent)
    end = 0
    for line in lines:
        start = content.index(line, end)
        end = start + len(line)
        marked = [(max(a, start), min(b, end)) for a, b in marks if a < end and b > start]
        edges = [start, *(edge for part in marked for edge in part), end]
        parts = [escape_markup(content[a:b]) for a, b in pairwise(edges)]
        yield "".join(f"[color={colour}]{part}[/color]" if n % 2 else part for n, part in enumerate(parts))


class Icon(Label):
    """A picture from the icon font; empty for a name that it does not have."""

    name = StringProperty()

    def on_name(self, _icon: Any, name: str) -> None:
        """Draw the named icon."""
        code = _codepoints().get(name)
        self.text = chr(code) if code else ""


class Repeated(Layout):
    """One child of class `viewclass` for each value in `data`, which the child finds in its `item`."""

    viewclass = StringProperty()
    data = ListProperty()

    def __init__(self, **given: Any) -> None:
        self._spare: list[Widget] = []
        super().__init__(**given)

    def on_data(self, _repeated: Any, data: Any) -> None:
        """Show other values, using the children that are there or were there."""
        view = Factory.get(self.viewclass)
        while len(self.children) > len(data):
            self._spare.append(self.children[0])
            self.remove_widget(self.children[0])
        for child, item in zip(reversed(self.children), data, strict=False):
            child.item = item
        for item in data[len(self.children) :]:
            child = self._spare.pop() if self._spare else view()
            child.item = item
            self.add_widget(child)

    def forget(self) -> None:
        """Drop the children that are kept for later; they still hold what they showed."""
        self._spare.clear()


class Stack(Repeated, BoxLayout):
    """Values below each other."""


class Flow(Repeated, StackLayout):
    """Values beside each other, as many in a row as fit."""


class Keys(Repeated, BoxLayout):
    """Values beside each other, each as wide as its share."""


class Tiles(Repeated, GridLayout):
    """Values in a grid of equal columns and rows as full as can be.

    No column is narrower than `narrowest` pixels while more than one fits.
    """

    narrowest = NumericProperty(1)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.bind(width=self._share, narrowest=self._share, data=self._share)

    def _share(self, *_: Any) -> None:
        gap = self.spacing[0]
        fit = int((self.width + gap) // (self.narrowest + gap)) if self.narrowest + gap > 0 else 1
        count = len(self.data) or 1
        rows = ceil(count / max(1, fit))
        self.cols = ceil(count / rows)


class EntryGrid(Tiles):
    """Entries in one column, or two where there is room."""


class Column(BoxLayout):
    """Children below each other, as high as they are together; one without height takes no spacing either."""

    def _iterate_layout(self, sizes: Any) -> Iterator[tuple[int, float, float, float, float]]:
        """What Kivy does, for the children with a height."""
        left, top, right, bottom = self.padding
        high = [n for n, ((_, height), (_, share), *_) in enumerate(sizes) if height or share is not None]
        if high:
            for n, *place in super()._iterate_layout([sizes[n] for n in high]):
                yield high[n], *place
        else:
            self.minimum_size = left + right, top + bottom
        for n in set(range(len(sizes))).difference(high):
            yield n, self.x + left, self.y + bottom, self.width - left - right, 0


class Scroll(ScrollView):
    """A scroll view in which a target looks pressed at once, not only when it is clear that nobody scrolls."""

    def __init__(self, **given: Any) -> None:
        self._pressed: Target | None = None
        super().__init__(**given)

    def on_effect_y(self, view: Any, effect: Any) -> None:
        """Draw no more than what it scrolls."""
        super().on_effect_y(view, effect)
        effect.bind(scroll=self._moved)

    def _moved(self, effect: Any, _scroll: float) -> None:
        if effect.is_manual or effect.velocity:
            only(self)

    def update_from_scroll(self, *given: Any) -> None:
        """Put the content where it belongs. Kivy binds the bar's colour anew each time, for a bar that fades."""
        super().update_from_scroll(*given)
        self.funbind("bar_color", self._change_bar_color)

    def _bind_inactive_bar_color(self, *_: Any) -> None:
        """Fade no bar out, since none is drawn: it would move at every frame and hold a screen that is gone."""

    def on_touch_down(self, touch: Any) -> bool:
        """Press what is under the finger."""
        taken = bool(super().on_touch_down(touch))
        if taken and self.collide_point(*touch.pos):
            under = (w for w in self.walk(restrict=True) if isinstance(w, Target) and not w.disabled)
            self._pressed = next((w for w in under if w.collide_point(*w.to_widget(*touch.pos))), None)
            if self._pressed:
                self._pressed.state = "down"
        return taken

    def on_touch_move(self, touch: Any) -> bool:
        """Let go of it when the finger scrolls."""
        if abs(touch.y - touch.oy) > self.scroll_distance:
            self._let_go()
        return bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        """Let go of it; a tap still shows for as long as the button itself decides."""
        self._let_go()
        return bool(super().on_touch_up(touch))

    def _let_go(self) -> None:
        if self._pressed:
            self._pressed.state = "normal"
            self._pressed = None


class Scroller(BoxLayout):
    """Content that may be higher than the screen: by finger, or by two large buttons."""

    overflows = BooleanProperty(False)
    up_label = StringProperty()
    down_label = StringProperty()

    def add_widget(self, widget: Widget, *args: Any, **named: Any) -> None:
        """Children of the kv rule belong to the scroller, all later ones to its content."""
        inside = self.ids.get("inside")
        if inside is None or len(self.children) < 2:
            super().add_widget(widget, *args, **named)
        else:
            inside.add_widget(widget, *args, **named)

    def on_kv_post(self, _base: Any) -> None:
        """Watch the heights."""
        self.ids.inside.bind(height=self._compare)
        self.bind(height=self._compare)

    def _compare(self, *_: Any) -> None:
        self.overflows = self.ids.inside.height > self.height + 1

    def turn(self, screens: int) -> None:
        """Go on by most of a screen, down when positive."""
        view = self.ids.view
        hidden = self.ids.inside.height - view.height
        if hidden > 0:
            view.scroll_y = min(1.0, max(0.0, view.scroll_y - screens * 0.85 * view.height / hidden))

    def to_top(self) -> None:
        """Show the beginning."""
        self.ids.view.scroll_y = 1


class QrCode(Widget):
    """A QR code, sharp at any size, with so many modules of white around it as its ground does not give."""

    matrix = ObjectProperty(())
    side = NumericProperty()
    margin = NumericProperty(0)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.bind(matrix=self._draw, pos=self._draw, size=self._draw, margin=self._draw)

    def _draw(self, *_: Any) -> None:
        self.canvas.clear()
        if not self.matrix:
            return
        modules = len(self.matrix)
        texture = Texture.create(size=(modules, modules), colorfmt="luminance")
        texture.mag_filter = "nearest"
        pixels = bytes(0 if dark else 255 for row in reversed(self.matrix) for dark in row)
        texture.blit_buffer(pixels, colorfmt="luminance", bufferfmt="ubyte")
        module = int(min(self.size) // (modules + 2 * self.margin))
        side = module * modules if module else min(self.size)
        white = side + 2 * self.margin * module
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(pos=(self.center_x - white / 2, self.center_y - white / 2), size=(white, white))
            Rectangle(
                texture=texture, pos=(self.center_x - side / 2, self.center_y - side / 2), size=(side, side)
            )


class QrPanel(BoxLayout):
    """The code with its host and what to do with it; `tall` puts the words below, all within `room` pixels."""

    handoff = ObjectProperty(Handoff(), rebind=True)
    tall = BooleanProperty(False)
    room = NumericProperty()


def scrolled(page: Widget) -> tuple[float, ...]:
    """How far each scroll view of a page is scrolled, 1 at its top."""
    return tuple(w.scroll_y for w in page.walk(restrict=True) if isinstance(w, ScrollView))


def scroll(page: Widget, places: tuple[float, ...]) -> None:
    """Scroll them there."""
    views = (w for w in page.walk(restrict=True) if isinstance(w, ScrollView))
    for view, place in zip(views, places, strict=False):
        view.scroll_y = place


class _Widths(dict[str, float]):
    """Width in pixels of every character that was asked for; the wide ones are all as wide as one of them."""

    def __init__(self, font_size: float, bold: bool) -> None:
        super().__init__()
        self._label = CoreLabel(font_size=font_size, bold=bold)
        self._label.resolve_font_name()

    def __missing__(self, character: str) -> float:
        alike = "国" if "\u3000" <= character <= "\uffdc" else character
        self[character] = width = float(self._label.get_extents(alike)[0])
        return width


@cache
def measure(font_size: float, bold: bool) -> Callable[[str], float]:
    """A function that gives the width in pixels of one character."""
    return _Widths(font_size, bold).__getitem__


@cache
def _codepoints() -> dict[str, int]:
    import tomllib

    return tomllib.loads((_ASSETS / "icons" / "codepoints.toml").read_text(encoding="utf-8"))


def load_theme() -> None:
    """Register fonts and colours and load the shared layout. Once, before any screen is made."""
    regular, bold = (str(_ASSETS / "fonts" / f"NotoSansSC-{weight}.ttf") for weight in ("Regular", "Bold"))
    LabelBase.register("Roboto", regular, fn_bold=bold)
    LabelBase.register("Icons", str(_ASSETS / "icons" / "materialdesignicons.ttf"))
    global_idmap.update(colours=colours, columns=columns)
    Factory.register("Plate", module="screens.shared.plate")
    Builder.load_file(str(Path(__file__).with_name("theme.kv")))
