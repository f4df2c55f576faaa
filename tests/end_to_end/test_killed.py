"""The watchdog with real windows: killed, stalled, crashing, out of service, orphaned."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from bench.killed import PATIENCE, killed, watched, window_of
from kiosk.watchdog import CRASHES
from tests.sample import sample_box

KILLS = 5


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box's state folder with the demonstration county."""
    state = tmp_path_factory.mktemp("killed") / "box"
    sample_box(state, datetime.now(UTC).astimezone())
    return state


def wait_until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_killed_kiosk_is_back_each_time(box: Path) -> None:
    """In what time is for bench/killed.py to say, on a machine that does nothing else."""
    assert max(killed(box, KILLS)) < PATIENCE


def test_a_stalled_kiosk_is_replaced(box: Path) -> None:
    """The watchdog's patience is shortened by a program that is the watchdog but for that."""
    impatient = "import sys; from kiosk import watchdog as w; w.SILENCE = 8; sys.exit(w.main(sys.argv[1:]))"
    options = ["--state", str(box), "--windowed", "540x960", "--report-start"]
    with subprocess.Popen(
        [sys.executable, "-c", impatient, *options],
        env=os.environ | {"SDL_VIDEODRIVER": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        stalled = window_of(psutil.Process(program.pid))
        stalled.suspend()
        program.stdout.readline()
        assert window_of(psutil.Process(program.pid)).pid != stalled.pid
        program.terminate()
        _, complaints = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0
    assert "draws no frame" in complaints


POISONED = """#!{python}
import sys
import kiosk.pages.services as services
def attract(rest, asked):
    raise ValueError("poison")
services.attract = attract
from kiosk.__main__ import main
sys.argv[:3] = ["kiosk"]
sys.exit(main())
"""


def test_a_kiosk_whose_pages_fail_goes_out_of_service(tmp_path: Path, box: Path) -> None:
    """The watchdog starts, in place of Python, a kiosk that cannot make a page of its edition."""
    python, picture = tmp_path / "python", tmp_path / "screen.png"
    python.write_text(POISONED.format(python=sys.executable))
    python.chmod(0o755)
    watch = "import sys; from kiosk import watchdog as w; sys.executable = sys.argv[1]; sys.exit(w.main(sys.argv[2:]))"
    options = ["--state", str(box), "--windowed", "540x960", "--live", str(picture)]
    with subprocess.Popen(
        [sys.executable, "-c", watch, str(python), *options],
        env=os.environ | {"SDL_VIDEODRIVER": "offscreen", "PYTHONPATH": os.getcwd()},
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        wait_until(picture.exists)
        assert "--safe" in window_of(psutil.Process(program.pid)).cmdline()
        program.terminate()
        _, complaints = program.communicate(timeout=PATIENCE)
    assert "out of service for 60 s" in complaints
    assert complaints.count("ValueError: poison") == CRASHES


def test_without_its_watchdog_a_kiosk_ends(box: Path) -> None:
    with watched(box) as (watchdog, said):
        said.readline()
        window = window_of(watchdog)
        watchdog.kill()
        wait_until(lambda: not window.is_running() or window.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_both(box: Path, number: signal.Signals) -> None:
    with watched(box) as (watchdog, said):
        said.readline()
        window = window_of(watchdog)
        watchdog.send_signal(number)
        wait_until(lambda: not window.is_running())


def test_wrong_usage_is_not_tried_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.watchdog", "--config", "/nowhere.toml"],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
