"""`python -m kiosk` as a process: how it ends, what it says without a display, and its live picture."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.sample import sample_box

pytestmark = pytest.mark.slow
PATIENCE = 60
DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box's state folder with the demonstration county."""
    state = tmp_path_factory.mktemp("program") / "box"
    sample_box(state, datetime.now(UTC))
    return state


@contextmanager
def running(*arguments: object, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program in an environment without a display but for what is given."""
    command = [sys.executable, "-m", *map(str, arguments)]
    inherited = {name: value for name, value in os.environ.items() if name not in DISPLAY}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=inherited | environment, stdout=pipe, stderr=pipe, text=True
    ) as program:
        try:
            yield program
        finally:
            program.kill()


@contextmanager
def display(*options: str) -> Iterator[str]:
    """A virtual display of 800 x 1280 pixels; its name."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "800x1280x24",
        "-nolisten",
        "tcp",
        *options,
    ]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with open(reading) as pipe:
            yield f":{pipe.readline().strip()}"
        server.terminate()


def wait_until(so: Callable[[], bool]) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height in pixels."""
    with Image.open(picture) as image:
        return image.size


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_a_second(box: Path, number: signal.Signals) -> None:
    arguments = ("kiosk", "--state", box, "--windowed", "540x960", "--report-start")
    with running(*arguments, SDL_VIDEODRIVER="offscreen") as program:
        assert program.stdout is not None
        program.stdout.readline()
        sent = time.monotonic()
        program.send_signal(number)
        _, complaints = program.communicate(timeout=PATIENCE)
        assert time.monotonic() - sent < 1
    assert (program.returncode, complaints) == (0, "")


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4095"}])
def test_without_a_display_it_says_so(box: Path, environment: dict[str, str]) -> None:
    with running("kiosk", "--state", box, **environment) as program:
        _, complaints = program.communicate(timeout=PATIENCE)
    assert program.returncode == 3
    assert complaints.splitlines()[-1].startswith("no window: start a display server")


def test_without_gl_it_says_so(box: Path) -> None:
    with display("-extension", "GLX") as name, running("kiosk", "--state", box, DISPLAY=name) as program:
        _, complaints = program.communicate(timeout=PATIENCE)
    assert program.returncode == 3
    assert "GLX" in complaints


@pytest.mark.parametrize(
    "arguments", [["--windowed", "large"], ["--lang", "fr"], ["--config", "/nowhere.toml"]]
)
def test_wrong_usage_is_2(box: Path, arguments: list[str]) -> None:
    with running("kiosk", "--state", box, *arguments) as program:
        program.communicate(timeout=PATIENCE)
    assert program.returncode == 2


@pytest.mark.parametrize(("options", "size"), [([], (800, 1280)), (["--windowed", "540x960"], (540, 960))])
def test_it_fills_the_display_or_its_window(
    box: Path, tmp_path: Path, options: list[str], size: tuple[int, int]
) -> None:
    picture = tmp_path / "screen.png"
    with (
        display() as name,
        running("kiosk", "--state", box, "--live", picture, *options, DISPLAY=name) as program,
    ):
        wait_until(picture.exists)
        program.terminate()
        program.communicate(timeout=PATIENCE)
    assert size_of(picture) == size
    assert list(tmp_path.iterdir()) == [picture]


def test_a_picture_is_written_when_something_was_drawn(box: Path, tmp_path: Path) -> None:
    picture = tmp_path / "screen.png"
    with display() as name, running("tests.kiosk.still", box, picture, DISPLAY=name) as program:
        said, _ = program.communicate(timeout=PATIENCE)
    *_, still, still_longer, other_page, other_size = json.loads(said)
    assert still >= 1
    assert still == still_longer
    assert other_page > still_longer
    assert other_size > other_page
    assert size_of(picture) == (601, 907)
