"""Large type, high contrast, low reach, more time: by touch, in any combination, gone for the next visitor."""

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from screens.shared.modes import NAMES, Modes
from screens.shared.palette import HIGH_CONTRAST, channels

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
ROUTES = [f"do/mode/{name.replace('_', '-')}" for name in NAMES]


def black(stand: "Stand") -> float:
    """The share of the screen that is black."""
    return float((stand.picture().max(axis=2) < 8).mean())


def yellow(stand: "Stand") -> int:
    """How many pixels have the colour of what can be touched in high contrast."""
    wanted = [round(part * 255) for part in channels(HIGH_CONTRAST.primary)[:3]]
    return int((abs(stand.picture().astype(int) - wanted).max(axis=2) <= 8).sum())


def sizes(stand: "Stand") -> dict[str, float]:
    """The font size of every text on the screen."""
    return {label.text.replace("\n", ""): label.font_size for label in stand.labels()}


def test_each_is_one_touch_on_and_one_touch_off(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("accessibility")
    for route, name in zip(ROUTES, NAMES, strict=True):
        stand.tap(route)
        assert stand.kiosk.visit.modes == Modes(**{name: True})
        assert stand.route == "accessibility"
        assert "已开" in stand.words()
        stand.tap(route)
        assert stand.kiosk.visit.modes == Modes()
        assert "已开" not in stand.words()


def test_all_together_and_all_off(stand: "Stand") -> None:
    stand.go("accessibility")
    for route in ROUTES:
        stand.tap(route)
    assert stand.kiosk.visit.modes == Modes(True, True, True, True)
    stand.tap("do/mode/none")
    assert stand.kiosk.visit.modes == Modes()


def test_large_type_is_larger_everywhere(stand: "Stand") -> None:
    stand.go("accessibility")
    before = sizes(stand)
    stand.tap("do/mode/large")
    after = sizes(stand)
    common = before.keys() & after.keys()
    assert len(common) > 10
    assert all(after[text] >= before[text] * 1.1 for text in common)


def test_high_contrast_repaints(stand: "Stand") -> None:
    stand.go("accessibility")
    assert (black(stand), yellow(stand)) < (0.1, 100)
    stand.tap("do/mode/contrast")
    assert black(stand) > 0.7
    assert yellow(stand) > 5_000


def test_low_reach_brings_everything_down(stand: "Stand") -> None:
    stand.go("accessibility")
    top = max(target.to_window(0, target.top)[1] for target in stand.targets())
    stand.tap("do/mode/low-reach")
    assert (
        max(target.to_window(0, target.top)[1] for target in stand.targets()) <= 500 * stand.millimetre < top
    )
    stand.tap("home")
    assert stand.route == "home"


def test_the_place_is_kept(stand: "Stand") -> None:
    from kivy.uix.scrollview import ScrollView

    stand.tap("home")
    stand.go(f"stage/{stand.longest_stage}")
    stand.tap("accessibility")
    stand.tap("do/mode/large")
    view = next(w for w in stand.widgets() if isinstance(w, ScrollView))
    stand.go("do/mode/contrast")
    again = next(w for w in stand.widgets() if isinstance(w, ScrollView))
    assert again is not view
    stand.tap("do/back")
    assert stand.kiosk.navigator.trail == ["home", f"stage/{stand.longest_stage}"]


def test_the_next_visitor_starts_without(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("accessibility")
    for route in ROUTES:
        stand.tap(route)
    stand.tap("do/erase")
    assert stand.kiosk.visit.modes == Modes()
    assert stand.route == "attract"
    assert black(stand) < 0.1
    stand.go("home")
    assert black(stand) < 0.1
    assert yellow(stand) < 100


def test_more_time_is_three_times_as_much(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("accessibility")
    stand.tap("do/mode/more-time")
    idle = stand.kiosk._settings.idle_seconds
    stand.elapse(3 * idle - 5)
    assert stand.kiosk._countdown.parent is None
    stand.elapse(10)
    assert stand.kiosk._countdown.parent is not None


def test_what_was_drawn_before_does_not_stay(stand: "Stand") -> None:
    stand.go("accessibility")
    alive = []
    for _ in range(10):
        alive += [weakref.ref(stand.kiosk._frame), *map(weakref.ref, stand.kiosk._drawn.screens.values())]
        stand.go("do/mode/contrast")
    gc.collect()
    assert sum(ref() is not None for ref in alive) <= 2
