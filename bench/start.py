"""From the start of the process to the first touchable home, and the memory of a home that stands still.

The kiosk beside Chromium in kiosk mode with a page of the same texts, icons and colours, in turns, both full screen
on one virtual display of 1080 x 1920. Both are timed from outside, from the call that starts the process: the
kiosk until it says that home was shown and touches are read, Chromium until two animation frames after the page and
its fonts were loaded. Chromium draws with the system's font and from an empty profile. Memory is PSS (proportional
set size), summed over all processes of the tree.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.page import home_html, serving
from bench.screen import display
from tests.sample import sample_box, sample_records

RUNS = 7
LIMIT = 1.0
SHARE_OF_START, SHARE_OF_MEMORY = 0.5, 0.35
PATIENCE = 60
CHROMIUM = [
    "chromium",
    "--kiosk",
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate",
    "--window-position=0,0",
    "--window-size=1080,1920",
]


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds until home could be touched, and bytes."""

    start: float
    memory: int


def main() -> int:
    """Prints the table. Returns 1 when the kiosk's median start is above the limit, 3 without Chromium or Xvfb."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        now = datetime.now(UTC).astimezone()
        sample_box(folder / "box", now)
        try:
            environment = stack.enter_context(display())
            address, said = stack.enter_context(serving(home_html(sample_records(), now)))
            kiosk = [sys.executable, "-m", "kiosk", "--state", str(folder / "box"), "--report-start"]
            _kiosk(kiosk, environment)  # writes the compiled files, as an installation does
            runs: dict[str, list[Run]] = {"kiosk": [], "Chromium": []}
            for number in range(RUNS):
                runs["kiosk"].append(_kiosk(kiosk, environment))
                command = [*CHROMIUM, f"--user-data-dir={folder / str(number)}", address]
                runs["Chromium"].append(_run(command, environment, lambda _: said.get(timeout=PATIENCE)))
        except FileNotFoundError as error:
            print(f"{error.filename} is not installed", file=sys.stderr)
            return 3
    return int(_report(runs["kiosk"], runs["Chromium"]) > LIMIT)


def _report(kiosk: Sequence[Run], chromium: Sequence[Run]) -> float:
    """Print the table; the kiosk's median start in seconds."""
    print(f"{'':20}{'median':>8}{'min':>8}{'max':>8}   ({RUNS} runs in turns)")
    for name, runs in (("kiosk", kiosk), ("Chromium", chromium)):
        _line(f"{name} start, s", [run.start for run in runs], ".2f")
        _line(f"{name} memory, MB", [run.memory / 1e6 for run in runs], ".0f")
    start = statistics.median(run.start for run in kiosk)
    share = start / statistics.median(run.start for run in chromium)
    memory = statistics.median(run.memory for run in kiosk) / statistics.median(
        run.memory for run in chromium
    )
    print(f"\nkiosk start {start:.2f} s, limit {LIMIT:.2f} s")
    print(
        f"kiosk : Chromium  start {share:.2f} (aim {SHARE_OF_START}), memory {memory:.2f} (aim {SHARE_OF_MEMORY})"
    )
    return start


def _line(name: str, values: Sequence[float], form: str) -> None:
    print(f"{name:20}{statistics.median(values):>8{form}}{min(values):>8{form}}{max(values):>8{form}}")


def _kiosk(command: Sequence[str], environment: dict[str, str]) -> Run:
    def ready(process: subprocess.Popen[bytes]) -> bool:
        assert process.stdout is not None
        return bool(process.stdout.readline())

    return _run(command, environment, ready)


def _run(
    command: Sequence[str], environment: dict[str, str], ready: Callable[[subprocess.Popen[bytes]], bool]
) -> Run:
    """Start a program, wait until it is `ready` and then until it stands still, weigh it and end it."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        if not ready(process):
            raise RuntimeError(f"{command[0]} showed nothing")
        start = time.perf_counter() - began
        return Run(start, _memory_at_rest(psutil.Process(process.pid)))
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _memory_at_rest(root: psutil.Process) -> int:
    """PSS of a process tree once a second passes in which it hardly computes."""
    used, deadline = -1.0, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        tree = [root, *root.children(recursive=True)]
        now = sum(sum(process.cpu_times()[:2]) for process in tree)
        if now - used < 0.1 and used >= 0:
            break
        used = now
        time.sleep(1)
    return sum(int(process.memory_full_info().pss) for process in tree)


if __name__ == "__main__":
    sys.exit(main())
