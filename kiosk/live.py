"""Watching the kiosk from outside: its picture in a file, and how long it took to start."""

import time
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.navigation import HOME

SECONDS_PER_PICTURE = 1.0


def watch(path: Path) -> None:
    """Write the screen to `path` about once a second, whenever it was drawn anew."""
    drawn = [True]

    def note(*_: Any) -> None:
        drawn[0] = True

    def write(_seconds: float) -> None:
        from kiosk.app import save

        if drawn[0] and Window.children:
            save(path)
            drawn[0] = False

    Window.bind(on_flip=note)
    Clock.schedule_interval(write, SECONDS_PER_PICTURE)


def report_start(kiosk: Any, process_start: float) -> None:
    """Go home at once; when home is drawn, print the milliseconds since the process began, and end."""
    frames = [0]

    def begin(_seconds: float) -> None:
        kiosk.go(HOME)
        Window.bind(on_flip=flipped)

    def flipped(*_: Any) -> None:
        frames[0] += 1
        if frames[0] == 2:
            print(f"{(time.time() - process_start) * 1000:.0f}", flush=True)
            kiosk.stop()

    Clock.schedule_once(begin, 0)
