"""The countdown of a visitor who is still: seen for 20 seconds, ended by one touch, never begun while one is there."""

from typing import TYPE_CHECKING

import pytest

from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
TICK = 0.5


def counting(stand: "Stand") -> bool:
    return stand.kiosk._countdown.parent is not None


def wait(stand: "Stand", seconds: float) -> float:
    """Let time pass tick by tick; the seconds that the countdown was seen."""
    seen = 0.0
    for _ in range(round(seconds / TICK)):
        seen += TICK * counting(stand)
        stand.seconds += TICK
        stand.kiosk._tick(0)
    stand.settle(2)
    return seen


@pytest.mark.parametrize("beginning", [0.0, 0.3])
def test_the_countdown_is_seen_for_20_seconds(stand: "Stand", beginning: float) -> None:
    stand.seconds += beginning
    stand.tap("home")
    stand.seconds += 0.2
    assert 20 <= wait(stand, 90) <= 21
    assert stand.route == "attract"


def test_a_kiosk_that_stood_still_itself_still_counts_down(stand: "Stand") -> None:
    stand.tap("home")
    stand.elapse(3600)
    assert counting(stand)
    assert 19 <= wait(stand, 30) <= 21


def test_one_touch_on_the_button_continues_at_once(stand: "Stand") -> None:
    stand.tap("home")
    wait(stand, 70)
    stand.tap("do/continue")
    assert not counting(stand)
    assert stand.route == "home"


def test_a_touch_on_the_page_continues_too(stand: "Stand") -> None:
    stand.tap("home")
    wait(stand, 70)
    stage = next(t.route for t in stand.targets() if t.route.startswith("stage/"))
    stand.tap(stage)
    assert not counting(stand)
    assert stand.route == stage


def test_nothing_behind_the_countdown_is_touched_through_it(stand: "Stand") -> None:
    stand.tap("home")
    wait(stand, 70)
    words = stand.kiosk._countdown
    behind = stand.target("basket")
    finger = stand.finger(behind)
    assert words.collide_point(*behind.to_window(*behind.center)), "the countdown covers the bottom bar"
    for y in (4.0, words.top - 4.0):
        finger = type(finger)(words.center_x, y)
        finger.down()
        finger.up()
        stand.settle(20)
    assert stand.route == "home"
    wait(stand, 1)
    assert not counting(stand)


def test_it_lies_over_the_full_width(stand: "Stand") -> None:
    stand.tap("home")
    wait(stand, 70)
    assert (stand.kiosk._countdown.x, stand.kiosk._countdown.width) == (0, stand.root.width)


def test_a_finger_that_is_held_stops_the_clock(stand: "Stand") -> None:
    stand.tap("home")
    finger = stand.finger(stand.labels()[0])
    finger.down()
    assert wait(stand, 100) == 0
    finger.up()
    assert wait(stand, 59) == 0
    assert wait(stand, 3) > 0


def test_a_finger_that_scrolls_stops_the_clock(stand: "Stand") -> None:
    stand.tap("home")
    stand.go(f"stage/{stand.longest_stage}")
    finger = stand.finger(next(t for t in stand.targets() if t.route.startswith("service/")))
    finger.down()
    for step in range(20):
        finger.slide(0, 30 if step % 2 else -30)
        assert wait(stand, 30) == 0
    finger.up()
    assert wait(stand, 59) == 0


def test_what_leans_on_the_glass_is_no_visitor(stand: "Stand") -> None:
    stand.tap("home")
    stand.finger(stand.labels()[0]).down()
    assert wait(stand, 220) >= 20
    assert stand.route == "attract"


def test_after_three_extensions_it_waits_longer(stand: "Stand") -> None:
    stand.tap("home")
    for _ in range(3):
        wait(stand, 61)
        assert counting(stand)
        stand.tap("do/continue")
    wait(stand, 175)
    assert not counting(stand)
    wait(stand, 10)
    assert counting(stand)


def test_the_next_visitor_does_not_inherit_the_extensions(stand: "Stand") -> None:
    stand.tap("home")
    for _ in range(3):
        wait(stand, 61)
        stand.tap("do/continue")
    wait(stand, 61 * 3)
    stand.tap("do/erase")
    wait(stand, 20)
    stand.tap("home")
    wait(stand, 61)
    assert counting(stand)


@pytest.mark.parametrize(
    ("size", "modes"),
    [
        ((1080, 1920), ("large", "contrast", "low-reach")),
        ((768, 1366), ("large",)),
        ((1920, 1080), ("large", "contrast")),
    ],
)
def test_it_can_be_read_in_every_mode(stands: STANDS, size: tuple[int, int], modes: tuple[str, ...]) -> None:
    from kivy.uix.label import Label

    from screens.shared.widgets import Icon

    stand = stands(size, 43 if min(size) == 1080 else 21.5, "en")
    stand.tap("home")
    for mode in modes:
        stand.go(f"do/mode/{mode}")
    wait(stand, 62)
    panel = stand.kiosk._countdown
    words = [w for w in panel.walk() if isinstance(w, Label) and not isinstance(w, Icon) and w.text]
    assert len(words) == 4
    for label in words:
        assert label.texture_size[0] <= label.width + 1
        assert label.texture_size[1] <= label.height + 1
    assert panel.height <= stand.root.height
