"""Following the county for as long as the program runs: pull, talk, rest, again and again.

A rest ends when its time is over, when the signal USR1 comes, which the bell sends, too, when the kiosk's staff ask
for a look, or when somebody at the kiosk calls a guide.
"""

import logging
import os
import random
import signal
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from pathlib import Path

from catalog.box import life_path, sync_request_path
from catalog.outbox import KINDS, outbox_path
from sync.attempt import Attempt, attempt, watch
from sync.bell import Bell
from sync.errors import SyncError
from sync.identity import read_identity
from sync.memory import Memory
from sync.outbox import URGENT, is_waiting
from sync.pull import Outcome
from sync.schedule import wait
from sync.settings import Settings
from sync.shelf import Progress
from sync.talk import talk

_log = logging.getLogger(__name__)


def follow(
    state: Path,
    settings: Settings,
    root: bytes,
    progress: Callable[[], AbstractContextManager[Progress]],
    words: Callable[[Attempt], str],
) -> None:
    """Goes on until the program is ended. To be used from the main thread, with USR1 blocked.

    A look that finds what the one before found is not logged, or there would be 40,000 lines a month.
    """
    failures, deliver_at = 0, time.monotonic() + settings.outbox_interval * random.random()
    if identity := read_identity(state):
        Bell(state, identity, settings, lambda: os.kill(os.getpid(), signal.SIGUSR1)).listen()
    said: Outcome | None = None
    while True:
        asked = _changed(sync_request_path(state))
        with progress() as shown:
            result = attempt(state, settings, root, now(), shown)
        failures = failures + 1 if result.error else 0
        usual = logging.INFO if result.outcome != said else logging.DEBUG
        _log.log(logging.WARNING if result.error else usual, words(result))
        said = result.outcome
        due = time.monotonic() >= deliver_at
        if speak(state, settings, tuple(KINDS) if due else URGENT) and due:
            deliver_at = time.monotonic() + settings.outbox_interval * random.uniform(0.5, 1.5)
        pause = wait(settings.interval, settings.jitter, settings.longest_interval, failures, random.random())
        _rest(state, settings, asked, pause)


def speak(state: Path, settings: Settings, kinds: Collection[str]) -> bool:
    """Talk to the county and deliver these kinds of rows. False when that failed; logged."""
    try:
        said = talk(state, settings, kinds, now)
    except OSError as error:
        _log.warning("talk: %s", error)
        return False
    if said and said.error:
        _log.warning("talk: %s", said.error)
    return not (said and said.error)


def now() -> datetime:
    return datetime.now(UTC)


def _rest(state: Path, settings: Settings, asked: int, pause: float) -> None:
    """Until so many seconds are over or somebody wants something.

    Meanwhile an edition that brings the kiosk down is taken back.
    """
    end, lived, written = time.monotonic() + pause, 0, 0
    while (left := end - time.monotonic()) > 0 and _changed(sync_request_path(state)) == asked:
        if (life := _changed(life_path(state))) != lived:
            lived = life
            _watch(state, settings)
        if (last := _changed(outbox_path(state))) != written:
            first, written = not written, last
            if not first and _is_called(state):
                return
        if signal.sigtimedwait({signal.SIGUSR1}, min(left, 1.0)):
            return


def _watch(state: Path, settings: Settings) -> None:
    try:
        if watch(state, settings, now()):
            _log.warning("the edition brought the kiosk down; back to the one before")
    except (SyncError, OSError) as error:
        _log.warning("probation: %s", error)


def _is_called(state: Path) -> bool:
    """Whether somebody at the kiosk called a guide and the county does not know."""
    if read_identity(state) is None:
        return False
    try:
        with closing(Memory(state / "state.db")) as memory:
            return is_waiting(state, memory, URGENT)
    except SyncError:
        return False


def _changed(path: Path) -> int:
    """When a file last changed, in nanoseconds; 0 when there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
