"""The county may ring: a request that is answered when there is something to look at, such as an emergency.

All it can do is have the box look now, as it would anyhow a little later; what it finds must still be signed. So the
bell needs no signature, and whoever rings for nothing is answered more and more slowly. Without it, as behind a mere
file server, the box looks at its intervals.
"""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import requests
from urllib3.exceptions import HTTPError

from catalog import fleet
from sync.identity import Identity
from sync.session import opened
from sync.settings import Settings

HELD = 70.0
"""Seconds that the county may let a request wait."""
SHORTEST, LONGEST = 1.0, 600.0
"""Seconds between two requests: after a proper answer, and after many that were none or led to nothing."""
WIDEST = 60.0
"""Seconds over which the county may spread the boxes it wakes."""


class Rung(msgspec.Struct, frozen=True):
    """The county's answer. `version` is that of the timestamp there now, `command` the id of the newest command that
    waits for this box; `spread` in seconds.
    """

    version: int = 0
    spread: float = 0.0
    command: str = ""


class _Signed(msgspec.Struct):
    version: int


class _Timestamp(msgspec.Struct):
    signed: _Signed


def version(state: Path) -> int:
    """The version of the timestamp that this box knows; 0 for none."""
    try:
        data = (state / "metadata" / "timestamp.json").read_bytes()
        return msgspec.json.decode(data, type=_Timestamp).signed.version
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return 0


class Bell:
    """Waits in a thread of its own and calls `ring` when the box should look."""

    def __init__(
        self,
        state: Path,
        identity: Identity,
        settings: Settings,
        ring: Callable[[], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._state, self._settings, self._ring, self._sleep = state, settings, ring, sleep
        self._url = f"{identity.county}{fleet.WAIT.removeprefix('/')}?kiosk={identity.kiosk}"
        self._pause, self._command = SHORTEST, ""

    def listen(self) -> None:
        """From now on, in a thread that ends with the program."""
        threading.Thread(target=self._listen, name="bell", daemon=True).start()

    def _listen(self) -> None:
        while True:
            with opened(self._settings) as session:
                while self.hear(session):
                    pass

    def hear(self, session: requests.Session) -> bool:
        """One request and what follows from it. False when the connection is of no more use."""
        known, began = version(self._state), time.monotonic()
        try:
            rung = _ask(session, f"{self._url}&version={known}&command={self._command}")
        except (requests.RequestException, HTTPError, OSError, ValueError):
            self._slow_down()
            return False
        if rung is None:
            self._pause = SHORTEST
            self._sleep(max(0.0, SHORTEST - (time.monotonic() - began)))
            return True
        self._sleep(random.random() * min(max(rung.spread, 0.0), WIDEST))
        self._ring()
        self._sleep(SHORTEST)
        if rung.command != self._command or version(self._state) != known:
            self._pause, self._command = SHORTEST, rung.command[:40]
        else:
            self._slow_down()
        return True

    def _slow_down(self) -> None:
        self._sleep(self._pause * random.uniform(0.5, 1.0))
        self._pause = min(self._pause * 2, LONGEST)


def _ask(session: requests.Session, url: str) -> Rung | None:
    """What the county answered; None when there was nothing. Raises ValueError for anything else."""
    with session.get(url, timeout=HELD, stream=True, allow_redirects=False) as response:
        if response.status_code == requests.codes.no_content:
            return None
        if response.status_code != requests.codes.ok:
            raise ValueError(response.status_code)
        return msgspec.json.decode(response.raw.read(1024), type=Rung)
