"""How this kiosk is, for whoever looks after it: `vitals.json`, written twice a minute, never by a visit's acts.

Nothing in it leads to a person: whether somebody is there now, and of errors where they happened and of which type,
not what they said.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from catalog.fleet import Part, Vitals, vitals_path
from catalog.text import encode

SECONDS = 30.0
FRAMES = 240
"""Frames that the frame time is taken from."""
ERRORS = 5
PATIENCE = 2
"""Looks, half a minute apart, at which a touch panel is not there."""
DIRECT = 1 << 1


class Errors(logging.Handler):
    """Keeps the last warnings, without their words."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last: deque[str] = deque(maxlen=ERRORS)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep where it happened and of which type it is."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        self.last.append(f"{record.levelname} {record.name} {kind}".strip()[:300])


class Panel:
    """Whether the touch panel is there: one that was, and is missing at two looks in a row, fails."""

    def __init__(self, sysfs: Path) -> None:
        self._sysfs, self._was, self._missing = sysfs, False, 0

    def look(self, touched: bool) -> Part:
        """Look for it below `sysfs`; `touched` says that the screen was touched since the start."""
        there = any(_is_panel(path) for path in self._sysfs.glob("class/input/input*/properties"))
        self._was |= there
        self._missing = 0 if there else self._missing + 1
        if self._was and self._missing >= PATIENCE:
            return "failing"
        return "ok" if there or touched else ""


def _is_panel(properties: Path) -> bool:
    """Whether an input device is touched where it shows something: INPUT_PROP_DIRECT of linux/input-event-codes.h."""
    try:
        return bool(int(properties.read_text().split()[-1], 16) & DIRECT)
    except (OSError, ValueError, IndexError):
        return False


def percentile(times: Iterable[float]) -> float:
    """The 95th percentile in milliseconds, of seconds; 0 of none."""
    ordered = sorted(times)
    return round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1) if ordered else 0.0


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def write(state: Path, vitals: Vitals) -> None:
    """Put the file; a disk that cannot take it, or a power cut, costs one of many."""
    path = vitals_path(state)
    draft = path.with_name(path.name + ".new")
    try:
        draft.write_bytes(encode(vitals))
        draft.replace(path)
    except OSError:
        return


def keep(
    kiosk: Any, state: Path, digest: Callable[[], str], clock: Callable[[], datetime], errors: Errors
) -> None:
    """From now on write how `kiosk` is; `digest` is that of the edition on the screen."""
    from kivy.clock import Clock
    from kivy.core.window import Window

    frames: deque[float] = deque(maxlen=FRAMES)
    began, started, touched, panel = [0.0], clock(), [False], Panel(Path("/sys"))

    def drawing(_window: Any) -> None:
        began[0] = time.perf_counter()

    def flipping(_window: Any) -> None:
        frames.append(time.perf_counter() - began[0])

    def touching(*_touch: Any) -> None:
        touched[0] = True

    def tell(_seconds: float) -> None:
        vitals = Vitals(
            at=clock(),
            started=started,
            digest=digest(),
            frame=percentile(frames),
            memory=resident(),
            touch=panel.look(touched[0]),
            printer=part(kiosk.visit.printing.stage),
            visited=kiosk.visit.started,
            errors=tuple(errors.last),
        )
        write(state, vitals)

    Window.bind(on_draw=drawing, on_flip=flipping, on_touch_down=touching)
    Clock.schedule_interval(tell, SECONDS)
    Clock.schedule_once(tell, 1)


def part(stage: str) -> Part:
    """The printer's part of what is shown while printing."""
    return {"absent": "absent", "failed": "failing"}.get(stage, "ok")  # type: ignore[return-value]
