"""The window. `prepare` must run before anything else of Kivy is imported, because importing its window makes one."""

import ctypes
import importlib
import os
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

ENVIRONMENT = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_ENV_CONFIG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_WINDOW": "sdl2",
    "KIVY_TEXT": "sdl2",
    "KIVY_IMAGE": "sdl2",
    "KIVY_GL_BACKEND": "sdl2",
    "SDL_TOUCH_MOUSE_EVENTS": "1",  # on Linux Kivy drops SDL's fingers; SDL makes a mouse of the first one
    "SDL_MOUSE_TOUCH_EVENTS": "0",
}
UNUSED_INPUT = ("tuio", "probesysfs", "mtdev", "hidinput", "linuxwacom", "leapfinger")
"""Kivy imports them all, and mtdev logs an error where its library is missing; SDL reports touches, as a mouse."""

DISPLAYS = "x11,wayland,kmsdrm"
"""SDL's drivers that people can see; left to choose, it would go on without a display and show nobody anything."""

OPTIONS = {
    ("graphics", "multisamples"): "0",
    ("graphics", "maxfps"): "250",
    ("graphics", "allow_screensaver"): "0",
    ("graphics", "show_cursor"): "0",
    ("graphics", "resizable"): "0",
    ("kivy", "exit_on_escape"): "0",
    ("kivy", "keyboard_mode"): "dock",
    ("kivy", "desktop"): "0",
    ("kivy", "log_level"): "warning",
    ("kivy", "window_icon"): "",
}


def prepare(state: Path, size: tuple[int, int] | None) -> None:
    """Set Kivy up for a public screen: fullscreen, or a window of `size` pixels. Kivy's files go below `state`."""
    home = state / "kivy"
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(ENVIRONMENT, KIVY_HOME=str(home))
    os.environ.setdefault("SDL_VIDEODRIVER", DISPLAYS)
    for name in UNUSED_INPUT:
        sys.modules[f"kivy.input.providers.{name}"] = ModuleType(name)
    from kivy.config import Config

    for (section, option), value in OPTIONS.items():
        Config.set(section, option, value)
    for provider, _ in Config.items("input"):
        Config.remove_option("input", provider)
    Config.set("input", "touch", "mouse,disable_multitouch")
    if size is None:
        Config.set("graphics", "borderless", "1")
        size = _x_display()
        Config.set("graphics", "fullscreen", "0" if size else "auto")
        for option, value in {"position": "custom", "left": "0", "top": "0"}.items():
            Config.set("graphics", option, value)
    if size is not None:
        Config.set("graphics", "width", str(size[0]))
        Config.set("graphics", "height", str(size[1]))
    _style()


def _x_display() -> tuple[int, int] | None:
    """Width and height of the X display in pixels, or None without one.

    SDL's full screen is a wish to the window manager; where none runs, as on a bare X server, nobody hears it, and
    the window would stay small in the middle. A window as large as the display needs nobody.
    """
    if not os.environ.get("DISPLAY") or "x11" not in os.environ["SDL_VIDEODRIVER"]:
        return None
    try:
        xlib = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    opened = ctypes.c_void_p(xlib.XOpenDisplay(None))
    if not opened:
        return None
    size = xlib.XDisplayWidth(opened, 0), xlib.XDisplayHeight(opened, 0)
    xlib.XCloseDisplay(opened)
    return size


def _style() -> None:
    """Have Kivy read our few rules where it reads its own, which it does while `kivy.lang` is imported."""
    import kivy

    kivys, kivy.kivy_data_dir = kivy.kivy_data_dir, str(files("screens.shared"))
    importlib.import_module("kivy.lang")
    kivy.kivy_data_dir = kivys


def tame(width: int, height: int, diagonal_inch: float) -> None:
    """Take the way out away from the keyboard, and tell Kivy how large a millimetre and a unit are."""
    from kivy.core.window import Window
    from kivy.metrics import Metrics

    from screens.shared.scale import scale_of

    scale = scale_of(width, height, diagonal_inch)
    Metrics.dpi = scale.dpi
    Metrics.density = scale.unit
    Window.clearcolor = (0.945, 0.961, 0.98, 1)
    Window.bind(on_keyboard=_swallow, on_request_close=_swallow)


def _swallow(*_: object, **__: object) -> bool:
    return True
