"""Draws screens in each mode onto one picture: python -m tools.contact_sheet STATE FOLDER

A row is a mode, a column is a screen. Kept apart from `tools.pictures`, since a process has one window.
"""

import os
import sys
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from catalog.settings import load
from kiosk.settings import Settings

SIZE, INCHES = (1080, 1920), 43.0
SMALL = (180, 320)
GAP = 8
MODES: tuple[tuple[str, ...], ...] = (
    (),
    ("large",),
    ("contrast",),
    ("low-reach",),
    ("large", "contrast", "low-reach"),
)
ROUTES = (
    "home",
    "accessibility",
    "stage/birth",
    "event/having-a-baby",
    "service/birth-registration",
    "handoff/service/birth-registration",
    "search",
    "basket",
    "map",
    "disclosure",
    "participation",
    "request-guide",
    "rating",
    "survey/hall-satisfaction",
    "guide",
    "bulletin/emg-cold-20261121",
)


def main() -> None:
    """`STATE` is a box as `tools.pictures` makes it."""
    state, folder = Path(sys.argv[1]), Path(sys.argv[2])
    from kiosk.window import prepare, tame

    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    prepare(state, SIZE)
    tame(*SIZE, INCHES)
    from screens.shared.widgets import load_theme

    load_theme()
    width, height = SMALL[0] + GAP, SMALL[1] + GAP
    sheet = Image.new("RGB", (width * len(ROUTES) + GAP, height * len(MODES) + GAP), "white")
    for row, modes in enumerate(MODES):
        for column, route in enumerate(ROUTES):
            sheet.paste(_drawn(state, modes, route), (GAP + column * width, GAP + row * height))
    sheet.save(folder / "modes.png")


def _drawn(state: Path, modes: tuple[str, ...], route: str) -> Any:
    from kiosk.app import Kiosk
    from kiosk.live import shot
    from kiosk.shelf import Shelf
    from tools.pictures import NOW

    kiosk = Kiosk(load(Settings, "kiosk.toml"), Shelf(state), lambda: NOW.astimezone(UTC), lambda: 0.0)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "screen.png"
        shot(kiosk, ("home", *(f"do/mode/{mode}" for mode in modes), route), path)
        with Image.open(path) as picture:
            return picture.convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
