"""The real kiosk in a window of any size, with hands on it and hands on its clock. Import only after `prepare`."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.fbo import Fbo
from kivy.input.motionevent import MotionEvent
from kivy.lang import Builder
from kivy.uix.label import Label

from catalog.box import Active, Status, active_path, status_path
from catalog.settings import load
from catalog.text import encode
from kiosk.app import Kiosk
from kiosk.catalogue import Catalogue
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.window import tame
from screens.shared.widgets import Icon, Target
from tests.kiosk.routes import NOW

SETTINGS = load(Settings, "kiosk.toml", None)
FRAMES, Clock._max_fps = Clock._max_fps, 0  # frames as fast as they come, as Kivy's own tests do


class Stand:
    """A kiosk at NOW; `elapse` moves its clocks."""

    def __init__(self, state: Path, size: tuple[int, int], inches: float, language: str) -> None:
        Window.size = size
        tame(*size, inches)
        self.millimetre = float(np.hypot(*size) / (inches * 25.4))
        self.now, self.seconds, self.state = NOW, 1000.0, state
        settings = msgspec.structs.replace(SETTINGS, panel_diagonal_inch=inches, language=language)
        EventLoop.ensure_window()
        self.kiosk = Kiosk(settings, Shelf(state), lambda: self.now, lambda: self.seconds)
        self.root = self.kiosk.build()
        Window.add_widget(self.root)
        self.settle()

    def close(self) -> None:
        """Take the kiosk off the window."""
        self.kiosk._ticking.cancel()
        if self.kiosk._printer:
            self.kiosk._printer.close()
        if self.kiosk._aloud:
            self.kiosk._aloud.stop()
        Window.remove_widget(self.root)
        if self.kiosk._shelf.store is not None:
            self.kiosk._shelf.store.close()

    @property
    def route(self) -> str:
        return self.kiosk.navigator.route

    @property
    def catalogue(self) -> Catalogue:
        assert self.kiosk._catalogue is not None
        return self.kiosk._catalogue

    @property
    def services(self) -> list[str]:
        return [service.id for service in self.catalogue.services]

    @property
    def events(self) -> list[str]:
        return [event.id for event in self.catalogue.events]

    @property
    def service_id(self) -> str:
        """A service that is not on the attract screen."""
        return self.services[0]

    @property
    def service_title(self) -> str:
        return self.catalogue.services[0].title

    @property
    def longest_stage(self) -> str:
        """The stage with the most services."""
        of = [stage for service in self.catalogue.services for stage in service.life_stages]
        return max(of, key=of.count)

    def settle(self, frames: int = 6) -> None:
        """Let layouts come to rest, without drawing."""
        for _ in range(frames):
            Clock.tick()
            EventLoop.dispatch_input()
            Builder.sync()
            Clock.tick_draw()
            Builder.sync()

    def until(self, condition: Callable[[], bool], seconds: float = 2.0) -> None:
        """Run frames, as many a second as the kiosk draws, until something holds; fails when it does not in time."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen"
            Clock._max_fps = FRAMES
            self.settle(1)
            Clock._max_fps = 0
        self.settle()

    def go(self, route: str) -> None:
        """Go there as a touch would."""
        self.kiosk.go(route)
        self.settle()

    def elapse(self, seconds: float) -> None:
        """Time passes, and the kiosk looks at its clock."""
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)
        self.kiosk._tick(0)
        self.settle()

    def status(self, confirmed: datetime | None) -> None:
        """What sync says about the county server."""
        status_path(self.state).write_bytes(encode(Status(tried=self.now, confirmed=confirmed)))

    def widgets(self) -> Iterator[Any]:
        """Every widget on the screen that can be seen, each before its children."""
        waiting: list[Any] = [self.root]
        while waiting:
            widget = waiting.pop()
            if widget.opacity != 0 and widget.width > 0 and widget.height > 0:
                yield widget
                waiting += widget.children

    def targets(self) -> list[Any]:
        """What can be touched."""
        return [w for w in self.widgets() if isinstance(w, Target) and not w.disabled]

    def labels(self) -> list[Any]:
        """Texts that can be seen, icons left out."""
        labels = (w for w in self.widgets() if isinstance(w, Label) and not isinstance(w, Icon))
        return [w for w in labels if w.text.strip()]

    def words(self) -> str:
        """Everything that can be read, each text on its line."""
        return "\n".join(getattr(w, "content", "") or w.text for w in self.labels())

    def target(self, route: str) -> Any:
        """The first target that leads to `route`."""
        found = [w for w in self.targets() if w.route == route]
        assert found, f"nothing leads to {route}: {[w.route for w in self.targets()]}"
        return found[0]

    def tap(self, route: str) -> None:
        """Touch what leads to `route`, and wait until the kiosk has answered."""
        target = self.target(route)
        released: list[object] = []

        def note(*_: object) -> None:
            released.append(target)

        target.bind(on_release=note)
        finger = self.finger(target)
        finger.down()
        finger.up()
        self.until(lambda: bool(released))
        target.unbind(on_release=note)

    def finger(self, target: Any) -> "Finger":
        """A finger above the middle of a target."""
        x, y = target.to_window(*target.center)
        return Finger(x, y)

    def picture(self) -> np.ndarray:
        """What is on the screen, as rows of red, green and blue from the top."""
        self.settle()
        fbo = Fbo(size=Window.size, with_stencilbuffer=True, clear_color=Window.clearcolor)
        fbo.bind()
        fbo.clear_buffer()
        fbo.release()
        parent = self.root.parent
        parent.canvas.remove(self.root.canvas)
        fbo.add(self.root.canvas)
        fbo.draw()
        width, height = fbo.size
        pixels = np.frombuffer(fbo.texture.pixels, dtype=np.uint8).reshape(height, width, 4)
        fbo.remove(self.root.canvas)
        parent.canvas.add(self.root.canvas)
        return pixels[::-1, :, :3].copy()


class Finger(MotionEvent):
    """A finger on the glass, through Kivy's whole way of dispatching."""

    count = 0

    def __init__(self, x: float, y: float) -> None:
        Finger.count += 1
        at = {"x": x / (Window.width - 1.0), "y": y / (Window.height - 1.0)}
        super().__init__("finger", Finger.count, at, is_touch=True, type_id="touch")
        self.profile = ["pos"]

    def depack(self, args: Any) -> None:
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)

    def down(self) -> None:
        EventLoop.post_dispatch_input("begin", self)

    def slide(self, dx: float, dy: float) -> None:
        """Move by so many pixels."""
        self.move({"x": self.sx + dx / Window.width, "y": self.sy + dy / Window.height})
        EventLoop.post_dispatch_input("update", self)

    def up(self) -> None:
        EventLoop.post_dispatch_input("end", self)


def deliver(state: Path, edition: Path, number: int) -> None:
    """Put an edition into the state folder and point at it, as sync does."""
    file = state / "editions" / f"{number}.db"
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(edition, file)
    active = Active(edition=number, digest=str(number), file=f"editions/{number}.db", activated=NOW)
    temporary = state / "active.tmp"
    temporary.write_bytes(encode(active))
    temporary.replace(active_path(state))
    status_path(state).write_bytes(encode(Status(tried=NOW, confirmed=NOW)))
