"""What the county asks of this kiosk: reads `commands/`, acts, and writes `answers/`.

Nothing happens to a visitor without a word: where somebody is, a page is only offered, and restarts and pictures wait
until the kiosk rests, so that no picture shows what a person looks at. An answer is on the disk before a restart, so
that none is asked for twice.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from catalog import durable
from catalog.box import (
    Answer,
    Command,
    Outcome,
    answer_path,
    read_answers,
    read_commands,
    screen_path,
)
from catalog.links import SCREENS
from catalog.text import encode
from kiosk.pages.asked import Asked, desk
from kiosk.pages.router import shown
from kiosk.visit import Phase, Visit
from screens.offer.page import ACCEPT, OfferPage, message_page, offer_page

Step = Literal["wait", "do", "ask"] | Outcome
MESSAGE_SECONDS = 60.0
"""How long a message stays when nobody touches it."""
_RECORD = re.compile(rf"(?:{'|'.join(SCREENS.values())})/[a-z0-9][a-z0-9._-]{{0,95}}")


@dataclass(frozen=True, slots=True)
class Situation:
    """How the kiosk is; `free` when nothing lies over the page, such as an emergency, and staff have it not open.

    `titled` gives the title of a route's page, empty when this kiosk has none; None while it shows no edition.
    """

    phase: Phase
    free: bool
    on_wall: bool
    titled: Callable[[str], str] | None


def next_step(command: Command, situation: Situation, now: datetime) -> Step:
    """What becomes of a command now. Pure."""
    if now >= command.expires:
        return "declined"
    if command.kind in ("restart", "screenshot"):
        return "do" if situation.phase == "resting" else "wait"
    if situation.on_wall:
        return "unfit"
    if situation.titled is None:
        return "wait"
    if not (command.message if command.kind == "message" else situation.titled(command.route)):
        return "unfit"
    if not situation.free or situation.phase not in ("resting", "active"):
        return "wait"
    return "ask" if command.kind == "show" and situation.phase == "active" else "do"


class Commands:
    """`asked` is what pages are asked with, None while none is shown; `go` goes to a route as a touch would.

    `restart` ends this start of the program. `clock` gives the day and time, `monotonic` seconds.
    """

    def __init__(
        self,
        state: Path,
        visit: Visit,
        asked: Callable[[], Asked | None],
        go: Callable[[Any, str], None],
        restart: Callable[[], None],
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        on_wall: bool = False,
    ) -> None:
        self._state, self._visit, self._asked, self._go, self._restart = state, visit, asked, go, restart
        self._clock, self._monotonic, self._on_wall = clock, monotonic, on_wall
        self._names: list[str] = []
        self._open: list[Command] = []
        self._done: set[str] = set()
        self._asking: Command | None = None
        self._panel: Any = None
        self._until = 0.0

    def look(self, root: Any, covered: bool) -> None:
        """Do what is asked for. `covered` says that something lies over the page, or that staff have it open."""
        self._read()
        self._tend(root)
        if not self._open:
            return
        asked, phase, now = self._asked(), self._visit.phase(self._monotonic()), self._clock()
        free = not covered and self._panel is None
        situation = Situation(phase, free, self._on_wall, titles(asked) if asked else None)
        for command in self._open:
            step = next_step(command, situation, now)
            if step == "wait" or command is self._asking:
                continue
            self._take(command, step, root, asked)
            return

    def leave(self) -> None:
        """The visit is over: what was asked was not answered, and is not there for the next visitor."""
        if self._asking is not None:
            self._answer(self._asking, "declined")
        self._take_away()

    def _read(self) -> None:
        """Read the folder when its names changed; forget answers to commands that sync took away."""
        try:
            names = sorted(os.listdir(self._state / "commands"))
        except OSError:
            return
        if names == self._names:
            return
        self._names = names
        commands = [command for command in read_commands(self._state) if command.kind != "verify"]
        answered = {answer.id for answer in read_answers(self._state)}
        with suppress(OSError):
            for gone in answered - {command.id for command in commands}:
                answer_path(self._state, gone).unlink(missing_ok=True)
        self._open = [command for command in commands if command.id not in answered | self._done]

    def _tend(self, root: Any) -> None:
        """Take the panel away when its time is over; put it on top again where everything was drawn again."""
        if self._panel is None:
            return
        asking = self._asking
        if self._clock() >= asking.expires if asking else self._monotonic() >= self._until:
            self.leave()
        elif self._panel.parent is None:
            self._put_up(self._panel.page, root)

    def _take(self, command: Command, step: Step, root: Any, asked: Asked | None) -> None:
        if step == "ask" and asked is not None:
            self._asking = command
            self._put_up(offer_page(titles(asked)(command.route), asked.words), root)
        elif step != "do":
            self._answer(command, "unfit" if step == "unfit" else "declined")
        elif command.kind == "restart":
            if self._answer(command, "done"):
                self._restart()
        elif command.kind == "screenshot":
            self._picture(command)
        elif command.kind == "message" and asked is not None:
            self._answer(command, "done")
            self._until = self._monotonic() + MESSAGE_SECONDS
            self._put_up(message_page(command.message, desk(asked), asked.words), root)
        else:
            self._answer(command, "done")
            self._visit.touch(self._monotonic())
            self._go(None, command.route)

    def _put_up(self, page: OfferPage, root: Any) -> None:
        from screens.offer.screen import OfferScreen  # a start has no time for what may never come

        self._panel = OfferScreen(page=page)
        self._panel.bind(on_navigate=self._on_navigate)
        root.add_widget(self._panel)

    def _on_navigate(self, _panel: Any, route: str) -> None:
        asking, accepted = self._asking, route == ACCEPT
        if asking is not None:
            self._answer(asking, "done" if accepted else "declined")
        self._take_away()
        if asking is not None and accepted:
            self._go(None, asking.route)

    def _take_away(self) -> None:
        self._asking = None
        if self._panel is not None and self._panel.parent is not None:
            self._panel.parent.remove_widget(self._panel)
        self._panel = None

    def _picture(self, command: Command) -> None:
        """Keep the next frame that is shown."""
        from kivy.core.window import Window

        from kiosk.live import save

        def flipping(_window: Any) -> None:
            Window.unbind(on_flip=flipping)
            try:
                save(screen_path(self._state))
            except OSError:
                self._answer(command, "unfit")
            else:
                self._answer(command, "done")

        self._open.remove(command)
        Window.bind(on_flip=flipping)
        Window.canvas.ask_update()

    def _answer(self, command: Command, outcome: Outcome) -> bool:
        """Whether the answer is on the disk; without one, nothing is done twice before the next start."""
        self._done.add(command.id)
        self._open = [one for one in self._open if one is not command]
        path = answer_path(self._state, command.id)
        try:
            path.parent.mkdir(exist_ok=True)
            durable.replace(path, encode(Answer(id=command.id, outcome=outcome, at=self._clock())))
        except OSError:
            return False
        return True


def titles(asked: Asked) -> Callable[[str], str]:
    """The title of the page that a route leads to; empty for a route that is not a record's, or of an unknown one."""

    def titled(route: str) -> str:
        if not _RECORD.fullmatch(route):
            return ""
        found = shown(route, asked)
        return "" if found.screen == "notice" else found.title

    return titled
