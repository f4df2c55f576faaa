"""The kiosk on a bare X server, without a window manager."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.screen import SIZE, Screen, display
from catalog.records import PublicService
from tests.sample import sample_box, sample_records

PATIENCE = 30.0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Screen, dict[str, list[int]]]]:
    """The display, and where the targets of home are."""
    with kiosk_at("home", tmp_path) as shown:
        yield shown


@contextmanager
def kiosk_at(route: str, state: Path) -> Iterator[tuple[Screen, dict[str, list[int]]]]:
    """The display of a kiosk at `route`, and where its targets are."""
    sample_box(state, datetime.now(UTC).astimezone())
    with display() as environment:
        screen = Screen(environment["DISPLAY"])
        command = [sys.executable, "-m", "bench.touched", str(state), route]
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


def test_a_finger_sees_at_once_what_stays(tmp_path: Path) -> None:
    """What is drawn alone while a finger scrolls is what the whole frame shows that follows."""
    stages = [stage for r in sample_records() if isinstance(r, PublicService) for stage in r.life_stages]
    with kiosk_at(f"stage/{max(stages, key=stages.count)}", tmp_path) as (screen, _):
        screen.rest()
        x, y, column = 600, 1400, (300, 400, 40, 1000)
        screen.move(x, y)
        screen.press(1, down=True)
        for y in range(1360, 1240, -40):
            screen.move(x, y)
        for y in range(1240, 1040, -40):
            screen.rest()
            before = screen.pixels(*column)
            screen.move(x, y)
            screen.changed(before, *column, PATIENCE)
            screen.rest(still=0.03)
            at_once = screen.pixels(*column)
            screen.rest()
            stays = screen.pixels(*column) == at_once
            assert stays, f"at {y}"
        screen.press(1, down=False)
