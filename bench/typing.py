"""Frames and time from a key of the search pad to the changed list, for every key of the demonstration queries.

The kiosk draws off screen at 1080 x 1920. A key counts from its event until no text and no row waits to be drawn any
more; processor time is that of the program in those frames, with what it lets its software GL draw.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.search import read_queries

FRAMES = 2
EVERY = 8
"""Of the queries that a pad can type, one in so many."""


def main() -> int:
    """Prints the table. Returns 1 when a key took more than two frames."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window import prepare

    with TemporaryDirectory() as folder:
        prepare(Path(folder) / "window", (1080, 1920))
        taken = list(_typed(Path(folder) / "box"))
    frames, seconds = zip(*taken, strict=True)
    print(f"{len(taken)} keys: {max(frames)} frames at most, limit {FRAMES}")
    print(f"processor time {_share(seconds, 0.5):.0f} ms median, {_share(seconds, 0.95):.0f} ms p95")
    return int(max(frames) > FRAMES)


def _typed(state: Path) -> Iterator[tuple[int, float]]:
    """Frames and seconds of each key."""
    from screens.shared.widgets import load_theme
    from tests.sample import sample_box
    from tests.window.stand import Stand

    load_theme()
    sample_box(state, datetime.now(UTC).astimezone())
    stand = Stand(state, (1080, 1920), 43, "zh")
    stand.go("search")
    queries = [query.text for query in read_queries() if query.text.isascii() and query.text.islower()]
    for query in queries[::EVERY]:
        stand.go("do/clear")
        for letter in query:
            yield _key(stand, f"do/key/{letter}")
    stand.close()


def _key(stand: Any, route: str) -> tuple[int, float]:
    from kivy.base import EventLoop
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

    from tests.window.drawn import is_drawn

    def rest() -> None:
        """Wait until what was to be drawn is drawn."""
        glReadPixels(0, 0, 1, 1, GL_RGB, GL_UNSIGNED_BYTE)

    rest()
    began, frames = time.process_time(), 0
    stand.kiosk.go(route)
    while not is_drawn(stand):
        EventLoop.idle()
        frames += 1
    rest()
    return frames, time.process_time() - began


def _share(seconds: Sequence[float], share: float) -> float:
    """The value in milliseconds that so large a share does not exceed."""
    return 1000 * sorted(seconds)[int(share * (len(seconds) - 1))]


if __name__ == "__main__":
    sys.exit(main())
