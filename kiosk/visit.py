"""One visitor's visit: what they chose and how long they have been still. Pure; `now` is in seconds, monotonic.

After `erase` nothing of the visitor is left here.
"""

from dataclasses import dataclass, field
from typing import Literal

from catalog.codes import Key
from catalog.survey import Value
from kiosk.staff import Staff
from kiosk.walk import Walk
from screens.handoff.page import Printing
from screens.search.page import Pad
from screens.shared.modes import Modes

Phase = Literal["resting", "active", "counting", "over"]
EXTENSIONS_BEFORE_LONGER = 3
SHORTEST_COUNTDOWN = 20.0
"""Seconds that a visitor has at least to say that they are still there."""
LONGER = 3
"""A visitor who asked for more time, or extended three times, is reading: the time until the next countdown is this
many times as long."""

ANSWERS = "answers"
"""Stands on the take-away list for a kind, where answers to guided questions are taken along."""


@dataclass
class Visit:
    """`idle_seconds` without a touch start a countdown, after which the visit is over.

    The countdown lasts `countdown_seconds`, but never under `SHORTEST_COUNTDOWN`, from when it is on the screen.
    """

    idle_seconds: float
    countdown_seconds: float
    language: str
    started: bool = False
    touched_at: float = 0.0
    extensions: int = 0
    modes: Modes = field(default_factory=Modes)
    counting_since: float | None = None
    aloud: bool = False
    """The buttons for reading aloud are out."""
    volume: int = 3
    """How loud, from 1 to 5."""
    query: str = ""
    """What was typed on the search pad."""
    cleared: str = ""
    """What was last cleared there, while nothing was typed since."""
    pad: Pad = "letters"
    choices: list[tuple[str, str]] = field(default_factory=list)
    """The take-away list: (kind, record id), in the order of choosing; or ANSWERS and `<kind>/<id>` of what was asked
    about.
    """
    removed: list[tuple[str, str]] = field(default_factory=list)
    """The take-away list as it was before something was last taken off; empty when there is nothing to undo."""
    printing: Printing = field(default_factory=Printing)
    staff: Staff = field(default_factory=Staff)
    opinions: dict[str, dict[str, tuple[Value, ...]]] = field(default_factory=dict)
    """What was answered and not yet sent: route of the rating or questionnaire → question id → values."""
    given: set[str] = field(default_factory=set)
    """Routes of the ratings and questionnaires that were sent."""
    walks: dict[Key, Walk] = field(default_factory=dict)
    """Guided questions that were begun: the record that they are about → the answers."""

    traits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What was tapped for policy match, as `catalog.matching.Taps`."""

    heard: set[str] = field(default_factory=set)
    """Emergency bulletins that were put away; `kiosk.alarm` says what names them."""
    alarm: str = ""
    """The one of several that was last turned to."""

    def touch(self, now: float) -> None:
        """A finger came down: the visit begins or goes on."""
        if self.phase(now) == "counting":
            self.extensions += 1
        self.started = True
        self.stay(now)

    def stay(self, now: float) -> None:
        """The visitor is there without having touched: a finger rests on the glass, or they are being read to."""
        self.touched_at, self.counting_since = now, None

    def count_down(self, now: float) -> None:
        """The countdown is on the screen."""
        if self.counting_since is None:
            self.counting_since = now

    def phase(self, now: float) -> Phase:
        """What the clock says. `over` lasts until `erase`."""
        if not self.started:
            return "resting"
        if now - self.touched_at < self._patience:
            return "active"
        return "counting" if self.seconds_left(now) > 0 else "over"

    def seconds_left(self, now: float) -> float:
        """Seconds that are left of the countdown: all of them until it is on the screen."""
        length = max(self.countdown_seconds, SHORTEST_COUNTDOWN)
        return length if self.counting_since is None else max(0.0, self.counting_since + length - now)

    def has_chosen(self, kind: str, record_id: str) -> bool:
        """Whether the record is on the take-away list."""
        return (kind, record_id) in self.choices

    def choose(self, kind: str, record_id: str) -> None:
        """Put a record on the take-away list, or take it off."""
        choice = (kind, record_id)
        self.removed.clear()
        if choice in self.choices:
            self.choices.remove(choice)
        else:
            self.choices.append(choice)

    def tap(self, group: str, tag: str = "") -> None:
        """Tap a tag of a group, or take it back; without a tag: none of the group, or take that back."""
        tapped = self.traits.pop(group, None)
        if tag:
            had = tapped or ()
            left = tuple(one for one in had if one != tag) if tag in had else (*had, tag)
            self.traits |= {group: left} if left else {}
        elif tapped != ():
            self.traits[group] = ()

    def take_off(self, *choices: tuple[str, str]) -> None:
        """Take these off the take-away list, so that it can be undone."""
        if set(choices) & set(self.choices):
            self.removed = self.choices
            self.choices = [choice for choice in self.choices if choice not in choices]

    def undo(self) -> None:
        """Have the take-away list as it was before `take_off`."""
        if self.removed:
            self.choices, self.removed = self.removed, []

    @property
    def erasable(self) -> bool:
        """Whether the visitor left something here that erasing would take away."""
        return bool(self.choices or self.query or self.opinions or self.traits or self.walks)

    def erase(self, language: str) -> None:
        """Forget everything; the next visitor starts in `language`."""
        self.started, self.touched_at, self.extensions = False, 0.0, 0
        self.counting_since, self.aloud, self.volume = None, False, 3
        self.language, self.query, self.cleared, self.pad = language, "", "", "letters"
        self.choices, self.removed, self.printing = [], [], Printing()
        self.staff, self.modes = Staff(), Modes()
        self.opinions.clear()
        self.given.clear()
        self.walks.clear()
        self.traits.clear()
        self.heard.clear()
        self.alarm = ""

    @property
    def _patience(self) -> float:
        longer = self.modes.more_time or self.extensions >= EXTENSIONS_BEFORE_LONGER
        return self.idle_seconds * (LONGER if longer else 1)
