"""Showing what a finger pressed before the next frame is drawn.

Where a processor draws the picture, a frame costs several times what one button costs, and a visitor waits for the
frame to see the button answer. So the button alone is drawn over the last frame and shown; the frame follows. This
needs the last frame to be still there, which holds for Mesa's software drawing on X and is not promised elsewhere:
there it is left out, since a graphics card draws a frame in the time.
"""

from functools import cache
from math import ceil, floor
from typing import Any

from kivy.core.window import Window
from kivy.core.window.window_info import WindowInfoX11
from kivy.graphics import ScissorPop, ScissorPush
from kivy.graphics.opengl import GL_RENDERER, glGetString
from kivy.lang import Builder

SOFTWARE = ("llvmpipe", "softpipe", "swrast")


@cache
def keeps_last_frame() -> bool:
    """Whether what was shown last is what is drawn on next."""
    renderer = glGetString(GL_RENDERER).decode(errors="replace").lower()
    return isinstance(Window.get_window_info(), WindowInfoX11) and any(s in renderer for s in SOFTWARE)


def show_now(widget: Any) -> None:
    """Draw the part of the window that the widget covers, and show it."""
    if not keeps_last_frame():
        return
    Builder.sync()
    left, bottom = widget.to_window(widget.x, widget.y)
    right, top = widget.to_window(widget.right, widget.top)
    only = ScissorPush(x=floor(left), y=floor(bottom), width=ceil(right - left), height=ceil(top - bottom))
    done = ScissorPop()
    Window.render_context.insert(0, only)
    Window.render_context.add(done)
    Window.render_context.draw()
    Window.flip()
    Window.render_context.remove(only)
    Window.render_context.remove(done)
