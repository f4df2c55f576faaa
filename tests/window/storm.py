"""What a kiosk in a hall gets in a year, in minutes: touches anywhere, and every key that there is."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kivy.core.window import Window
from kivy.uix.label import Label

from kiosk.pages.router import VIEWS
from tests.window.stand import Finger, Stand

HOLD = 0.2
"""The share of touches that move before they lift."""
PAUSE = 0.02
"""The share of frames after which a visitor's time passes."""
KEYS = [*range(0x20, 0x7F), 8, 9, 13, 27, 127, *((1 << 30) | code for code in range(512))]
"""SDL's keysyms: the printable ones, the control characters that are keys, and one for each scancode."""
MODIFIERS = [0, 0x1, 0x2, 0x40, 0x80, 0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000]
"""SDL's bits: none, left and right shift, control, alt, the two of the system, num lock, caps lock, mode."""

HELD = 0x40
"""Control."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Of this process: resident bytes, open files, threads.

    Fonts do not count: SDL keeps one open for each of the sizes that were drawn, of which there are only so many.
    """

    memory: int
    files: Counter[str]
    threads: int


def _open_files() -> Iterator[str]:
    for file in Path("/proc/self/fd").iterdir():
        name = os.path.realpath(file)
        if "/assets/" not in name and (not name.startswith("/proc/") or "pipe" in name or "socket" in name):
            yield name.rpartition("/")[2].split(":")[0]


def resident() -> int:
    """The resident memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def weight(stand: Stand) -> Weight:
    """The weight when the visitor has gone and the kiosk has forgotten what was shown."""
    stand.go("do/skip")
    stand.until(lambda: not stand.kiosk._forget.is_triggered)
    return Weight(
        resident(),
        Counter(_open_files()),
        len(os.listdir("/proc/self/task")),
    )


def touches(stand: Stand, count: int, chance: random.Random) -> Iterator[int]:
    """Touch anywhere, half of the time something that can be touched, up to ten times a frame; visitors come and go."""
    done = 0
    while done < count:
        targets = stand.targets()
        for _ in range(min(chance.randint(1, 10), count - done)):
            done += 1
            if targets and chance.random() < 0.5:
                finger = stand.finger(chance.choice(targets))
            else:
                finger = Finger(chance.uniform(0, Window.width - 1), chance.uniform(0, Window.height - 1))
            finger.down()
            if chance.random() < HOLD:
                finger.slide(chance.uniform(-300, 300), chance.uniform(-300, 300))
            finger.up()
        stand.settle(1)
        if chance.random() < PAUSE:
            stand.elapse(chance.choice([1, 15, 61, 90, 300]))
        yield done


def changes(stand: Stand, routes: list[str], count: int, chance: random.Random) -> Iterator[int]:
    """Go from screen to screen, as fast as they are drawn."""
    for number in range(count):
        stand.kiosk.go(chance.choice(routes))
        stand.settle(1)
        yield number + 1


def unknown(stand: Stand) -> str:
    """What is on the window that should not be there; nothing when all is well."""
    name = stand.route.split("/")[0]
    if name not in VIEWS:
        return f"route {stand.route}"
    if Window.children != [stand.root]:
        return f"{Window.children} on the window"
    shown = stand.kiosk._frame.ids.middle.children
    home = type(shown[0]).__module__.split(".") if len(shown) == 1 else []
    return "" if home[:1] == ["screens"] else f"{shown} in the frame"


class Keyboard:
    """Stands between SDL and Kivy's loop: what is typed here, Kivy takes for what SDL reported."""

    def __init__(self) -> None:
        self._real = Window._win
        self._events: list[tuple[Any, ...]] = []
        Window._win = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def poll(self) -> Any:
        """The next event, False when there is none."""
        return self._events.pop(0) if self._events else False

    def happen(self, *events: tuple[Any, ...]) -> None:
        """Let Kivy's loop handle these events of SDL's."""
        self._events += events
        Window.mainloop()

    def chord(self, key: int, modifiers: int) -> None:
        """Press and release a key with modifiers held, with the text that it types."""
        text = chr(key) if 0x20 <= key < 0x7F else ""
        scancode = key & 511
        self.happen(("keydown", modifiers, key, scancode, text), ("textinput", text or "?"))
        self.happen(("keyup", modifiers, key, scancode, text))

    def remove(self) -> None:
        """Give SDL its place back."""
        Window._win = self._real


def labels(stand: Stand) -> list[str]:
    """What can be read, to compare."""
    return [widget.text for widget in stand.widgets() if isinstance(widget, Label)]


def flat(before: Weight, after: Weight, changes: int, each: int) -> str:
    """What grew by more than `each` bytes a change; nothing when all is flat."""
    grown = (after.memory - before.memory) / changes
    if grown > each:
        return f"{grown:.0f} bytes a change"
    if opened := after.files - before.files:
        return f"open: {', '.join(opened.elements())}"
    if after.threads > before.threads:
        return f"{after.threads - before.threads} threads"
    return ""
