"""From the finger to the first changed pixel, on home at rest and on a list while it scrolls.

The kiosk beside Chromium in kiosk mode with a page of the same texts, icons and colours, full screen on one virtual
display of 1080 x 1920 with software GL. Fingers come through XTEST and pixels are read from the display, so the time
includes all that lies between. With --pulling, a box on the same machine pulls and builds editions all the while,
and only the kiosk is measured. At rest, a tile is pressed until it looks pressed, and let go beside it, so that no
page changes. While scrolling, each step of the finger counts from its event to the first pixel that moved; Chromium,
which does not scroll under a mouse's finger, gets a step of the wheel instead.
"""

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import Any

from bench.page import home_html, list_html, serving
from bench.screen import Screen, display
from bench.start import CHROMIUM
from catalog.records import LifeStage, PublicService
from tests.sample import sample_box, sample_records

TOUCHES, DRAGS, WHEELS = 40, 4, 20
STEP = 24
"""Pixels that the finger moves at a time."""

LIMIT = 0.033
PATIENCE = 5.0
TILE = (800, 700)
"""A point on a tile of home in both programs, away from its words."""

STRIP = (400, 500, 1, 900)
"""A column of a list: left, top, width, height."""

PAUSE = 0.05
"""Seconds between two fingers or steps; not a multiple of a frame."""


def main(pulling: bool) -> int:
    """Prints the table. Returns 1 when the kiosk's p95 is above the limit, 3 without Chromium or Xvfb."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        now = datetime.now(UTC).astimezone()
        sample_box(folder / "box", now)
        records = sample_records()
        stage = _longest_stage()
        try:
            environment = stack.enter_context(display())
            screen = Screen(environment["DISPLAY"])
            stack.callback(screen.close)
            kiosk = [sys.executable, "-m", "bench.touched", str(folder / "box")]
            if pulling:
                return _while_pulling(stack, folder, stage, kiosk, environment, screen)
            chromium = [*CHROMIUM, f"--user-data-dir={folder / 'chromium'}"]
            home, home_said = stack.enter_context(serving(home_html(records, now)))
            entries, entries_said = stack.enter_context(serving(list_html(records, stage, now)))
            taken = {
                "kiosk at rest": _with([*kiosk, "home"], environment, screen, _presses),
                "Chromium at rest": _with([*chromium, home], environment, screen, _presses, home_said),
                "kiosk scrolling": _with([*kiosk, f"stage/{stage}"], environment, screen, _drags),
                "Chromium scrolling": _with([*chromium, entries], environment, screen, _wheels, entries_said),
            }
        except FileNotFoundError as error:
            print(f"{error.filename} is not installed", file=sys.stderr)
            return 3
    return int(_report(taken) > LIMIT)


def _while_pulling(
    stack: ExitStack, folder: Path, stage: str, kiosk: list[str], environment: dict[str, str], screen: Screen
) -> int:
    """The kiosk alone, before and while editions are pulled and built."""
    at_rest, scrolling = [*kiosk, "home"], [*kiosk, f"stage/{stage}"]
    quiet = {
        "kiosk at rest": _with(at_rest, environment, screen, _presses),
        "kiosk scrolling": _with(scrolling, environment, screen, _drags),
    }
    command = [sys.executable, "-m", "bench.pulling", str(folder / "pulling")]
    process = stack.enter_context(
        subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True, text=True)
    )
    stack.callback(lambda: os.killpg(process.pid, signal.SIGKILL))
    assert process.stdout is not None
    if not process.stdout.readline():
        raise RuntimeError("nothing was pulled")
    busy = {
        "kiosk, pulling": _with(at_rest, environment, screen, _presses),
        "kiosk scrolling, pulling": _with(scrolling, environment, screen, _drags),
    }
    return int(_report(quiet | busy) > LIMIT)


def _report(taken: Mapping[str, Sequence[float]]) -> float:
    """Print the table; the kiosk's larger p95 in seconds."""
    print(f"{'ms':26}{'median':>8}{'p95':>8}{'max':>8}")
    for name, times in taken.items():
        values = (statistics.median(times), _p95(times), max(times))
        print(f"{name:26}" + "".join(f"{1000 * value:>8.1f}" for value in values))
    worst = max(_p95(times) for name, times in taken.items() if name.startswith("kiosk"))
    print(f"\nkiosk p95 {1000 * worst:.1f} ms, limit {1000 * LIMIT:.0f} ms")
    return worst


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1) + 0.5)]


def _with(
    command: Sequence[str],
    environment: dict[str, str],
    screen: Screen,
    take: Callable[[Screen], list[float]],
    said: Queue[Any] | None = None,
) -> list[float]:
    """Take the times of a program; it says that its page is drawn by `said` or else by a line."""
    screen.move(2, 2)
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert process.stdout is not None
        shown = said.get(timeout=20) if said else process.stdout.readline()
        if not shown:
            raise RuntimeError(f"{command[0]} showed nothing")
        screen.rest()
        return take(screen)
    finally:
        process.kill()
        process.communicate()


def _presses(screen: Screen) -> list[float]:
    times = []
    for _ in range(TOUCHES):
        screen.move(*TILE)
        time.sleep(PAUSE)
        before = screen.pixels(*TILE)
        screen.press(1, down=True)
        times.append(screen.changed(before, *TILE, 1, 1, PATIENCE))
        time.sleep(PAUSE)
        screen.move(2, TILE[1])
        screen.press(1, down=False)
        screen.rest(still=0.3)
    return times


def _drags(screen: Screen) -> list[float]:
    return [time for number in range(DRAGS) for time in _drag(screen, up=number % 2 == 0)]


def _drag(screen: Screen, up: bool) -> list[float]:
    """One finger over half of the list: the times of its steps after it began to scroll."""
    x, top, _, height = STRIP
    y, by = (top + height, -STEP) if up else (top, STEP)
    screen.move(x + 200, y)
    screen.press(1, down=True)
    times = []
    for number in range(height // STEP):
        y += by
        before = screen.pixels(*STRIP)
        screen.move(x + 200, y)
        try:
            took = screen.changed(before, *STRIP, 0.5)
        except TimeoutError:
            continue  # before it scrolls, or at the end of the list
        if number > 2:
            times.append(took)
        time.sleep(PAUSE)
    screen.press(1, down=False)
    screen.rest(still=0.5)
    return times


def _wheels(screen: Screen) -> list[float]:
    screen.move(STRIP[0] + 200, STRIP[1] + 200)
    times = []
    for number in range(2 * WHEELS):
        before = screen.pixels(*STRIP)
        button = 5 if number < WHEELS else 4
        screen.press(button, down=True)
        screen.press(button, down=False)
        try:
            times.append(screen.changed(before, *STRIP, 0.5))
        except TimeoutError:
            continue  # the end of the list
        screen.rest(still=0.3)
    return times


def _longest_stage() -> str:
    of = [
        stage
        for record in sample_records()
        if isinstance(record, PublicService)
        for stage in record.life_stages
    ]
    stages = [record.id for record in sample_records() if isinstance(record, LifeStage)]
    return max(stages, key=of.count)


if __name__ == "__main__":
    sys.exit(main("--pulling" in sys.argv[1:]))
