"""Sizes on the panel.

The design was drawn at 1080 units across the shorter side of a 43-inch panel. A unit is that many pixels that the
shorter side again holds 1,080 of them, unless body text would then be too small to read: a panel that is small in
millimetres gets larger units, and so room for fewer things.

In low reach the page stands in the lower part of the panel, below what a seated person reaches. Units are smaller
there, so that the page has about as much room as before, but fingers and eyes keep their millimetres.
"""

from dataclasses import dataclass
from math import hypot

MM_PER_INCH = 25.4
BODY_UNITS = 34
BODY_CAP_MM = 5.0
LARGE_CAP_MM = 7.3
"""Height of a capital letter in large type: 0.7 degrees at 600 mm (EN 301 549, 5.1.4)."""
LARGER_UNITS = 10
"""Units by which every text is larger in large type."""
CAP_OF_EM = 0.733
"""Height of a capital letter over the font size, of Noto Sans SC."""
REACH_MM = 1100.0
"""Height above the floor below which everything to touch stands in low reach."""
LOW_UNITS = 1500
"""Units that the reachable part of the panel is high, unless the whole panel has fewer."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Font sizes in pixels: every size is raised by `more`, and none is smaller than `least`."""

    more: float = 0.0
    least: float = 0.0

    def size(self, designed: float) -> float:
        """The font size for the one that the design has."""
        return max(designed + self.more, self.least)


@dataclass(frozen=True, slots=True)
class Scale:
    """Pixels in a millimetre and pixels in a unit of the design. `reach` is how high the page may stand, in pixels."""

    pixels_per_mm: float
    unit: float
    reach: float

    @property
    def dpi(self) -> float:
        """Pixels in an inch."""
        return self.pixels_per_mm * MM_PER_INCH

    def letters(self, large: bool) -> Letters:
        """Standard or large type."""
        cap, more = (LARGE_CAP_MM, LARGER_UNITS) if large else (BODY_CAP_MM, 0)
        return Letters(more * self.unit, cap * self.pixels_per_mm / CAP_OF_EM)


def scale_of(width: int, height: int, diagonal_inch: float, floor_mm: float | None = None) -> Scale:
    """The scale of a panel of `width` by `height` pixels with square pixels. Raises ValueError for sizes below 1.

    With `floor_mm`, the height of the panel's lower edge above the floor, it is the scale of low reach.
    """
    if width < 1 or height < 1 or diagonal_inch <= 0:
        raise ValueError(f"no such panel: {width}x{height} at {diagonal_inch} inches")
    pixels_per_mm = hypot(width, height) / (diagonal_inch * MM_PER_INCH)
    readable = BODY_CAP_MM * pixels_per_mm / (CAP_OF_EM * BODY_UNITS)
    unit = max(min(width, height) / 1080, readable)
    if floor_mm is None or floor_mm + height / pixels_per_mm <= REACH_MM:
        return Scale(pixels_per_mm, unit, height)
    reach = max(0.0, (REACH_MM - floor_mm) * pixels_per_mm)
    low = reach / min(LOW_UNITS, height / unit)
    return Scale(pixels_per_mm, max(min(unit, low), readable), reach)
