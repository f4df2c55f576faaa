"""The kiosk with a long policy: opens it and scrolls through it, and says how long that took.

    python -m bench.read STATE OPENINGS FRAMES STEP

Prints one line of JSON: `open` and `frame`, both in seconds. An opening counts from the touch to the end of the first
frame that shows the text, a frame from one to the next while every one scrolls by STEP pixels.
"""

import json
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from catalog.settings import load
from kiosk.settings import Settings
from kiosk.window import prepare, tame


def main() -> None:
    """Ends by itself."""
    state = Path(sys.argv[1])
    openings, frames, step = (int(word) for word in sys.argv[2:])
    settings = load(Settings, "kiosk.toml", None)
    prepare(state, None)
    from kivy.clock import Clock
    from kivy.core.window import Window

    width, height = Window.size
    tame(width, height, settings.panel_diagonal_inch)
    from screens.shared.widgets import load_theme

    load_theme()
    from kiosk.app import Kiosk
    from kiosk.shelf import Shelf

    kiosk = Kiosk(settings, Shelf(state))
    kiosk.navigator.go("home")
    taken: dict[str, list[float]] = {"open": [], "frame": []}
    steps = _steps(kiosk, taken, (openings, frames, step))

    def flipped(_window: Any) -> None:
        Clock.schedule_once(lambda _seconds: next(steps, None) or Window.canvas.ask_update(), 0)

    Window.bind(on_flip=flipped)
    kiosk.run()
    print(json.dumps(taken), flush=True)


def _steps(
    kiosk: Any, taken: dict[str, list[float]], counts: tuple[int, int, int]
) -> Generator[None, None, None]:
    """Goes on once after every frame."""
    from screens.shared.rows import Rows

    openings, frames, step = counts
    for _ in range(openings):
        kiosk.go("policy/short")
        yield from (None for _ in range(5))
        began = time.perf_counter()
        kiosk.go("policy/long")
        yield
        taken["open"].append(time.perf_counter() - began)
    column = next(w for w in kiosk.root.walk(restrict=True) if isinstance(w, Rows))
    assert column.ids.inside.children
    view = column.ids.view
    share = step / (column.ids.inside.height - view.height)
    for _ in range(frames):
        before = time.perf_counter()
        view.scroll_y -= share
        yield
        taken["frame"].append(time.perf_counter() - before)
    kiosk.stop()


if __name__ == "__main__":
    main()
