"""What the kiosk has shown when it says that home can be touched: a program, run by test_start.py.

Arguments: the box's state folder and a folder for pictures. Prints JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.window import prepare, tame

SIZE = (1080, 1920)
LAST = 40
"""The frame after which the program ends: whatever was touched looks at rest again, however slow frames are."""


def main(state: Path, pictures: Path) -> None:
    prepare(state, SIZE)
    from kivy.base import EventLoop
    from kivy.clock import Clock
    from kivy.core.window import Window
    from kivy.tests.common import UTMotionEvent

    tame(*SIZE, 43)
    from screens.shared.widgets import Target, load_theme

    load_theme()
    from catalog.settings import load
    from kiosk import live
    from kiosk.app import Kiosk
    from kiosk.settings import Settings
    from kiosk.shelf import Shelf

    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    kiosk = Kiosk(load(Settings, "kiosk.toml"), Shelf(state), lambda: now)
    found: dict[str, Any] = {"frames": 0}

    def flipping(_window: Any) -> None:
        found["frames"] += 1
        if found["frames"] == 1:
            live.save(pictures / "first.png")
        elif kiosk.navigator.route == "home":
            live.save(pictures / "later.png")
        if found["frames"] == LAST:
            kiosk.stop()

    def report() -> None:
        found["frames_then"] = found["frames"]
        widgets = list(Window.children[-1].walk())
        found["classes"] = sorted({base.__name__ for w in widgets for base in type(w).__mro__})
        tiles = [w for w in widgets if isinstance(w, Target) and w.route.startswith("stage/")]
        found["tiles"] = [tile.route for tile in tiles]
        x, y = tiles[0].to_window(*tiles[0].center)
        touch = UTMotionEvent("finger", 1, {"x": x / SIZE[0], "y": y / SIZE[1]}, is_touch=True)
        EventLoop.post_dispatch_input("begin", touch)
        EventLoop.post_dispatch_input("end", touch)
        found["touched"] = kiosk.navigator.route
        kiosk.go("do/erase")
        kiosk.go("home")
        Clock.schedule_interval(lambda _: Window.canvas.ask_update(), 0)

    Window.bind(on_flip=flipping)
    live.report_start(kiosk, report)
    kiosk.run()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
