"""Reading the page on the screen aloud, framing what is being read, until the page, the visitor or the voice ends it.

A visitor who is being read to counts as there, but not for ever: after `LONGEST` the voice stops at the end of a
sentence, so that a visitor who left is noticed. The next press goes on from there.
"""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock

from kiosk.speech import LOUDEST, Speech, Voice
from kiosk.spoken import sentences
from kiosk.visit import Visit
from screens.shared.item import Voice as VoiceState
from screens.shared.reading import Mark, Passage, passages

LOOK = 0.05
"""Seconds between two looks at the voice."""
LONGEST = 900.0
"""Seconds."""


class Aloud:
    """Reads one page at a time. `find` looks for a voice whenever reading starts."""

    def __init__(
        self, visit: Visit, find: Callable[[], Voice | None], monotonic: Callable[[], float]
    ) -> None:
        self._visit, self._find, self._monotonic = visit, find, monotonic
        self._speech = Speech(None, monotonic)
        self._mark = Mark()
        self._said: list[tuple[str, Passage, float]] = []
        self._place: object = None
        self._shown: int | None = None
        self._left: tuple[object, int] | None = None
        self._until = 0.0
        self._looking = Clock.create_trigger(self._look, LOOK, interval=True)

    @property
    def reading(self) -> bool:
        """Whether somebody is being read to."""
        return self._speech.at is not None

    @property
    def voice(self) -> VoiceState:
        """How the voice is."""
        return "reading" if self.reading else "mute" if self._speech.mute else "ready"

    def act(self, rest: str, page: Any, place: object) -> None:
        """Do `do/read/<rest>` for `page`, which shows `place`."""
        visit = self._visit
        if rest in ("louder", "quieter"):
            visit.volume = min(LOUDEST, max(1, visit.volume + (1 if rest == "louder" else -1)))
            self._speech.louder(visit.volume)
        elif rest == "off":
            visit.aloud = False
            self.stop()
        elif self.reading:
            self.stop()
        else:
            visit.aloud = True
            self._start(page, place)

    def follow(self, place: object) -> None:
        """The screen shows `place` now."""
        if self.reading and place != self._place:
            self.stop()

    def stop(self) -> None:
        """Be silent, and keep nothing of what was read."""
        self._speech.stop()
        self._looking.cancel()
        self._mark.put(None)
        self._said, self._shown, self._left = [], None, None

    def _start(self, page: Any, place: object) -> None:
        begin = self._left[1] if self._left and self._left[0] == place else 0
        self.stop()
        self._place, self._until = place, self._monotonic() + LONGEST
        for passage in passages(page):
            done = 0
            for sentence in sentences(passage.text):
                self._said.append((sentence, passage, done / len(passage.text)))
                done += len(sentence)
        self._said = self._said[begin:]
        self._speech = Speech(self._find(), self._monotonic)
        self._speech.start([said for said, _, _ in self._said], self._visit.language, self._visit.volume)
        self._looking()
        self._show()

    def _look(self, _seconds: float) -> None:
        before = self._speech.at
        self._speech.look()
        if before is not None and self._speech.at not in (None, before) and self._monotonic() > self._until:
            left = (self._place, before + 1)
            self.stop()
            self._left = left
        elif self.reading:
            self._show()
        else:
            self.stop()

    def _show(self) -> None:
        at = self._speech.at
        if at is None:
            return
        sentence, passage, share = self._said[at]
        if at != self._shown:
            self._shown = at
            passage.reveal(share)
        self._mark.put(passage.place(sentence))
