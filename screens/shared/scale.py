"""Sizes on the panel.

The design was drawn at 1080 units across the shorter side of a 43-inch panel. A unit is that many pixels that the
shorter side again holds 1,080 of them, unless body text would then be too small to read: a panel that is small in
millimetres gets larger units, and so room for fewer things.
"""

from dataclasses import dataclass
from math import hypot

MM_PER_INCH = 25.4
BODY_UNITS = 34
BODY_CAP_MM = 5.0
CAP_OF_EM = 0.733
"""Height of a capital letter over the font size, of Noto Sans SC."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Pixels in a millimetre and pixels in a unit of the design."""

    pixels_per_mm: float
    unit: float

    @property
    def dpi(self) -> float:
        """Pixels in an inch."""
        return self.pixels_per_mm * MM_PER_INCH


def scale_of(width: int, height: int, diagonal_inch: float) -> Scale:
    """The scale of a panel of `width` by `height` pixels with square pixels. Raises ValueError for sizes below 1."""
    if width < 1 or height < 1 or diagonal_inch <= 0:
        raise ValueError(f"no such panel: {width}x{height} at {diagonal_inch} inches")
    pixels_per_mm = hypot(width, height) / (diagonal_inch * MM_PER_INCH)
    readable = BODY_CAP_MM * pixels_per_mm / (CAP_OF_EM * BODY_UNITS)
    return Scale(pixels_per_mm, max(min(width, height) / 1080, readable))
