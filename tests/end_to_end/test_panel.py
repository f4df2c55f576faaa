"""Fingers on a real touch panel, as the X server reports them: one tap is one touch, and only one finger counts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from tests.end_to_end.panel import BEGIN, END, Panel, missing, panel, plug
from tests.sample import sample_box

TELLING = """
import sys
import kiosk.__main__ as program
run = program._run
def telling(given, settings):
    from kiosk.app import Kiosk
    heard = Kiosk._on_finger
    def _on_finger(kiosk, root, x, y):
        print(f"{x / root.width:.2f} {1 - y / root.height:.2f}", flush=True)
        heard(kiosk, root, x, y)
    Kiosk._on_finger = _on_finger
    return run(given, settings)
program._run = telling
sys.exit(program.main())
"""


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@contextmanager
def touched(folder: Path) -> Iterator[tuple[str, Panel, IO[str]]]:
    """A kiosk on a display with a panel; the display's name, the fingers, and what the kiosk feels of them."""
    box = folder / "box"
    sample_box(box, datetime.now(UTC).astimezone())
    with panel(folder) as (name, fingers):
        command = [sys.executable, "-c", TELLING, "--state", str(box), "--report-start"]
        environment = {key: value for key, value in os.environ.items() if key != "SDL_VIDEODRIVER"}
        with subprocess.Popen(
            command, env=environment | {"DISPLAY": name}, stdout=subprocess.PIPE, text=True
        ) as kiosk:
            assert kiosk.stdout is not None
            kiosk.stdout.readline()
            yield name, fingers, kiosk.stdout
            assert kiosk.poll() is None
            kiosk.kill()


def test_a_tap_is_one_touch_and_other_fingers_are_none(tmp_path: Path) -> None:
    with touched(tmp_path) as (_, fingers, felt):
        fingers.tap(0.5, 0.02)
        heard = [felt.readline()]
        fingers.finger(BEGIN, 0.4, 0.03)
        fingers.finger(BEGIN, 0.2, 0.02, number=2)
        fingers.finger(END, 0.2, 0.02, number=2)
        fingers.finger(END, 0.4, 0.03)
        heard.append(felt.readline())
        fingers.tap(0.6, 0.02)
        heard.append(felt.readline())
    assert heard == ["0.50 0.02\n", "0.40 0.03\n", "0.60 0.02\n"]


def test_a_panel_that_was_pulled_out_works_again_when_it_is_back(tmp_path: Path) -> None:
    """F21. Control: nothing is felt of a finger on the panel while it is out."""
    with touched(tmp_path) as (name, fingers, felt):
        fingers.tap(0.5, 0.02)
        heard = [felt.readline()]
        for place in (0.6, 0.7):
            plug(name, False)
            with suppress(OSError):
                fingers.tap(0.2, 0.02)
            fingers.close()
            plug(name, True)
            fingers.connect()
            fingers.tap(place, 0.02)
            heard.append(felt.readline())
    assert heard == ["0.50 0.02\n", "0.60 0.02\n", "0.70 0.02\n"]
