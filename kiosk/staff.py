"""A member of staff at the kiosk: the gesture that opens the pad, and what the panel knows. Pure."""

from dataclasses import dataclass
from datetime import datetime

PATTERN = "LRRLL"
"""The upper corners in the order in which staff tap them: left, right, right, left, left."""
BETWEEN_TAPS = 2.0
"""Seconds after which the next tap no longer belongs to the gesture."""
LONGEST_STAY = 60.0
"""Seconds without a touch after which the panel closes by itself."""
CLEANING_SECONDS = 30.0


class Gesture:
    """Taps in the two upper corners, one finger after the other. A tap elsewhere starts over."""

    def __init__(self) -> None:
        self._taps, self._last = "", 0.0

    def tap(self, corner: str, now: float) -> bool:
        """A finger came down in `corner`, `L`, `R` or, elsewhere, empty. True when the gesture is complete."""
        if now - self._last > BETWEEN_TAPS or not corner:
            self._taps = ""
        self._taps, self._last = (self._taps + corner)[-len(PATTERN) :], now
        if self._taps != PATTERN:
            return False
        self._taps = ""
        return True


def corner(x: float, y: float, width: float, height: float, side: float) -> str:
    """Which upper corner, a square of `side`, a point is in; y counts from below."""
    if y < height - side:
        return ""
    return "L" if x < side else "R" if x >= width - side else ""


@dataclass(frozen=True, slots=True)
class Readings:
    """How the box is. Sizes in bytes, times in seconds, `network` as in the status file."""

    edition: int = 0
    digest: str = ""
    confirmed: datetime | None = None
    network: str = ""
    uptime: float = 0.0
    memory: int = 0
    disk_free: int = 0


@dataclass
class Staff:
    """Part of the visit, so that erasing it shuts the panel. `said` names the text that answers the last act."""

    digits: str = ""
    said: str = ""
    open: bool = False
    has_pin: bool = False
    printer: bool = False
    blocked_until: datetime | None = None
    cleaning_until: float = 0.0
    cleaning_left: int = 0
    readings: Readings = Readings()
