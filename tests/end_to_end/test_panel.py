"""Fingers on a real touch panel, as the X server reports them: one tap is one touch, and only one finger counts."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.end_to_end.panel import BEGIN, END, missing, panel
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


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_tap_is_one_touch_and_other_fingers_are_none(tmp_path: Path) -> None:
    box = tmp_path / "box"
    sample_box(box, datetime.now(UTC).astimezone())
    with panel(tmp_path) as (name, fingers):
        command = [sys.executable, "-c", TELLING, "--state", str(box), "--report-start"]
        environment = {key: value for key, value in os.environ.items() if key != "SDL_VIDEODRIVER"}
        with subprocess.Popen(
            command, env=environment | {"DISPLAY": name}, stdout=subprocess.PIPE, text=True
        ) as kiosk:
            assert kiosk.stdout is not None
            kiosk.stdout.readline()
            fingers.tap(0.5, 0.02)
            heard = [kiosk.stdout.readline()]
            fingers.finger(BEGIN, 0.4, 0.03)
            fingers.finger(BEGIN, 0.2, 0.02, number=2)
            fingers.finger(END, 0.2, 0.02, number=2)
            fingers.finger(END, 0.4, 0.03)
            heard.append(kiosk.stdout.readline())
            fingers.tap(0.6, 0.02)
            heard.append(kiosk.stdout.readline())
            kiosk.kill()
    assert heard == ["0.50 0.02\n", "0.40 0.03\n", "0.60 0.02\n"]
