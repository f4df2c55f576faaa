"""A kiosk as a process of its own, driven through its standard input: `python -m tests.window.driven STATE`.

Each line is a route to touch, `go` and a route, or `rest`, and is answered by a line when that is done. Nothing that
a visitor types comes here whole, or it would stay in this process for another reason: the pad is touched key by key.
"""

import sys
import time
from pathlib import Path

from kiosk.window import prepare

SIZE = (540, 960)
INCHES = 43.0
REST = 1.0
"""Seconds of frames, drawn as on a real screen."""


def main(state: Path) -> None:
    """Drive until the input ends."""
    prepare(state, SIZE)
    from kivy.base import EventLoop

    from screens.shared.widgets import load_theme

    load_theme()
    from tests.window.stand import Stand

    stand = Stand(state, SIZE, INCHES, "zh")
    _say("ready")
    for line in sys.stdin:
        route = line.strip()
        if route == "rest":
            end = time.monotonic() + REST
            while time.monotonic() < end:
                EventLoop.idle()
        elif route.startswith("go "):
            stand.go(route[3:])
        else:
            stand.tap(route)
        _say("done")
    _say("a clipboard" if "kivy.core.clipboard" in sys.modules else "no clipboard")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
