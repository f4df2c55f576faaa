"""What leaves the kiosk for the county: opinions, calls and words not found at once, counts by the clock.

Counts are not written when a visit ends, or two versions of the file would differ by one visitor.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from os import urandom

from catalog.outbox import Call, NotFound, Opinion
from kiosk.counting import Tally
from kiosk.outbox import Outbox

POUR_EVERY = timedelta(minutes=5)
CALL_LASTS = timedelta(minutes=30)
"""A call that nobody withdrew is over by then."""
MOST_MISSES = 200
"""Words not found that a kiosk keeps of one day, so that nobody fills it."""


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A guide was called and may be on the way. It outlives the visit: who called may have erased and be waiting."""

    call: str
    asked: datetime


class Post:
    """The kiosk's side of the outbox. `clock` gives the day and time."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._outbox, self._clock, self._tally = outbox, clock, Tally()
        self._call: OpenCall | None = None
        self._poured: datetime | None = None
        self._misses: tuple[date | None, int] = (None, 0)

    def give(self, opinion: Opinion) -> bool:
        """Keep an opinion. True when it is safe on the disk."""
        return self._outbox.put(opinion)

    @property
    def call(self) -> OpenCall | None:
        """The call that is open, if any."""
        if self._call and not timedelta(0) <= self._clock() - self._call.asked < CALL_LASTS:
            self._call = None
        return self._call

    def ask(self) -> bool:
        """Call a guide, once. False when the call could not be kept and nobody will learn of it."""
        if self.call is not None:
            return True
        now = self._clock()
        name = urandom(16).hex()
        if not self._outbox.put(Call(call=name, state="asked", at=_minute(now))):
            return False
        self._call = OpenCall(name, now)
        return True

    def withdraw(self) -> None:
        """Nobody need come any more."""
        call, self._call = self.call, None
        if call is not None:
            self._outbox.put(Call(call=call.call, state="withdrawn", at=_minute(self._clock())))

    def miss(self, words: str) -> None:
        """Keep that these words, as `catalog.insight` lets them pass, were not found today."""
        today = self._clock().date()
        day, kept = self._misses
        kept = kept if day == today else 0
        if kept < MOST_MISSES:
            self._misses = today, kept + 1
            self._outbox.put_once(NotFound(day=today, words=words))

    def count(self, names: Iterable[str]) -> None:
        """Count each name once, in this hour."""
        self._tally.add(names, self._clock())

    def tick(self) -> None:
        """Write the counts when it is time."""
        now = self._clock()
        if self._poured is None:
            self._poured = now
        elif not timedelta(0) <= now - self._poured < POUR_EVERY:
            self._poured = now
            self._tally.pour(self._outbox)

    def close(self) -> None:
        """Write the counts and close the outbox."""
        self._tally.pour(self._outbox)
        self._outbox.close()


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
