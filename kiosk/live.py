"""Watching the kiosk from outside: its picture in a file, and how long it took to start.

A picture is read from the frame that is about to be shown, so it is what visitors see, and takes no other drawing.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.image.img_sdl2 import ImageLoaderSDL2
from kivy.core.window import Window
from kivy.graphics.opengl import GL_PACK_ALIGNMENT, GL_RGB, GL_UNSIGNED_BYTE, glPixelStorei, glReadPixels

from kiosk.app import Kiosk
from kiosk.navigation import HOME
from kiosk.watchdog import VISIT

SECONDS_PER_PICTURE = 1.0
SECONDS_PER_BEAT = 5.0
FRAMES_TO_SETTLE = 12


@dataclass
class _Pictures:
    drawn: bool = True
    wanted: bool = False


def watch(path: Path) -> None:
    """Keep a PNG file of the screen: at most one picture a second, and none while nothing new is drawn."""
    pictures = _Pictures()

    def look(_seconds: float) -> None:
        if pictures.drawn:
            pictures.drawn, pictures.wanted = False, True
            Window.canvas.ask_update()

    def flipping(_window: Any) -> None:
        if pictures.wanted:
            pictures.wanted = False
            save(path)
        else:
            pictures.drawn = True

    Window.bind(on_flip=flipping)
    Clock.schedule_interval(look, SECONDS_PER_PICTURE)


def beat(kiosk: Kiosk, descriptor: int) -> None:
    """Write a byte to `descriptor` when a frame was drawn, and have one drawn now and then. A closed pipe ends us.

    The byte is another one when a visit ended.
    """
    last, visited = [0.0], [False]

    def flipping(_window: Any) -> None:
        ended = visited[0] and not kiosk.visit.started
        visited[0] = kiosk.visit.started
        if ended or time.monotonic() - last[0] >= 1:
            last[0] = time.monotonic()
            os.write(descriptor, VISIT if ended else b".")

    def ask(_seconds: float) -> None:
        Window.canvas.ask_update()

    Window.bind(on_flip=flipping)
    Clock.schedule_interval(ask, SECONDS_PER_BEAT)


def shot(kiosk: Kiosk, routes: Sequence[str], path: Path) -> None:
    """Follow the routes, draw the last one until it has settled and write the picture to `path`."""
    root = kiosk.build()
    Window.add_widget(root)
    for route in routes:
        kiosk.go(route)
    for _ in range(FRAMES_TO_SETTLE):
        EventLoop.idle()

    def write(_window: Any) -> None:
        save(path)

    Window.bind(on_flip=write)
    Window.canvas.ask_update()
    EventLoop.idle()
    Window.unbind(on_flip=write)
    Window.remove_widget(root)


def save(path: Path) -> None:
    """Write the frame that is about to be shown to a PNG file, by rename. Call it from `on_flip` of the window."""
    width, height = Window.system_size
    glPixelStorei(GL_PACK_ALIGNMENT, 1)
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    temporary = path.with_name(f".{path.name}.part")
    ImageLoaderSDL2.save(str(temporary), width, height, "rgb", pixels, True, "png")
    temporary.replace(path)


def report_start(kiosk: Kiosk, report: Callable[[], None]) -> None:
    """Start at home, and call `report` once home has been shown and the next thing is to read touches."""
    kiosk.navigator.go(HOME)

    def flipping(_window: Any) -> None:
        Window.unbind(on_flip=flipping)
        Clock.schedule_once(lambda _seconds: report(), 0)

    Window.bind(on_flip=flipping)


def milliseconds_alive() -> float:
    """Milliseconds since this process began, by the kernel's account, which counts in hundredths of a second."""
    ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")) * 1000
