"""From the death of the kiosk's window to a home that can be touched, below the watchdog: killed again and again.

Measured from outside, from the kill to the line that says that home was drawn and touches are read.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import psutil

from tests.sample import sample_box

KILLS = 200
LIMIT = 5.0
PATIENCE = 60


def main() -> int:
    """Returns 1 when the 95th percentile is above the limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.killed", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        state = Path(folder) / "box"
        sample_box(state, datetime.now(UTC).astimezone())
        seconds = killed(state, options.kills)
    median, worst = statistics.median(seconds), max(seconds)
    late = statistics.quantiles(seconds, n=20)[-1]
    print(f"killed {len(seconds)} times; home can be touched again after, in seconds:")
    print(f"median {median:.2f}   95th percentile {late:.2f} (limit {LIMIT:.2f})   longest {worst:.2f}")
    return int(late > LIMIT)


def killed(state: Path, times: int) -> list[float]:
    """Kill the window of a kiosk so often; the seconds until home could be touched again."""
    seconds = []
    with watched(state) as (watchdog, said):
        said.readline()
        for _ in range(times):
            window = window_of(watchdog)
            began = time.monotonic()
            window.kill()
            if not said.readline():
                raise RuntimeError("the watchdog ended")
            seconds.append(time.monotonic() - began)
    return seconds


@contextmanager
def watched(state: Path) -> Iterator[tuple[psutil.Process, IO[str]]]:
    """A kiosk below its watchdog, drawing off screen; the watchdog, and what the kiosk says."""
    command = [sys.executable, "-m", "kiosk.watchdog", "--state", str(state), "--windowed", "1080x1920"]
    environment = os.environ | {"SDL_VIDEODRIVER": "offscreen"}
    with subprocess.Popen(
        [*command, "--report-start"],
        env={key: value for key, value in environment.items() if key != "PYTHONDONTWRITEBYTECODE"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdout is not None
        try:
            yield psutil.Process(program.pid), program.stdout
        finally:
            program.terminate()
            program.wait(PATIENCE)


def window_of(watchdog: psutil.Process) -> psutil.Process:
    """The process that draws."""
    (window,) = watchdog.children()
    return window


if __name__ == "__main__":
    sys.exit(main())
