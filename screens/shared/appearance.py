"""How screens look that are made from now on: colours and letters, by the names that layouts use.

What is drawn already keeps its look; whoever changes it makes the screens again.
"""

from types import SimpleNamespace

from kivy.core.window import Window
from kivy.metrics import Metrics

from screens.shared.modes import Modes
from screens.shared.palette import HIGH_CONTRAST, STANDARD, painted
from screens.shared.scale import Letters, scale_of

colours = SimpleNamespace(**painted(STANDARD))
"""Every colour of `Palette`, and `tints`, `tint_icons` and `tint_edges`."""

_letters = [Letters()]


def font_size(designed: float) -> float:
    """The font size in pixels for the one that a layout asks for."""
    return _letters[0].size(designed)


def dress(modes: Modes, diagonal_inch: float, floor_mm: float) -> float:
    """Take the look of `modes` on the window as large as it is. Returns how high the page may stand, in pixels."""
    width, height = Window.size
    scale = scale_of(width, height, diagonal_inch, floor_mm if modes.low_reach else None)
    Metrics.density = scale.unit
    _letters[0] = scale.letters(modes.large)
    vars(colours).update(painted(HIGH_CONTRAST if modes.contrast else STANDARD))
    Window.clearcolor = colours.canvas
    return scale.reach
