"""`python -m kiosk.watchdog [OPTIONS OF THE KIOSK]`: keeps the visitor's window alive.

The window writes a byte into a pipe when it has drawn a frame. Without a byte for too long it is ended; however it
ended, it is started again at once. When it fails again and again it is started with `--safe`, which shows that this
kiosk is out of service and who helps instead; after a while it is tried as usual. To systemd this program is the
service: it says when the first frame was drawn and passes on that frames are drawn.
"""

import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

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

Heard = Literal["gone", "silent", "over"]
"""Of a window: it ended, it draws no frame, its time out of service is over."""


@dataclass
class Record:
    """How the window has fared; decides how it is started next. Pure; `now` in seconds, monotonic."""

    failures: list[float] = field(default_factory=list)
    rest: float = 0.0

    def ended(self, code: int, heard: Heard, lived: float, now: float) -> None:
        """The window ended with `code` after it had lived for so many seconds."""
        if lived > LONGEST_REST:
            self.rest = 0.0
        if heard == "silent" or (heard == "gone" and code not in FROM_OUTSIDE):
            self.failures = [past for past in self.failures if now - past < WITHIN] + [now]

    def resting(self) -> float:
        """Seconds to spend out of service first; 0 for an ordinary start."""
        if len(self.failures) < CRASHES:
            return 0.0
        self.failures = []
        self.rest = min(LONGEST_REST, max(SHORTEST_REST, self.rest * 2))
        return self.rest


def main(arguments: Sequence[str]) -> int:
    """Runs until SIGTERM or SIGINT, then returns 0; or returns what the kiosk gave up with, or 1 when it failed
    even out of service.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what a visitor typed
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    record = Record()
    while True:
        rest = record.resting()
        if rest:
            _say(f"failed {CRASHES} times in {WITHIN:.0f} s; out of service for {rest:.0f} s")
        began = time.monotonic()
        code, heard = _run(arguments, rest)
        if heard == "gone" and code in GIVE_UP:
            return code
        if rest and heard != "over" and code not in FROM_OUTSIDE:
            return 1
        now = time.monotonic()
        record.ended(code, heard, now - began, now)
        _say(
            f"the kiosk {'draws no frame' if heard == 'silent' else f'ended with {code}'}; starting it again"
        )


def _run(arguments: Sequence[str], rest: float) -> tuple[int, Heard]:
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
            heard = _listen(hears, time.monotonic() + rest if rest else None)
            if heard == "silent":
                _end(window, signal.SIGUSR1)
        finally:
            _end(window, signal.SIGTERM)
            os.close(hears)
    return window.returncode, heard


def _listen(pipe: int, until: float | None) -> Heard:
    """Wait until the window ends, draws no frame any more, or its time is over."""
    patience = START
    while until is None or time.monotonic() < until:
        wait = patience if until is None else min(patience, until - time.monotonic())
        if not select.select([pipe], [], [], max(0.0, wait))[0]:
            return "silent" if wait == patience else "over"
        if not os.read(pipe, 4096):
            return "gone"
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
