"""One visitor's visit: what they chose and how long they have been still. Pure; `now` is in seconds, monotonic.

After `erase` nothing of the visitor is left here.
"""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.staff import Staff

Phase = Literal["resting", "active", "counting", "over"]
EXTENSIONS_BEFORE_LONGER = 3
LONGER = 3
"""After three extensions the visitor is reading: the time until the next countdown is this many times as long."""


@dataclass
class Visit:
    """`idle_seconds` without a touch start a countdown of `countdown_seconds`, after which the visit is over."""

    idle_seconds: float
    countdown_seconds: float
    language: str
    started: bool = False
    touched_at: float = 0.0
    extensions: int = 0
    query: str = ""
    """What was typed on the search pad."""
    choices: list[tuple[str, str]] = field(default_factory=list)
    """The take-away list: (kind, record id), in the order of choosing."""
    staff: Staff = field(default_factory=Staff)

    def touch(self, now: float) -> None:
        """A finger came down: the visit begins or goes on."""
        if self.phase(now) == "counting":
            self.extensions += 1
        self.started, self.touched_at = True, now

    def phase(self, now: float) -> Phase:
        """What the clock says. `over` lasts until `erase`."""
        if not self.started:
            return "resting"
        still = now - self.touched_at
        if still < self._patience:
            return "active"
        return "counting" if still < self._patience + self.countdown_seconds else "over"

    def seconds_left(self, now: float) -> float:
        """Seconds until the visit is over."""
        return max(0.0, self._patience + self.countdown_seconds - (now - self.touched_at))

    def has_chosen(self, kind: str, record_id: str) -> bool:
        """Whether the record is on the take-away list."""
        return (kind, record_id) in self.choices

    def choose(self, kind: str, record_id: str) -> None:
        """Put a record on the take-away list, or take it off."""
        choice = (kind, record_id)
        if choice in self.choices:
            self.choices.remove(choice)
        else:
            self.choices.append(choice)

    def erase(self, language: str) -> None:
        """Forget everything; the next visitor starts in `language`."""
        self.started, self.touched_at, self.extensions = False, 0.0, 0
        self.language, self.query = language, ""
        self.choices.clear()
        self.staff = Staff()

    @property
    def _patience(self) -> float:
        longer = self.extensions >= EXTENSIONS_BEFORE_LONGER
        return self.idle_seconds * (LONGER if longer else 1)
