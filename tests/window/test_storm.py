"""Short storms; bench/soak.py lets them last. No key, no chord and no touch leads out of the program."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.size import LONG

if TYPE_CHECKING:
    from tests.window.stand import Stand
    from tests.window.storm import Keyboard

CHORDS = 25_000 if LONG else 5_000
TYPED = 20
CHANGES, TOUCHES = 100, 600


@pytest.fixture
def keyboard(stand: "Stand") -> Iterator["Keyboard"]:
    from tests.window.storm import Keyboard

    keyboard = Keyboard()
    yield keyboard
    keyboard.remove()


def test_no_key_with_any_modifier_does_anything(stand: "Stand", keyboard: "Keyboard") -> None:
    from tests.window.storm import KEYS, MODIFIERS, labels, unknown

    stand.go("home")
    before, files = labels(stand), sorted(os.listdir())
    for key in KEYS:
        for modifiers in MODIFIERS:
            keyboard.chord(key, modifiers)
    stand.settle()
    assert labels(stand) == before
    assert not unknown(stand)
    assert sorted(os.listdir()) == files


@pytest.mark.parametrize("route", ["home", "search"])
def test_nor_do_random_chords(stand: "Stand", keyboard: "Keyboard", tmp_path: Path, route: str) -> None:
    """On the pad a key by itself writes; with control, alt or the like it does nothing there either."""
    from kivy.base import EventLoop

    from tests.window.storm import HELD, KEYS, labels, unknown

    chance = random.Random(7)
    stand.go(route)
    before = labels(stand)
    for _ in range(CHORDS):
        keyboard.chord(chance.choice(KEYS), chance.getrandbits(15) | (HELD if route == "search" else 0))
    stand.settle()
    assert labels(stand) == before
    assert not unknown(stand)
    assert not EventLoop.quit
    assert not list(tmp_path.rglob("*.png"))


def test_keys_by_themselves_do_on_the_pad_what_the_pad_does(stand: "Stand", keyboard: "Keyboard") -> None:
    from kivy.base import EventLoop

    from kiosk.pad import LONGEST_QUERY
    from tests.window.storm import KEYS, unknown

    chance = random.Random(3)
    for _ in range(TYPED):
        stand.go("search")
        for key in chance.sample(KEYS, 40):
            keyboard.chord(key, 0)
        stand.settle(1)
        assert len(stand.kiosk.visit.query) <= LONGEST_QUERY
        assert not unknown(stand)
    assert not EventLoop.quit


@pytest.mark.parametrize(
    "event",
    [
        ("quit",),
        ("windowminimized",),
        ("windowrestored",),
        ("windowfocuslost",),
        ("windowleave",),
        ("mousebuttonup", 10, 10, 1),
        ("mousebuttonup", 10, 10, 3),
        ("mousewheelup", 0, 1, "up"),
        ("dropbegin",),
        ("dropfile", b"/etc/passwd"),
        ("droptext", b"text"),
        ("dropend",),
        ("textedit", "拼音"),
        ("joybuttondown", 0, 1),
        ("fingerdown", 1, 0.5, 0.5, 1.0),
        ("no such event",),
    ],
)
def test_no_other_event_of_the_window_does(
    stand: "Stand", keyboard: "Keyboard", event: tuple[object, ...]
) -> None:
    from kivy.base import EventLoop

    from tests.window.storm import labels, unknown

    stand.go("home")
    before = labels(stand)
    keyboard.happen(event)
    stand.settle()
    assert (labels(stand), unknown(stand), EventLoop.quit) == (before, "", False)


def test_a_key_does_not_keep_a_visit_alive(stand: "Stand", keyboard: "Keyboard") -> None:
    stand.go("home")
    stand.tap("accessibility")
    for seconds in (50, 11, 10, 11):
        stand.elapse(seconds)
        keyboard.chord(ord("a"), 0)
    assert stand.route == "attract"


@pytest.mark.forgetting
def test_screen_changes_and_touches_change_nothing_for_good(stand: "Stand") -> None:
    from tests.kiosk.routes import every_route
    from tests.window.storm import changes, flat, touches, unknown, weight

    chance = random.Random(5)
    routes = list({route.split("/")[0]: route for route in every_route(stand.catalogue)}.values())
    for route in routes:
        stand.go(route)
    stand.elapse(3600)  # writes the counts of the hour, whose file stays open
    for storm in (changes(stand, routes, CHANGES, chance), touches(stand, TOUCHES, chance)):
        warm = None
        for done in storm:
            assert not unknown(stand)
            if warm is None and done >= 50:
                warm = weight(stand)
        assert warm is not None
        assert not flat(warm, weight(stand), 1, each=30_000_000)
