"""`python -m kiosk.watchdog [OPTIONS OF THE KIOSK]`: keeps the visitor's window alive.

The window writes a byte into a pipe when it has drawn a frame. Without a byte for too long it is ended; however it
ended, it is started again at once. When it fails again and again it is started with `--safe`, which shows that this
kiosk is out of service and who helps instead; after a while it is tried as usual. To systemd this program is the
service: it says when the first frame was drawn and passes on that frames are drawn.

How the windows fare stands in `kiosk.json` of the state folder, from which sync learns whether an edition brings them
down (docs/decisions/0016-probation-and-factory-edition.md).
"""

import argparse
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from catalog import durable
from catalog.box import Life, default_state, life_path, read_life
from catalog.text import encode

START, SILENCE, GRACE = 30.0, 20.0, 3.0
"""Seconds: from the start to the first frame; without a frame until the window counts as stalled; from the request
to end to its being killed."""
CRASHES, WITHIN = 3, 60.0
"""So many failures in so many seconds, and the kiosk goes out of service."""
SHORTEST_REST, LONGEST_REST = 60.0, 960.0
"""Seconds out of service before the next ordinary start; doubled from one time to the next."""
GIVE_UP = {2, 3}
"""Exit codes that no other start mends: wrong usage, no window to be had."""
FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP, 0, 75}
"""Ends that say nothing against the kiosk: somebody ended it, or staff asked for a restart."""

REMEMBERED = 20
"""Failures that are written down."""
VISIT = b"v"
"""Of the window's bytes, one that says that a visit ended."""

Heard = Literal["gone", "silent", "over"]
"""Of a window: it ended, it draws no frame, its time out of service is over."""


@dataclass
class Record:
    """How the window has fared; decides how it is started next. Pure; `now` in seconds, monotonic."""

    failures: list[float] = field(default_factory=list)
    rest: float = 0.0

    def ended(self, code: int, heard: Heard, lived: float, now: float) -> bool:
        """The window ended with `code` after it had lived for so many seconds; whether it failed."""
        if lived > LONGEST_REST:
            self.rest = 0.0
        failed = heard == "silent" or (heard == "gone" and code not in FROM_OUTSIDE)
        if failed:
            self.failures = [past for past in self.failures if now - past < WITHIN] + [now]
        return failed

    def resting(self) -> float:
        """Seconds to spend out of service first; 0 for an ordinary start."""
        if len(self.failures) < CRASHES:
            return 0.0
        self.failures = []
        self.rest = min(LONGEST_REST, max(SHORTEST_REST, self.rest * 2))
        return self.rest


class Diary:
    """Writes `kiosk.json`. A disk that takes nothing more is no reason to end the kiosk."""

    def __init__(self, state: Path, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = life_path(state), clock
        self._life = replace(read_life(state) or Life(), started=None)

    def heard(self, data: bytes) -> None:
        """What the window wrote: it is alive, and visits may have ended."""
        visits = self._life.visits + data.count(VISIT)
        self._write(replace(self._life, started=self._life.started or self._clock(), visits=visits))

    def ended(self, failed: bool) -> None:
        """The window is gone."""
        now = [self._clock()] if failed else []
        failures = (*self._life.failures, *now)[-REMEMBERED:]
        self._write(replace(self._life, started=None, failures=failures))

    def _write(self, life: Life) -> None:
        if life == self._life:
            return
        self._life = life
        try:
            durable.replace(self._path, encode(life))
        except OSError as error:
            _say(f"{self._path}: {error}")


def main(arguments: Sequence[str]) -> int:
    """Runs until SIGTERM or SIGINT, then returns 0; or returns what the kiosk gave up with, or 1 when it failed
    even out of service.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what a visitor typed
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    record, diary = Record(), Diary(_state(arguments), lambda: datetime.now(UTC))
    while True:
        rest = record.resting()
        if rest:
            _say(f"failed {CRASHES} times in {WITHIN:.0f} s; out of service for {rest:.0f} s")
        began = time.monotonic()
        code, heard = _run(arguments, rest, (lambda data: None) if rest else diary.heard)
        if heard == "gone" and code in GIVE_UP:
            return code
        if rest and heard != "over" and code not in FROM_OUTSIDE:
            return 1
        now = time.monotonic()
        diary.ended(record.ended(code, heard, now - began, now))
        _say(
            f"the kiosk {'draws no frame' if heard == 'silent' else f'ended with {code}'}; starting it again"
        )


def _state(arguments: Sequence[str]) -> Path:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--state", type=Path, default=default_state())
    state: Path = parser.parse_known_args(arguments)[0].state
    return state


def _run(arguments: Sequence[str], rest: float, listener: Callable[[bytes], None]) -> tuple[int, Heard]:
    """One life of the window, out of service for `rest` seconds if that is not 0: its exit code and its end."""
    hears, says = os.pipe()
    command = [sys.executable, "-m", "kiosk", *arguments, "--heartbeat", str(says)]
    environment = dict(os.environ)
    if rest:
        command.append("--safe")
        environment["LIBGL_ALWAYS_SOFTWARE"] = "1"
    with subprocess.Popen(command, pass_fds=[says], env=environment) as window:
        os.close(says)
        try:
            heard = _listen(hears, time.monotonic() + rest if rest else None, listener)
            if heard == "silent":
                _end(window, signal.SIGUSR1)
        finally:
            _end(window, signal.SIGTERM)
            os.close(hears)
    return window.returncode, heard


def _listen(pipe: int, until: float | None, listener: Callable[[bytes], None]) -> Heard:
    """Wait until the window ends, draws no frame any more, or its time is over. `listener` hears what it writes."""
    patience = START
    while until is None or time.monotonic() < until:
        wait = patience if until is None else min(patience, until - time.monotonic())
        if not select.select([pipe], [], [], max(0.0, wait))[0]:
            return "silent" if wait == patience else "over"
        data = os.read(pipe, 4096)
        if not data:
            return "gone"
        listener(data)
        _tell_systemd("READY=1\nWATCHDOG=1")
        patience = SILENCE
    return "over"


def _end(window: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal, SIGTERM to ask for the end or SIGUSR1 for the stack of a stalled one; then kill what is left."""
    if window.poll() is None:
        window.send_signal(number)
        try:
            window.wait(GRACE)
        except subprocess.TimeoutExpired:
            window.kill()
            window.wait()


def _tell_systemd(state: str) -> None:
    """sd_notify(3): a datagram to the service manager, when there is one."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.connect("\0" + address[1:] if address.startswith("@") else address)
            manager.sendall(state.encode())


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _say(text: str) -> None:
    sys.stderr.write(f"kiosk.watchdog: {text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
