"""A year in a hall: screen changes and random touches. Nothing may fail, nothing may grow.

The kiosk draws off screen at 1080 x 1920 with the demonstration county. The first half of each storm is its warm-up:
screens are made when first shown, fonts and texts are kept, and the heap takes its form. Memory is resident memory.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CHANGES, TOUCHES = 20_000, 200_000
BYTES_A_CHANGE = 50


def main() -> int:
    """Returns 1 when something grew; ends with an exception when something failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--changes", type=int, default=CHANGES, help="0 for none")
    parser.add_argument("--touches", type=int, default=TOUCHES, help="0 for none")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.window import prepare

    with TemporaryDirectory() as folder:
        prepare(Path(folder) / "window", (1080, 1920))
        return _soak(Path(folder) / "box", options.changes, options.touches, random.Random(options.seed))


def _soak(state: Path, count: int, touched: int, chance: random.Random) -> int:
    from kiosk.forgetting import collect_between_visits
    from screens.shared.widgets import load_theme
    from tests.kiosk.routes import every_route
    from tests.sample import sample_box
    from tests.window.stand import Stand
    from tests.window.storm import changes, touches

    load_theme()
    collect_between_visits()
    sample_box(state, datetime.now(UTC).astimezone())
    stand = Stand(state, (1080, 1920), 43, "zh")
    routes = every_route(stand.catalogue)
    for route in routes:
        stand.kiosk.go(route)
        stand.settle(1)
    stand.elapse(3600)
    storms = [
        ("screen changes", changes(stand, routes, count, chance), count),
        ("touches", touches(stand, touched, chance), touched),
    ]
    grown = [_storm(stand, name, steps, wanted) for name, steps, wanted in storms if wanted]
    return int(any(grown))


def _storm(stand: Any, name: str, steps: Iterator[int], count: int) -> str:
    """Let it happen; the first half is the warm-up. Says what grew."""
    from tests.window.storm import flat, resident, unknown, weight

    began, first, warm, told = time.monotonic(), count // 2, None, 0
    for done in steps:
        fault = unknown(stand)
        if fault:
            raise AssertionError(f"after {done} {name}: {fault}")
        if done >= told:
            print(
                f"  {done:,} {name}, {time.monotonic() - began:.0f} s, {resident() / 1e6:,.1f} MB", flush=True
            )
            told += count // 20
        if warm is None and done >= first:
            warm, first = weight(stand), done
    assert warm is not None
    after = weight(stand)
    grown = flat(warm, after, done - first, BYTES_A_CHANGE)
    each = (after.memory - warm.memory) / (done - first)
    print(
        f"{done:,} {name} in {time.monotonic() - began:.0f} s: no exception, no unknown screen; "
        f"{each:+.0f} bytes a change (limit {BYTES_A_CHANGE}), "
        f"{after.files.total() - warm.files.total():+} open files, {after.threads - warm.threads:+} threads"
    )
    return grown


if __name__ == "__main__":
    sys.exit(main())
