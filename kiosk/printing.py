"""Printing through CUPS, without ever waiting for it.

CUPS is asked through its own programs (lp, lpstat, cancel), started and looked at by `poll`, which is called a few
times a second and returns at once. A sheet goes from memory to memory: nothing is written to disk here. A visitor
hears within `seconds` how it ended. However it ended, nothing is printed for the next visitor before the queue has
been seen to hold no job of this kiosk; that is also how every start of the kiosk begins.
"""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from kiosk.settings import Settings
from screens.handoff.page import Printing, Reason

Step = Generator[None, None, "Answer"]

_DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""Begins every command: a program that hangs must not hand over a sheet after the kiosk was killed."""
_PATIENCE = 5.0
"""Seconds that one look at the queue, or one order to cancel, may take."""
_SETTLING = 3.0
"""Seconds after handing over in which a printer may still report what was wrong with the last job."""
_LONGEST_PAUSE = 60.0
"""Seconds between two attempts to clear a queue that does not answer; the first pause is one second."""
_TROUBLE: dict[str, Reason] = {
    "media-empty": "paper",
    "media-needed": "paper",
    "media-jam": "jam",
    "cover-open": "jam",
    "door-open": "jam",
    "offline": "off",
    "shutdown": "off",
}
"""Words in the alerts of a printer (RFC 8011, printer-state-reasons) that no waiting ends → what to tell."""


def own_printer(settings: Settings, monotonic: Callable[[], float]) -> "Printer":
    """The printer that the settings name, asked as the user who runs the kiosk."""
    maker = [sys.executable, "-m", "catalog.sheet", settings.paper]
    return Printer(settings, maker, pwd.getpwuid(os.getuid()).pw_name, monotonic)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a program ended and what it wrote; 127 when there is none of that name, 124 when it took too long."""

    code: int
    output: bytes

    @property
    def lines(self) -> list[str]:
        """What it wrote, as text."""
        return self.output.decode(errors="replace").splitlines()


class Printer:
    """The kiosk's own CUPS destination.

    `maker` is the command that makes a PDF of a sheet, `user` whom CUPS takes the kiosk for; `monotonic` gives seconds.
    """

    def __init__(
        self, settings: Settings, maker: Sequence[str], user: str, monotonic: Callable[[], float]
    ) -> None:
        self._name, self._seconds, self._maker = settings.printer, settings.print_seconds, maker
        self._options = [word for option in settings.print_options for word in ("-o", option)]
        self._user, self._monotonic = user, monotonic
        self._environment = {**os.environ, "LC_ALL": "C"}
        self._deadline = 0.0
        self._printing: Generator[None, None, Printing] | None = None
        self._clearing: Generator[None, None, None] | None = self._clear()
        self.state = Printing("absent")

    def send(self, subject: str, sheet: bytes) -> None:
        """Print a sheet, given as JSON for `catalog.sheet`; `subject` says what it is of. Not while one is printing."""
        if self._printing is None and self._clearing is None:
            self._deadline = self._monotonic() + self._seconds
            self.state = Printing("working", subject)
            self._printing = self._print(subject, sheet)

    def cancel(self) -> None:
        """The visitor is gone: stop, and take back what is in the queue."""
        if self._printing is not None:
            self._withdraw()
        self.state = Printing("ready" if self._clearing is None else "absent")

    def close(self) -> None:
        """The kiosk ends: leave no program behind. The next start clears the queue."""
        for work in (self._printing, self._clearing):
            if work is not None:
                work.close()
        self._printing = self._clearing = None

    def poll(self) -> bool:
        """Go on without waiting. True when `state` is another than before."""
        before = self.state
        if self._printing is not None:
            self._go_on(self._printing)
        elif self._clearing is not None and next(self._clearing, self) is self:
            self._clearing = None
            if self.state.stage == "absent":
                self.state = Printing("ready")
        return self.state != before

    def _go_on(self, printing: Generator[None, None, Printing]) -> None:
        try:
            next(printing)
        except StopIteration as end:
            self.state = end.value
            self._printing = None
            if self.state.stage != "done":
                self._withdraw()
        else:
            if self._monotonic() >= self._deadline:
                self.state = replace(self.state, stage="failed", reason="slow")
                self._withdraw()

    def _withdraw(self) -> None:
        if self._printing is not None:
            self._printing.close()
        self._printing, self._clearing = None, self._clear()

    def _print(self, subject: str, sheet: bytes) -> Generator[None, None, Printing]:
        if (reason := _trouble((yield from self._look()), settled=False)) is not None:
            return Printing("failed", subject, reason)
        made = yield from self._run(self._maker, self._seconds, sheet)
        if made.code != 0:
            return Printing("failed", subject, "off")
        order = ["lp", "-d", self._name, *self._options, "-t", "openhall", "--", "-"]
        sent = yield from self._run(order, self._seconds, made.output)
        if sent.code != 0:
            return Printing("failed", subject, "off")
        settled = self._monotonic() + _SETTLING
        while True:
            seen = yield from self._look()
            reason = _trouble(seen, settled=self._monotonic() >= settled)
            if reason is not None:
                return Printing("failed", subject, reason)
            if not self._mine(seen):
                return Printing("done", subject)
            yield

    def _clear(self) -> Generator[None, None, None]:
        """Cancel every job of this kiosk until the queue is seen to hold none."""
        pause = 1.0
        while True:
            seen = yield from self._look()
            if seen.code == 0 and not self._mine(seen):
                return
            yield from self._run(["cancel", "-a", "-u", self._user, self._name], _PATIENCE)
            again = self._monotonic() + pause
            pause = min(2 * pause, _LONGEST_PAUSE)
            while self._monotonic() < again:
                yield

    def _look(self) -> Step:
        """The printer with its alerts, and its queue."""
        return self._run(["lpstat", "-l", "-p", self._name, "-o", self._name], _PATIENCE)

    def _mine(self, seen: Answer) -> list[str]:
        """The kiosk's jobs in the queue: lines such as `hall-12  openhall  1024  Sun Nov 22 09:30:00 2026`."""
        words = (line.split() for line in seen.lines if not line[:1].isspace())
        return [
            w[0] for w in words if len(w) > 1 and w[0].startswith(f"{self._name}-") and w[1] == self._user
        ]

    def _run(self, command: Sequence[str], seconds: float, given: bytes = b"") -> Step:
        """Run a program for at most so many seconds; it is ended when nobody goes on asking for it."""
        end = self._monotonic() + seconds
        source, sink = _memory(given), _memory(b"")
        try:
            process = subprocess.Popen(
                [*_DIES_WITH_US, *command],
                stdin=source,
                stdout=sink,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                start_new_session=True,
            )
        except OSError:
            os.close(sink)
            return Answer(127, b"")
        finally:
            os.close(source)
        try:
            while process.poll() is None:
                if self._monotonic() >= end:
                    return Answer(124, b"")
                yield
            os.lseek(sink, 0, os.SEEK_SET)
            return Answer(process.returncode, os.read(sink, os.fstat(sink).st_size))
        finally:
            os.close(sink)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _memory(content: bytes) -> int:
    """A file that is in memory only, at its beginning."""
    file = os.memfd_create("sheet")
    os.write(file, content)
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _trouble(seen: Answer, settled: bool) -> Reason | None:
    """Why this printer prints nothing now; its alerts count once they are `settled`."""
    if seen.code != 0:
        return "off"
    for line in seen.lines:
        if line.startswith("printer ") and " disabled " in line:
            return _alert(seen.lines) or "off"
    return _alert(seen.lines) if settled else None


def _alert(lines: Sequence[str]) -> Reason | None:
    alerts = " ".join(line for line in lines if line.strip().startswith("Alerts:"))
    return next((reason for word, reason in _TROUBLE.items() if word in alerts), None)
