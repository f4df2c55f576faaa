"""What a person with average fingers and eyes needs, as faults found on a screen. Import only after `prepare`."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from kivy.core.window import Window
from kivy.graphics import Color, Ellipse, Rectangle, RoundedRectangle
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView

from screens.shared.palette import HIGH_CONTRAST, STANDARD, contrast
from screens.shared.plate import Plate
from screens.shared.scale import BODY_CAP_MM, CAP_OF_EM, LARGE_CAP_MM, REACH_MM
from screens.shared.widgets import Icon
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


def faults(stand: Stand) -> list[str]:
    """Everything wrong with the screen that `stand` shows."""
    found = [*_cut(stand), *_outside(stand), *_small(stand), *_close(stand), *_overlapping(stand)]
    found += [*_faint(stand), *_too_high(stand), *_tiny(stand)]
    return [f"{stand.route}: {fault}" for fault in found]


def _cut(stand: Stand) -> Iterator[str]:
    for label in stand.labels():
        width, height = label.texture_size
        if width > label.width + SLACK or height > label.height + SLACK:
            yield f"cut: {label.text!r} needs {width}×{height}, has {label.width:.0f}×{label.height:.0f}"


def _outside(stand: Stand) -> Iterator[str]:
    """Everything lies inside what it belongs to, up to the window or to what scrolls."""
    for widget in stand.widgets():
        box, ancestor = _drawn(widget), widget.parent
        while not isinstance(ancestor, ScrollView) and ancestor is not stand.root.parent:
            if not _inside(box, _box(ancestor)):
                yield f"outside {_name(ancestor)}: {_name(widget)} {_round(box)} of {_round(_box(ancestor))}"
                break
            ancestor = ancestor.parent


def _small(stand: Stand) -> Iterator[str]:
    for target in stand.targets():
        turns = type(target.parent.parent).__name__ == "Scroller"
        key = type(target).__name__ == "KeyTarget" and min(Window.size) < TEN_KEYS * stand.millimetre
        need = 20 if type(target).__name__ in PRIMARY and not turns and not key else 15
        least = min(target.size) / stand.millimetre
        if least < need - 0.3:
            yield f"small: {_name(target)} is {least:.1f} mm of {need} mm"


def _close(stand: Stand) -> Iterator[str]:
    boxes = [(target, _visible(target)) for target in stand.targets()]
    for (one, a), (other, b) in combinations([(t, box) for t, box in boxes if box], 2):
        if type(one).__name__ in BARS and type(other).__name__ == type(one).__name__:
            least = -SLACK
        elif _over(one) != _over(other):
            continue
        else:
            least = 3 * stand.millimetre - SLACK
        if _gap(a, b) < least:
            yield f"close: {_name(one)} and {_name(other)}, {_gap(a, b) / stand.millimetre:.1f} mm"


def _overlapping(stand: Stand) -> Iterator[str]:
    boxes = [(label, _clipped(label, _drawn(label))) for label in stand.labels()]
    for (one, a), (other, b) in combinations([(label, box) for label, box in boxes if box], 2):
        if _over(one) == _over(other) and _gap(a, b) < -SLACK:
            yield f"overlap: {_name(one)} and {_name(other)}"


def _faint(stand: Stand) -> Iterator[str]:
    """Every text and icon stands out from what is drawn below it."""
    least = (HIGH_CONTRAST if stand.kiosk.visit.modes.contrast else STANDARD).least
    for label in (w for w in stand.widgets() if isinstance(w, Label) and w.text.strip()):
        if not _disabled(label):
            colour, ground = _hex(label.color), _ground(label)
            if contrast(colour, ground) < least:
                yield f"faint: {_name(label)} {colour} on {ground}, {contrast(colour, ground):.1f} of {least}"


def _too_high(stand: Stand) -> Iterator[str]:
    """In low reach a seated person reaches every target."""
    if stand.kiosk.visit.modes.low_reach:
        reach = (REACH_MM - SETTINGS.panel_floor_mm) * stand.millimetre
        for target in stand.targets():
            box = _visible(target)
            if box and box[3] > reach + SLACK:
                yield f"too high: {_name(target)} ends {box[3] / stand.millimetre:.0f} mm above the panel's edge"


def _tiny(stand: Stand) -> Iterator[str]:
    least = LARGE_CAP_MM if stand.kiosk.visit.modes.large else BODY_CAP_MM
    for label in stand.labels():
        cap = label.font_size * CAP_OF_EM / stand.millimetre
        if cap < least * 0.999:
            yield f"tiny: {_name(label)}, {cap:.1f} of {least} mm"


def _disabled(widget: Any) -> bool:
    """Whether it belongs to something that cannot be touched now; such things need no contrast (WCAG 2.2, 1.4.3)."""
    while widget is not widget.parent and widget is not None:
        if widget.disabled:
            return True
        widget = widget.parent
    return False


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


def _over(widget: Any) -> bool:
    """Whether the widget belongs to the countdown, the farewell or an offer, which lie over the screen."""
    while widget is not widget.parent and widget is not None:
        if type(widget).__name__ in ("Countdown", "FinishedScreen", "OfferScreen"):
            return True
        widget = widget.parent
    return False


def _box(widget: Any) -> Box:
    x, y = widget.to_window(*widget.pos)
    return x, y, x + widget.width, y + widget.height


def _drawn(widget: Any) -> Box:
    """Where the pixels of a text are; the box of any other widget."""
    left, bottom, right, top = _box(widget)
    if not isinstance(widget, Label) or isinstance(widget, Icon):
        return left, bottom, right, top
    x, y = (left + right) / 2, (bottom + top) / 2
    width, height = widget.texture_size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _visible(widget: Any) -> Box | None:
    return _clipped(widget, _box(widget))


def _clipped(widget: Any, box: Box) -> Box | None:
    """The part of a box that is not scrolled away."""
    ancestor = widget.parent
    while ancestor is not None and ancestor is not ancestor.parent:
        if isinstance(ancestor, ScrollView):
            view = _box(ancestor)
            box = (
                max(box[0], view[0]),
                max(box[1], view[1]),
                min(box[2], view[2]),
                min(box[3], view[3]),
            )
        ancestor = ancestor.parent
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


def _round(box: Box) -> tuple[int, ...]:
    return tuple(round(side) for side in box)
