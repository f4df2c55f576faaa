"""The composition root: puts window, screens, navigation, visit and edition together, and nothing else does."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from kivy.app import App
from kivy.clock import Clock
from kivy.metrics import mm

from catalog.outbox import outbox_path
from catalog.search.pinyin import split
from kiosk.acts import ACTS, Hands, printer
from kiosk.alarm import Alarm
from kiosk.catalogue import Catalogue
from kiosk.commands import Commands
from kiosk.drawn import Drawn
from kiosk.farewell import Farewell
from kiosk.forgetting import LET_GO, overwrite_free_memory
from kiosk.framing import framed
from kiosk.handoff import qr_matrix
from kiosk.insight import Insight
from kiosk.navigation import ATTRACT, STAFF, Navigator
from kiosk.outbox import Outbox
from kiosk.pages import wall
from kiosk.pages.asked import Asked, Shown, desk
from kiosk.pages.router import closed, crumbs, shown
from kiosk.post import Post
from kiosk.profile import PROFILES
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.staff import LONGEST_STAY, Gesture, Staff, corner
from kiosk.visit import Visit
from screens.frame.page import FramePage, bottom_bar, counting, read_bar
from screens.frame.screen import Countdown, Frame, OneFinger
from screens.shared.appearance import dress
from screens.shared.item import Handoff
from screens.shared.widgets import Page
from screens.shared.words import LANGUAGES, load_words

if TYPE_CHECKING:
    from kiosk.aloud import Aloud
    from kiosk.desk import Desk

Clock.max_iteration = 40  # texts decide heights, and heights nest

TICK = 0.5
"""Seconds between two looks at the clock and at the pointer."""
STAFF_CORNER = 30
"""Side of the two upper corners that staff tap, in millimetres."""
RESTART = 75
"""Exit code that asks for another start (EX_TEMPFAIL of sysexits.h)."""


class Kiosk(App):
    """The program on the screen. `clock` gives the day and time, `monotonic` seconds that never go back.

    When `safe` it takes no edition and says that it is out of service.
    """

    use_kivy_settings = False

    def __init__(
        self,
        settings: Settings,
        shelf: Shelf,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        monotonic: Callable[[], float] = time.monotonic,
        safe: bool = False,
    ) -> None:
        super().__init__()
        self._safe = safe
        self._settings, self._shelf, self._clock, self._monotonic = settings, shelf, clock, monotonic
        self._words = {language: load_words(language) for language in LANGUAGES}
        self.visit = Visit(settings.idle_seconds, settings.countdown_seconds, settings.language)
        self.navigator = Navigator()
        self._post = Post(Outbox(outbox_path(shelf.state)), clock)
        self._printer = printer(settings, monotonic)
        self._hands = Hands(
            self.visit,
            self.navigator,
            lambda rest: self._desk.act(rest),
            self._post,
            self._asked,
            self._printer,
        )
        self._insight = Insight(self._post, self.visit, self.navigator, self._asked)
        self._aloud: Aloud | None = None
        self._gesture = Gesture()
        self._alarm = Alarm(shelf, self.visit, self._on_navigate)
        self._closed = ""
        self._profile, self._on_wall = PROFILES[settings.profile], settings.profile == "wall"
        asked, go, restart, wall = self._asked_open, self._on_navigate, self._restart, self._on_wall
        self._commands = Commands(shelf.state, self.visit, asked, go, restart, clock, monotonic, wall)
        self.exit_code = 0
        self._titles_language = settings.language
        self._catalogue: Catalogue | None = None
        self._drawn = Drawn(self._on_navigate)
        self._titles: dict[str, str] = {}
        self._at = ""
        self._forget = Clock.create_trigger(overwrite_free_memory, LET_GO)

    def build(self) -> OneFinger:
        """The root of everything drawn."""
        self._root = OneFinger()
        self._root.bind(on_finger=self._on_finger)
        self._dress()
        self._farewell = Farewell(self._root, self._on_navigate)
        self._renew()
        self._is_other_now(False)
        self.show()
        self._ticking = Clock.schedule_interval(self._tick, TICK)
        return self._root

    def _dress(self) -> None:
        """Make everything drawn again, in the look that the visitor wants; lists stay where they were."""
        modes, settings = self.visit.modes, self._settings
        if self._aloud:
            self._aloud.stop()
        self._drawn.make_again()
        self._alarm.forget()
        self._root.clear_widgets()
        reach = dress(modes, settings.panel_diagonal_inch, settings.panel_floor_mm)
        self._dressed = modes
        self._frame, self._countdown = Frame(reach=reach), Countdown()
        self._root.add_widget(self._frame)
        for widget in (self._frame, self._countdown):
            widget.bind(on_navigate=self._on_navigate)

    def open_settings(self, *_: Any) -> bool:
        """There are none to open."""
        return False

    def show(self) -> None:
        """Draw what the route says."""
        route, other_look = self.navigator.route, not self._dressed.same_look(self.visit.modes)
        turned = other_look or route != self._at
        if turned and self._at:
            self._drawn.leave(self._at, self._frame.shown)
        if other_look:
            self._dress()
        asked = self._asked()
        self._closed = "out-of-service" if self._safe else self._shelf.closed
        found = shown(self.navigator.route, asked) if asked and not self._closed else self._out_of_service()
        self._titles[self.navigator.route] = found.title
        self._root.deaf = self._on_wall or self.visit.staff.cleaning_left > 0
        screen = self._drawn.screen(found.screen)
        screen.page = found.page
        screen.up_label, screen.down_label = self._word("page-up"), self._word("page-down")
        if hasattr(screen, "handoff"):
            screen.handoff = found.handoff or Handoff()
        self._frame.show(screen, bare=self._on_wall or found.screen == "attract")
        if turned:
            self._drawn.arrive(self.navigator.trail, screen)
        self._at = route
        if self._aloud:
            self._aloud.follow(self._place)
        self._refresh_frame()

    def _out_of_service(self) -> Shown:
        if self.navigator.route == STAFF:
            from kiosk.pages.staffing import panel

            return panel(self.visit.staff, self._clock(), self._word)
        asked = self._asked()
        return closed(self._word, self._closed, desk(asked) if asked else "")

    @property
    def _place(self) -> tuple[str, str, str]:
        """What is on the screen, for whoever reads it aloud."""
        return self.navigator.route, self.visit.language, self._alarm.shown

    def go(self, route: str, page: Page | None = None) -> None:
        """Go to a route, or do what a `do/…` route says, on the page in the middle or another."""
        action, _, rest = route.partition("do/")[2].partition("/")
        before = self.navigator.route
        self._farewell.leave()
        if not action:
            self.navigator.leave_part(route)
            self.navigator.go(route)
        elif action == "erase":
            self._erase_and_say_so()
        elif action == "skip":
            self.erase()
        elif action == "read":
            self._read(rest, page or self._frame.shown)
        elif action in ACTS:
            ACTS[action](self._hands, rest)
            self._translate_titles()
        if self.navigator.route != STAFF:
            self.visit.staff = Staff()
        self._insight.went(action, before)
        self.show()

    def on_stop(self) -> None:
        """Keep the counts, and leave no program behind."""
        self._post.close()
        if self._aloud:
            self._aloud.stop()
        if self._printer:
            self._printer.close()

    def _read(self, rest: str, page: Page) -> None:
        if self._aloud is None:
            from kiosk.aloud import Aloud
            from kiosk.speech import here

            self._aloud = Aloud(self.visit, here, self._monotonic)
        self._aloud.act(rest, page, self._place)

    def erase(self) -> None:
        """The visit is over: forget everything and wait for the next visitor."""
        if self._aloud:
            self._aloud.stop()
        self._insight.leave()
        self._commands.leave()
        self.visit.erase(self._settings.language)
        if self._printer:
            self._printer.cancel()
            self.visit.printing = self._printer.state
        self.navigator.start_over()
        self._titles.clear()
        self._titles_language = self._settings.language
        qr_matrix.cache_clear()
        split.cache_clear()
        self._drawn.empty()
        self._at = ""
        self._forget()
        if not self._dressed.same_look(self.visit.modes):
            self._dress()
        self._renew()

    def _erase_and_say_so(self) -> None:
        asked = self._asked()
        if asked is None:
            self.erase()
            return
        from kiosk.pages.opinions import finished

        page = finished(asked)  # before a waiting edition replaces the one it is made from
        self.erase()
        self._farewell.say(page, self._monotonic())

    def _translate_titles(self) -> None:
        """The breadcrumb speaks the language of the page."""
        if self.visit.language != self._titles_language and (asked := self._asked()):
            self._titles_language = self.visit.language
            self._titles = {route: shown(route, asked).title for route in self.navigator.trail}

    def _asked_open(self) -> Asked | None:
        return None if self._closed else self._asked()

    @property
    def _word(self) -> Any:
        return self._words[self.visit.language]

    def _asked(self) -> Asked | None:
        if self._catalogue is None:
            return None
        other = self._words["en" if self.visit.language == "zh" else "zh"]
        call, now = self._post.call, self._clock()
        called, status, place = call.asked if call else None, self._shelf.status(), self._settings.position
        return Asked(
            self._catalogue, self.visit, now, self._word, other, status, called, place, self._profile
        )

    def _on_navigate(self, page: Page, route: str) -> None:
        before = self.visit.query
        self.go(route, None if page is self._frame else page)
        if self.visit.query not in ("", before):
            self.visit.touch(self._monotonic())  # a key of a keyboard, which no finger came before

    def _on_finger(self, root: OneFinger, x: float, y: float) -> None:
        now = self._monotonic()
        self.visit.touch(now)
        if self._gesture.tap(corner(x, y, root.width, root.height, mm(STAFF_CORNER)), now):
            Clock.schedule_once(self._enter_staff, 0)

    def _enter_staff(self, _seconds: float) -> None:
        self._desk.enter()
        self.go(STAFF)

    @cached_property
    def _desk(self) -> "Desk":
        from kiosk.desk import Desk
        from kiosk.machine import Machine
        from kiosk.pin import Lock

        settings, state = self._settings, self._shelf.state
        machine = Machine(state, settings.louder, settings.quieter)
        test = self._print_test if self._printer else None
        return Desk(self.visit, Lock(state), machine, self._clock, self._monotonic, self._restart, test)

    def _print_test(self) -> None:
        """Print the sheet of the first service that there is."""
        from kiosk.pages.taking import sheet_text

        asked = self._asked()
        if self._printer and asked and asked.catalogue.services:
            subject = f"service/{asked.catalogue.services[0].id}"
            self._printer.send(subject, sheet_text(subject, asked))

    def _restart(self) -> None:
        self.exit_code = RESTART
        self.stop()

    def _tick_staff(self) -> None:
        """Count down while the screen is cleaned; leave the panel that nobody touches."""
        staff, now = self.visit.staff, self._monotonic()
        if staff.cleaning_left:
            staff.cleaning_left = max(0, ceil(staff.cleaning_until - now))
            if not staff.cleaning_left:
                self.visit.touch(now)
        elif now - self.visit.touched_at >= LONGEST_STAY:
            self.erase()
        self.show()

    def _tick(self, _seconds: float) -> None:
        self._post.tick()
        self._insight.look(self._monotonic())
        if self._printer and self._printer.poll():
            self.visit.printing = self._printer.state
            self.show()
        self._farewell.look(self._monotonic())
        self._commands.look(self._root, bool(self._alarm.shown) or self.navigator.route == STAFF)
        if self.navigator.route == STAFF:
            self._tick_staff()
        now = self._monotonic()
        if self._root.held(now) or (self._aloud and self._aloud.reading):
            self.visit.stay(now)
        phase = self.visit.phase(now)
        if phase == "over":
            self.erase()
            self.show()
        elif self._is_other_now(phase == "resting"):
            self.show()
        if phase == "resting" and self._catalogue:
            self._catalogue.read_ahead()
        self._refresh_frame()

    def _is_other_now(self, resting: bool) -> bool:
        """Whether time or a new edition made the page another one."""
        renewed = self._shelf.look() and resting and self._renew()
        bulletins = not self._safe and self._alarm.look(self._clock())
        closed = not self._safe and self._closed != self._shelf.closed
        if self._on_wall:
            self.navigator.trail = [wall.route(self._monotonic())]
        return renewed or bulletins or closed or self._on_wall or self.navigator.route == ATTRACT

    def _renew(self) -> bool:
        """Take the waiting edition. Only while nobody is using the kiosk."""
        if not self._safe and self._shelf.renew() and self._shelf.store is not None:
            self._catalogue = Catalogue(self._shelf.store, self._profile.levels)
            return True
        return False

    def _refresh_frame(self) -> None:
        voice = self._aloud.voice if self._aloud else "ready"
        turn = self._monotonic() if self._on_wall else None
        self._alarm.draw(self._root, self._frame, self._clock(), self._word, voice, turn)
        if self._alarm.shown:
            self._farewell.leave()
        page = self._frame_page()
        if page != self._frame.page:
            self._frame.page = self._countdown.page = page
        if page.countdown and self._countdown.parent is None:
            self.visit.count_down(self._monotonic())
            self._root.add_widget(self._countdown)
        elif not page.countdown and self._countdown.parent is not None:
            self._root.remove_widget(self._countdown)

    def _frame_page(self) -> FramePage:
        words, limit = self._word, timedelta(hours=self._settings.stale_hours)
        erasable = self.visit.erasable or len(self.navigator.trail) > 1
        page = replace(
            framed(self._catalogue, self._shelf.status(), self._clock(), limit, words),
            lowered=words("page-lowered") if self.visit.modes.low_reach else "",
            alarm=self._alarm.strip(words),
            alarm_label=words("emergency-details"),
            crumbs=crumbs(self.navigator.trail, self._titles, words),
            buttons=bottom_bar(len(self.visit.choices), erasable, words),
            **self._read_bar(),
        )
        if self.visit.phase(self._monotonic()) != "counting":
            return page
        return counting(page, ceil(self.visit.seconds_left(self._monotonic())), words)

    def _read_bar(self) -> dict[str, Any]:
        if not self.visit.aloud or self._aloud is None:
            return {}
        note, buttons = read_bar(self._aloud.voice, self.visit.volume, self._word)
        return {"read_note": note, "read_buttons": buttons}
