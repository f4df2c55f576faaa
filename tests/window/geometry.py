"""What a person with average fingers and eyes needs, as faults found on a screen. Import only after `prepare`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Any

from kivy.core.window import Window
from kivy.graphics import Color, Ellipse, Rectangle, RoundedRectangle
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView

from screens.shared.palette import HIGH_CONTRAST, STANDARD, contrast
from screens.shared.plate import Plate
from screens.shared.scale import BODY_CAP_MM, CAP_OF_EM, LARGE_CAP_MM, REACH_MM
from screens.shared.widgets import Icon, Target
from tests.window.stand import SETTINGS, Stand

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in pixels of the window."""

SLACK = 1.5
"""Pixels that rounding may cost."""

BARS = {"BarTarget", "CrumbTarget", "AudienceChoice"}
"""Targets that touch each other because they are segments of one bar."""

TEN_KEYS = 10 * 20 + 11 * 3
"""Millimetres of a row of primary keys; a panel whose shorter side has fewer has smaller ones."""

PRIMARY = {
    "StageTile",
    "Entry",
    "Shortcut",
    "Action",
    "OutlineAction",
    "KeyTarget",
    "AudienceChoice",
    "SearchBox",
    "ModeSwitch",
    "OptionTarget",
    "PadTarget",
    "AskTarget",
}
"""Targets that most visitors touch. Those that turn a page are left out: a finger on the text does the same."""


EVERYWHERE = (-inf, -inf, inf, inf)


@dataclass(frozen=True, slots=True)
class Seen:
    """A widget on the screen and what it inherits from those that it belongs to."""

    widget: Any
    box: Box
    room: Box
    """Where it may lie: inside everything that it belongs to, up to the window or to what scrolls."""
    view: Box
    """Where it can be seen: inside everything that scrolls it."""
    over: bool
    """Whether it belongs to the countdown, the farewell or an offer, which lie over the screen."""
    disabled: bool
    """Whether it belongs to something that cannot be touched now; such things need no contrast (WCAG 2.2, 1.4.3)."""

    @property
    def drawn(self) -> Box:
        """Where the pixels of a text are; the box of any other widget."""
        if not isinstance(self.widget, Label) or isinstance(self.widget, Icon):
            return self.box
        x, y = (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2
        width, height = self.widget.texture_size
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2

    @property
    def visible(self) -> Box | None:
        """The part of its box that is not scrolled away."""
        return _part(self.box, self.view)

    @property
    def says(self) -> bool:
        """Whether it is a text or an icon."""
        return isinstance(self.widget, Label) and bool(self.widget.text.strip())

    @property
    def reads(self) -> bool:
        """Whether it is a text."""
        return self.says and not isinstance(self.widget, Icon)


def seen(stand: Stand) -> list[Seen]:
    """Every widget on the screen that can be seen, each before those that belong to it."""
    found: dict[Any, Seen] = {}
    for widget in stand.widgets():
        above = found.get(widget.parent)
        over = type(widget).__name__ in ("Countdown", "FinishedScreen", "OfferScreen")
        room = view = EVERYWHERE
        if above:
            scrolls = isinstance(above.widget, ScrollView)
            room = EVERYWHERE if scrolls else _common(above.room, above.box)
            view = _common(above.view, above.box) if scrolls else above.view
        found[widget] = Seen(
            widget,
            _box(widget),
            room,
            view,
            over or bool(above and above.over),
            widget.disabled or bool(above and above.disabled),
        )
    return list(found.values())


def faults(stand: Stand) -> list[str]:
    """Everything wrong with the screen that `stand` shows."""
    everything = seen(stand)
    texts = [one for one in everything if one.reads]
    targets = [one for one in everything if isinstance(one.widget, Target) and not one.widget.disabled]
    found = [*_cut(texts), *_outside(everything), *_small(targets, stand), *_close(targets, stand)]
    found += [*_overlapping(texts), *_faint(everything, stand), *_too_high(targets, stand)]
    return [f"{stand.route}: {fault}" for fault in (*found, *_tiny(texts, stand))]


def _cut(texts: Sequence[Seen]) -> Iterator[str]:
    for label in (one.widget for one in texts):
        width, height = label.texture_size
        if width > label.width + SLACK or height > label.height + SLACK:
            yield f"cut: {label.text!r} needs {width}×{height}, has {label.width:.0f}×{label.height:.0f}"


def _outside(everything: Sequence[Seen]) -> Iterator[str]:
    for one in everything:
        if not _inside(one.drawn, one.room):
            yield f"outside: {_name(one.widget)} {_round(one.drawn)} of {_round(one.room)}"


def _small(targets: Sequence[Seen], stand: Stand) -> Iterator[str]:
    for target in (one.widget for one in targets):
        turns = type(target.parent.parent).__name__ == "Scroller"
        key = type(target).__name__ == "KeyTarget" and min(Window.size) < TEN_KEYS * stand.millimetre
        need = 20 if type(target).__name__ in PRIMARY and not turns and not key else 15
        least = min(target.size) / stand.millimetre
        if least < need - 0.3:
            yield f"small: {_name(target)} is {least:.1f} mm of {need} mm"


def _close(targets: Sequence[Seen], stand: Stand) -> Iterator[str]:
    boxes = [(type(one.widget).__name__, one, box) for one in targets if (box := one.visible)]
    for (kind, one, a), (other_kind, other, b) in combinations(boxes, 2):
        if kind in BARS and other_kind == kind:
            least = -SLACK
        elif one.over != other.over:
            continue
        else:
            least = 3 * stand.millimetre - SLACK
        if (gap := _gap(a, b)) < least:
            yield f"close: {_name(one.widget)} and {_name(other.widget)}, {gap / stand.millimetre:.1f} mm"


def _overlapping(texts: Sequence[Seen]) -> Iterator[str]:
    boxes = [(one, box) for one in texts if (box := _part(one.drawn, one.view))]
    for (one, a), (other, b) in combinations(boxes, 2):
        if one.over == other.over and _gap(a, b) < -SLACK:
            yield f"overlap: {_name(one.widget)} and {_name(other.widget)}"


def _faint(everything: Sequence[Seen], stand: Stand) -> Iterator[str]:
    """Every text and icon stands out from what is drawn below it."""
    least = (HIGH_CONTRAST if stand.kiosk.visit.modes.contrast else STANDARD).least
    for label in (one.widget for one in everything if one.says and not one.disabled):
        colour, ground = _hex(label.color), _ground(label)
        if contrast(colour, ground) < least:
            yield f"faint: {_name(label)} {colour} on {ground}, {contrast(colour, ground):.1f} of {least}"


def _too_high(targets: Sequence[Seen], stand: Stand) -> Iterator[str]:
    """In low reach a seated person reaches every target."""
    if stand.kiosk.visit.modes.low_reach:
        reach = (REACH_MM - SETTINGS.panel_floor_mm) * stand.millimetre
        for one in targets:
            box = one.visible
            if box and box[3] > reach + SLACK:
                top = box[3] / stand.millimetre
                yield f"too high: {_name(one.widget)} ends {top:.0f} mm above the panel's edge"


def _tiny(texts: Sequence[Seen], stand: Stand) -> Iterator[str]:
    least = LARGE_CAP_MM if stand.kiosk.visit.modes.large else BODY_CAP_MM
    for label in (one.widget for one in texts):
        cap = label.font_size * CAP_OF_EM / stand.millimetre
        if cap < least * 0.999:
            yield f"tiny: {_name(label)}, {cap:.1f} of {least} mm"


def _ground(label: Any) -> str:
    """The colour of the shape that lies directly below a text."""
    widget = label
    while widget is not widget.parent and widget is not None:
        colour = found = None
        for drawn in (
            *widget.canvas.before.children,
            *(widget.canvas.children if widget is not label else ()),
        ):
            if isinstance(drawn, Color):
                colour = drawn.rgba
            elif isinstance(drawn, Rectangle | RoundedRectangle | Ellipse) and min(drawn.size) > 0:
                found = colour
            elif isinstance(drawn, Plate) and min(drawn.size) > 0:
                found = drawn.look[0]
        if found is not None:
            return _hex(found)
        widget = widget.parent
    return _hex(Window.clearcolor)


def _hex(colour: Any) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour[:3])


def _box(widget: Any) -> Box:
    x, y = widget.to_window(*widget.pos)
    return x, y, x + widget.width, y + widget.height


def _common(a: Box, b: Box) -> Box:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _part(box: Box, view: Box) -> Box | None:
    """The part of a box that can be seen, if it is more than a pixel wide and high."""
    box = _common(box, view)
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else None


def _inside(box: Box, of: Box) -> bool:
    return (
        box[0] >= of[0] - SLACK
        and box[1] >= of[1] - SLACK
        and box[2] <= of[2] + SLACK
        and box[3] <= of[3] + SLACK
    )


def _gap(a: Box, b: Box) -> float:
    """Distance of two boxes along the axis on which they are apart; negative when they overlap."""
    return max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])


def _name(widget: Any) -> str:
    words = [w.text for w in widget.walk(restrict=True) if isinstance(w, Label) and not isinstance(w, Icon)]
    return f"{type(widget).__name__} {' '.join(words)[:40]!r}"


def _round(box: Box) -> tuple[float, ...]:
    return tuple(round(side, 0) for side in box)
