"""F18: an edition that is genuine and whole, and brings the window down. Real watchdog, real windows, real sync."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.killed import PATIENCE
from catalog.box import read_active, read_life, read_status
from catalog.records import County
from tests.faults.portal import serving
from tests.sync.double import MemoryCounty, services
from tests.sync.program import SYNC

POISONED = """#!{python}
import sys
import kiosk.pages.services as services
healthy = services.attract
def attract(rest, asked):
    if asked.catalogue.manifest.edition == 2:
        raise ValueError("poison")
    return healthy(rest, asked)
services.attract = attract
from kiosk.__main__ import main
sys.argv[:3] = ["kiosk"]
sys.exit(main())
"""
WATCH = "import sys; from kiosk import watchdog as w; sys.executable = sys.argv[1]; sys.exit(w.main(sys.argv[2:]))"
COUNTY = County(id="county", title="某县", zone_title="某县", public_url="http://127.0.0.1")


def _wait_until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python whose kiosk cannot draw edition 2."""
    path = tmp_path / "python"
    path.write_text(POISONED.format(python=sys.executable))
    path.chmod(0o755)
    return path


def test_a_poisoned_edition_is_taken_back_for_good(tmp_path: Path, python: Path) -> None:
    county, state = MemoryCounty(), tmp_path / "box"
    county.publish([COUNTY, *services(3)])
    state.mkdir()
    (state / "root.json").write_bytes(county.trusted)
    options = ["--state", str(state), "--windowed", "540x960"]
    follow = [*SYNC, "--state", str(state), "--interval", "3600", "--url"]
    environment = os.environ | {"SDL_VIDEODRIVER": "offscreen", "PYTHONPATH": os.getcwd()}
    quiet = {"stderr": subprocess.DEVNULL, "env": environment}
    with (
        serving(county.files, None) as url,
        subprocess.Popen([*follow, url], **quiet) as sync,  # type: ignore[call-overload]
    ):
        _wait_until(lambda: read_status(state) is not None)
        with subprocess.Popen([sys.executable, "-c", WATCH, str(python), *options], **quiet) as watchdog:  # type: ignore[call-overload]
            _wait_until(lambda: (life := read_life(state)) is not None and life.started is not None)
            poison = county.publish([COUNTY, *services(4)])
            sync.send_signal(signal.SIGUSR1)
            _wait_until(lambda: _rejected(state) == 1)
            assert _edition(state) == 1
            tried = read_status(state)
            sync.send_signal(signal.SIGUSR1)
            _wait_until(lambda: read_status(state) != tried)
            assert (_edition(state), _rejected(state)) == (1, 1)
            county.publish([COUNTY, *services(5)])
            sync.send_signal(signal.SIGUSR1)
            _wait_until(lambda: _edition(state) == poison.edition + 1)
            watchdog.terminate()
        sync.terminate()


def _edition(state: Path) -> int:
    active = read_active(state)
    return active.edition if active else 0


def _rejected(state: Path) -> int:
    status = read_status(state)
    return len(status.rejected) if status else 0
