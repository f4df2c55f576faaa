"""Screens that outlive their kiosk: the next one takes them empty, as the next visitor does. Making them takes long."""

import gc
from typing import Any

from kivy.core.window import Window
from kivy.metrics import Metrics

from screens.shared.modes import Modes
from tests.window.stand import Stand

Look = tuple[float, ...]

_kept: dict[Look, dict[str, Any]] = {}
_new: list[Any] = []


def take(stand: Stand) -> None:
    """Give a kiosk that has only just started the screens of its look; all of them are empty."""
    if _new:
        gc.collect()
        gc.freeze()  # or every collection would look through all of them
        _new.clear()
    screens, drawn = _kept.get(_look(), {}), stand.kiosk._drawn
    for name in screens.keys() - drawn.screens.keys():
        assert screens[name].page == type(screens[name].page)()
        screens[name].bind(on_navigate=stand.kiosk._on_navigate)
        drawn.screens[name] = screens[name]


def leave(stand: Stand) -> None:
    """Take the screens from a kiosk that is about to close, unless a visitor wanted another look."""
    kiosk, screens = stand.kiosk, _kept.setdefault(_look(), {})
    for screen in screens.values():
        screen.unbind(on_navigate=kiosk._on_navigate)
    if kiosk._dressed.same_look(Modes()):
        for name in kiosk._drawn.screens.keys() - screens.keys():
            screens[name] = kiosk._drawn.screens[name]
            screens[name].unbind(on_navigate=kiosk._on_navigate)
            _new.append(name)
    for screen in screens.values():
        if screen.parent:
            screen.parent.remove_widget(screen)
    kiosk._drawn.screens = {name: s for name, s in screens.items() if s.page != type(s.page)()}
    kiosk._drawn.empty()


def _look() -> Look:
    """What decides how large things are that are made now, modes left out."""
    return *Window.size, Metrics.dpi
