"""How often the live picture is written: a program, run by test_program.py.

Arguments: the box's state folder and the picture. Prints JSON: how many pictures there were after each second of
standing still, then after another page and after the window had another size.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.window import prepare, tame

STILL = 5
"""Seconds; a new window may be drawn again in the first few."""


def main(state: Path, picture: Path) -> None:
    prepare(state, (540, 960))
    from kivy.clock import Clock
    from kivy.core.window import Window

    tame(540, 960, 43)
    from screens.shared.widgets import load_theme

    load_theme()
    from catalog.settings import load
    from kiosk import live
    from kiosk.app import Kiosk
    from kiosk.settings import Settings
    from kiosk.shelf import Shelf

    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    kiosk = Kiosk(load(Settings, "kiosk.toml"), Shelf(state), lambda: now)
    kiosk.navigator.go("home")
    written: list[Path] = []
    save = live.save

    def counting(path: Path) -> None:
        save(path)
        written.append(path)

    def resize() -> None:
        Window.size = (601, 907)

    live.save = counting
    live.SECONDS_PER_PICTURE = 0.1
    live.watch(picture)
    steps = [*(STILL * [lambda: None]), lambda: kiosk.go("home/business"), resize, kiosk.stop]
    counts: list[int] = []

    def step(_seconds: float) -> None:
        counts.append(len(written))
        steps.pop(0)()

    Clock.schedule_interval(step, 1)
    kiosk.run()
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
