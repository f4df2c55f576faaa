"""One window without a display, made when the first test asks for it, in a fresh environment."""

import gc
import logging
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.kiosk.cups import PRINTER, Cups

if TYPE_CHECKING:
    from tests.window.stand import Stand

STANDS = Callable[..., "Stand"]
COUNT, TOGETHER, SELDOM = count(1), 6, 10_000
"""So many kiosks are collected together."""


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Kivy, set up as the kiosk does it."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window import prepare

    prepare(tmp_path_factory.mktemp("window"), (1080, 1920))
    from screens.shared.widgets import load_theme

    load_theme()
    from kiosk.forgetting import YOUNG, YOUNGER, collect_between_visits

    collect_between_visits()
    gc.set_threshold(YOUNG, YOUNGER, SELDOM)


@pytest.fixture(autouse=True)
def forgetting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kiosks do not look through all their memory when a visitor goes, but in tests with this mark."""
    if request.node.get_closest_marker("forgetting") is None:
        monkeypatch.setattr("kiosk.app.overwrite_free_memory", lambda _seconds: None)


class Restless(logging.Handler):
    """Notes layouts that did not come to rest: Kivy says so and draws what it has, at every frame again."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what Kivy's clock says."""
        if "too much iteration" in record.getMessage():
            self.said.append(record.getMessage())


@pytest.fixture(autouse=True)
def restless() -> Iterator[Restless]:
    """Every layout comes to rest within a frame."""
    handler, kivy = Restless(), logging.getLogger("kivy")
    kivy.addHandler(handler)
    yield handler
    kivy.removeHandler(handler)
    assert not handler.said


def close(stand: "Stand") -> None:
    """Take the kiosk off the window, and its widgets out of memory some time soon."""
    stand.close()
    if next(COUNT) % TOGETHER == 0:
        gc.collect()


@pytest.fixture
def stands(window: None, sample_file: Path, tmp_path: Path) -> Iterator[STANDS]:
    """Makes kiosks, one at a time, in a state folder with the demonstration county's edition."""
    from tests.window.stand import Stand, deliver

    deliver(tmp_path, sample_file, 1)
    made: list[Stand] = []

    def stand(
        size: tuple[int, int] = (1080, 1920),
        inches: float = 43,
        language: str = "zh",
        state: Path = tmp_path,
    ) -> Stand:
        while made:
            close(made.pop())
        made.append(Stand(state, size, inches, language))
        return made[-1]

    yield stand
    while made:
        close(made.pop())


@pytest.fixture
def stand(stands: STANDS) -> "Stand":
    """The kiosk on the panel that the design was drawn for."""
    return stands()


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    found = Cups(tmp_path / "cups")
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    return found


@pytest.fixture
def printing(window: None, stands: STANDS, cups: Cups, monkeypatch: pytest.MonkeyPatch) -> "Stand":
    """A kiosk with a printer that is ready."""
    from tests.window import stand

    monkeypatch.setattr(stand, "SETTINGS", msgspec.structs.replace(stand.SETTINGS, printer=PRINTER))
    monkeypatch.setattr(
        "kiosk.printing.pwd.getpwuid", lambda _: msgspec.defstruct("User", [("pw_name", str)])("kiosk")
    )
    made = stands()
    made.until(lambda: made.kiosk.visit.printing.stage == "ready", 10)
    return made
