"""Whether an edition has proven itself at this kiosk. Pure: what the watchdog wrote and the time are given.

An edition can be genuine and whole and still bring the window down. Until it has been on the screen for a while it
is on probation: when the window fails twice in that time, the box goes back to the edition before.
"""

from datetime import datetime, timedelta
from typing import Literal

from catalog.box import Life
from sync.marks import Trial

LONG_ENOUGH = timedelta(minutes=10)
VISITS = 20
"""One or the other without a failure, and the edition has passed."""
FAILURES = 2

Verdict = Literal["waiting", "passed", "failed"]


def verdict(trial: Trial, life: Life | None, now: datetime) -> Verdict:
    """What the kiosk's life says about the edition on trial. Without a watchdog nothing is ever said."""
    if life is None:
        return "waiting"
    failures = [failure for failure in life.failures if trial.began <= failure <= now]
    if len(failures) >= FAILURES:
        return "failed"
    if life.started is None:
        return "waiting"
    visits = life.visits - (trial.visits if life.visits >= trial.visits else 0)
    unharmed = now - max([trial.began, life.started, *failures])
    return "passed" if unharmed >= LONG_ENOUGH or (visits >= VISITS and not failures) else "waiting"
