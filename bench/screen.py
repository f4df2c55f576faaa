"""A virtual display with a finger on it and an eye on its pixels."""

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = (1080, 1920)
Z_PIXMAP, ALL_PLANES = 2, ctypes.c_ulong(-1)
ELSEWHERE = {"SDL_VIDEODRIVER", "WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE"}


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
    )


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """A display of 1080 x 1920; the environment that leads to it. Python may write compiled files in it.

    What has a program draw anywhere else is left out.
    """
    reading, writing = os.pipe()
    width, height = SIZE
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with open(reading) as pipe:
            number = pipe.readline().strip()
        environment = os.environ | {"DISPLAY": f":{number}"}
        yield {key: value for key, value in environment.items() if key not in ELSEWHERE}
    finally:
        server.terminate()
        server.wait()


class Screen:
    """The display `name`, such as `:1`, through Xlib and XTEST. Positions are pixels from the top left."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def close(self) -> None:
        """Leave the display."""
        self._x.XCloseDisplay(self._display)

    def move(self, x: int, y: int) -> None:
        """Put the pointer somewhere."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XFlush(self._display)

    def press(self, button: int, down: bool) -> None:
        """Press or release a button of the pointer: 1 is the finger, 4 and 5 turn the wheel."""
        self._test.XTestFakeButtonEvent(self._display, button, down, 0)
        self._x.XFlush(self._display)

    def pixels(self, x: int, y: int, width: int = 1, height: int = 1) -> bytes:
        """What is shown there, four bytes a pixel."""
        image = self._x.XGetImage(self._display, self._root, x, y, width, height, ALL_PLANES, Z_PIXMAP)
        data = ctypes.string_at(image.contents.data, 4 * width * height)
        self._x.XFree(ctypes.c_void_p(image.contents.data))
        self._x.XFree(image)
        return data

    def changed(self, before: bytes, x: int, y: int, width: int, height: int, patience: float) -> float:
        """Seconds until the pixels there are no longer `before`. Raises TimeoutError after `patience`."""
        began = time.perf_counter()
        while self.pixels(x, y, width, height) == before:
            if time.perf_counter() - began > patience:
                raise TimeoutError(f"nothing changed at {x}, {y}")
            time.sleep(0.0005)  # looking all the time would take a processor from whoever draws
        return time.perf_counter() - began

    def rest(self, still: float = 0.4, patience: float = 20) -> None:
        """Wait until two columns of the screen have been the same for `still` seconds."""
        end, since, last = time.monotonic() + patience, time.monotonic(), b""
        while time.monotonic() - since < still:
            now = b"".join(self.pixels(x, 0, 1, SIZE[1]) for x in (SIZE[0] * 3 // 8, SIZE[0] * 3 // 4))
            if now != last:
                since, last = time.monotonic(), now
            if time.monotonic() > end:
                raise TimeoutError("the screen does not come to rest")
            time.sleep(0.02)
