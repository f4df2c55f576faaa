"""A CUPS that acts out faults: lp, lpstat and cancel as small programs, and the printer's tray to look into."""

import os
import stat
import time
from pathlib import Path

import msgspec

from catalog.settings import load
from kiosk.printing import Printer
from kiosk.settings import Settings

PRINTER, USER = "hall", "kiosk"
SETTINGS = msgspec.structs.replace(load(Settings, "kiosk.toml", None), printer=PRINTER)

_LP = """#!/bin/sh
read fault < "$CUPS/fault"
echo "$@" >> "$CUPS/lp.log"
echo $$ > "$CUPS/lp.pid"
case $fault in
  hang) exec sleep 600;;
  refuse) exit 1;;
esac
cat > "$CUPS/taken"
test -s "$CUPS/taken" || exit 1
case $fault in
  fine) mv "$CUPS/taken" "$CUPS/tray";;
  *) mv "$CUPS/taken" "$CUPS/spool";;
esac
echo "request id is hall-12 (1 file(s))"
"""
_LPSTAT = """#!/bin/sh
read fault < "$CUPS/fault"
case $fault in
  gone) echo 'lpstat: Invalid destination name in list "hall"!' >&2; exit 1;;
  mute) exec sleep 600;;
esac
state="is idle.  enabled since Sun Nov 22 09:00:00 2026"
alerts=none
test -f "$CUPS/spool" && case $fault in
  stopped) state="disabled since Sun Nov 22 09:00:00 2026 -";;
  empty) alerts=media-empty-error;;
  jam) alerts="media-jam-error cover-open-report";;
esac
echo "printer hall $state"
printf '\\tDescription: hall\\n\\tAlerts: %s\\n' "$alerts"
echo "hall-7              guide             1024   Sun Nov 22 09:00:00 2026"
test -f "$CUPS/spool" && echo "hall-12             kiosk             1024   Sun Nov 22 09:30:00 2026"
exit 0
"""
_CANCEL = """#!/bin/sh
read fault < "$CUPS/fault"
echo "$@" >> "$CUPS/cancel.log"
test "$fault" = stubborn && exit 1
rm -f "$CUPS/spool"
"""
_MAKER = """#!/bin/sh
cat
"""


class Cups:
    """The programs in a folder; `fault` says what goes wrong from now on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.programs.mkdir(parents=True)
        for name, text in (("lp", _LP), ("lpstat", _LPSTAT), ("cancel", _CANCEL), ("maker", _MAKER)):
            program = self.programs / name
            program.write_text(text)
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.fault("fine")

    def fault(self, fault: str) -> None:
        """fine; refuse, hang: lp; gone, mute: lpstat; stopped, empty, jam; stubborn: cancel; asleep: a job stays."""
        (self.folder / "fault").write_text(fault + "\n")

    @property
    def environment(self) -> dict[str, str]:
        """What makes programs find this CUPS instead of another."""
        return {"CUPS": str(self.folder), "PATH": f"{self.programs}:{os.environ['PATH']}"}

    @property
    def maker(self) -> str:
        """A program that takes what it is given for a sheet ready to print."""
        return str(self.programs / "maker")

    @property
    def printed(self) -> bytes:
        """What lies in the tray."""
        tray = self.folder / "tray"
        return tray.read_bytes() if tray.exists() else b""

    @property
    def waiting(self) -> bool:
        """Whether a job of the kiosk is in the queue: it would come out with new paper."""
        return (self.folder / "spool").exists()

    def log(self, program: str) -> list[str]:
        """The arguments with which lp or cancel was called."""
        log = self.folder / f"{program}.log"
        return log.read_text().splitlines() if log.exists() else []


class Clock:
    """Seconds that pass ten times as fast as real ones, and those added."""

    def __init__(self) -> None:
        self.added = 0.0

    def __call__(self) -> float:
        return 10 * time.monotonic() + self.added


def until(printer: Printer, clock: Clock, stage: str, real_seconds: float = 20.0) -> float:
    """Poll until the printer is at a stage; gives the seconds that took for a visitor. Fails in time."""
    began, end = clock(), time.monotonic() + real_seconds
    while printer.state.stage != stage:
        assert time.monotonic() < end, printer.state
        printer.poll()
        os.sched_yield()
    return clock() - began


if __name__ == "__main__":  # a kiosk that prints until it is killed
    hasty = Clock()
    ours = Printer(msgspec.structs.replace(SETTINGS, print_seconds=600), ["cat"], USER, hasty)
    until(ours, hasty, "ready")
    ours.send("service/x", b"{}")
    while True:
        ours.poll()
