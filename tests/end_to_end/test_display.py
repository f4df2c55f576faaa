"""The kiosk on a bare X server, without a window manager."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.screen import SIZE, Screen, display
from tests.sample import sample_box

PATIENCE = 30.0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Screen, dict[str, list[int]]]]:
    """The display, and where the targets of home are."""
    sample_box(tmp_path, datetime.now(UTC).astimezone())
    with display() as environment:
        screen = Screen(environment["DISPLAY"])
        command = [sys.executable, "-m", "bench.touched", str(tmp_path), "home"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert process.stdout is not None
        try:
            yield screen, json.loads(process.stdout.readline())
        finally:
            process.kill()
            process.communicate()
            screen.close()


def test_it_covers_the_display_and_answers_where_it_was_touched(
    home: tuple[Screen, dict[str, list[int]]],
) -> None:
    screen, targets = home
    width, height = SIZE
    end = time.monotonic() + PATIENCE
    for corner in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        while screen.pixels(*corner)[:3] == bytes(3):
            assert time.monotonic() < end, f"nobody drew at {corner}"
    screen.rest()
    x, y = targets["stage/education"]
    left, right = 60, width - 120
    before = screen.pixels(left, y + 40, right, 1)
    screen.move(x, y)
    screen.press(1, down=True)
    screen.changed(before, left, y + 40, right, 1, PATIENCE)
    screen.rest()
    after = screen.pixels(left, y + 40, right, 1)
    different = [n // 4 for n in range(0, len(before), 4) if before[n : n + 4] != after[n : n + 4]]
    assert different
    assert left + different[0] > width // 2, "a tile beside it changed, too"
