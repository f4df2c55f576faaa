"""Drawing only what a finger moves or presses, where a whole frame would keep it waiting.

Where a processor draws the picture, a frame costs several times what one button or one list costs. So a frame in
which a finger pressed something or scrolled draws only that, over the last frame; a whole frame follows when the
finger is at rest, or after some seconds. This needs the last frame to be still there, which holds for Mesa's software
drawing on X and is not promised elsewhere: there every frame is whole, since a graphics card draws one in the time.
"""

from functools import cache
from math import ceil, floor
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.core.window.window_info import WindowInfoX11
from kivy.graphics import ClearBuffers, ClearColor, ScissorPop, ScissorPush
from kivy.graphics.opengl import GL_RENDERER, glGetString

SOFTWARE = ("llvmpipe", "softpipe", "swrast")
REST = 0.1
"""Seconds without a part before a whole frame follows."""
LONGEST = 5.0
"""Seconds after which it comes in any case, for the clock and the like; what comes and goes asks for a whole one."""


@cache
def keeps_last_frame() -> bool:
    """Whether what was shown last is what is drawn on next."""
    renderer = glGetString(GL_RENDERER).decode(errors="replace").lower()
    return isinstance(Window.get_window_info(), WindowInfoX11) and any(s in renderer for s in SOFTWARE)


def only(widget: Any) -> None:
    """Say that the next frame needs no more than what `widget` covers, and others of which that is said."""
    if keeps_last_frame():
        _frames().parts.append(widget)


def whole() -> None:
    """Draw all of the next frame, whatever else is said of it."""
    _frames().spoilt = True


@cache
def _frames() -> "_Frames":
    return _Frames()


class _Frames:
    """What the next frame draws, and when the next whole one is due."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self.spoilt = False
        self._since: float | None = None
        self._follow = Clock.create_trigger(lambda _seconds: Window.canvas.ask_update(), REST)
        Window.bind(on_draw=self._draw)

    def _draw(self, window: Any) -> bool:
        """Draw the parts, if that is enough."""
        parts = [] if self.spoilt else [widget for widget in self.parts if widget.get_root_window()]
        self.parts.clear()
        self.spoilt = False
        now = Clock.get_time()
        self._follow.cancel()
        if not parts or (self._since is not None and now - self._since > LONGEST):
            self._since = None
            return False
        self._since = self._since or now
        self._follow()
        corners = [
            widget.to_window(widget.x, widget.y) + widget.to_window(widget.right, widget.top)
            for widget in parts
        ]
        lefts, bottoms, rights, tops = zip(*corners, strict=True)
        left, bottom = floor(min(lefts)), floor(min(bottoms))
        size = {"width": ceil(max(rights)) - left, "height": ceil(max(tops)) - bottom}
        before = [ScissorPush(x=left, y=bottom, **size), ClearColor(*window.clearcolor), ClearBuffers()]
        after = ScissorPop()
        for place, instruction in enumerate(before):
            window.render_context.insert(place, instruction)
        window.render_context.add(after)
        window.render_context.draw()
        for instruction in (*before, after):
            window.render_context.remove(instruction)
        return True
