"""Real key presses and touches for X servers: what a person at a keyboard or a panel does."""

import ctypes
from collections.abc import Sequence
from ctypes.util import find_library
from types import TracebackType
from typing import Self


class Fingers:
    """Types on a display by its XTEST extension."""

    def __init__(self, display: str) -> None:
        self._x11 = ctypes.CDLL(find_library("X11"))
        self._xtst = ctypes.CDLL(find_library("Xtst"))
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))
        assert self._display.value, f"no display {display}"

    def codes(self) -> range:
        """All key codes that the server has."""
        low, high = ctypes.c_int(), ctypes.c_int()
        self._x11.XDisplayKeycodes(self._display, ctypes.byref(low), ctypes.byref(high))
        return range(low.value, high.value + 1)

    def chord(self, codes: Sequence[int]) -> None:
        """Press keys one after the other, and release them the other way round."""
        for code in codes:
            self._xtst.XTestFakeKeyEvent(self._display, code, True, 0)
        for code in reversed(codes):
            self._xtst.XTestFakeKeyEvent(self._display, code, False, 0)

    def done(self) -> None:
        """Wait until the server has dealt with all of it."""
        self._x11.XSync(self._display, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x11.XCloseDisplay(self._display)
