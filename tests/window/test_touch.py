"""What hands do to the kiosk: a visit by touches, many fingers, keys."""

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow


def first(stand: "Stand", kind: str) -> str:
    """The first way on from here to a `kind` of page."""
    return next(str(t.route) for t in stand.targets() if t.route.startswith(f"{kind}/"))


def test_a_visit_from_the_attract_screen_to_the_code_and_back(stand: "Stand") -> None:
    assert stand.route == "attract"
    stand.tap("home")
    trail = ["home"]
    for kind in ("stage", "event", "service", "handoff"):
        trail.append(first(stand, kind))
        stand.tap(trail[-1])
        assert stand.kiosk.navigator.trail == trail
    stand.tap("do/back")
    assert stand.route == trail[-2]
    stand.tap(trail[1])
    assert stand.kiosk.navigator.trail == trail[:2]
    stand.tap("home")
    assert stand.kiosk.navigator.trail == ["home"]


def test_the_other_audience_and_the_parts_of_a_service(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("home/business")
    stand.tap(first(stand, "stage"))
    service = first(stand, "service")
    stand.tap(service)
    depth = len(stand.kiosk.navigator.trail)
    stand.tap(f"{service}/papers")
    stand.tap(f"{service}/steps")
    assert len(stand.kiosk.navigator.trail) == depth
    stand.tap("do/back")
    assert stand.route.startswith("stage/")


def test_changing_the_language_keeps_the_place(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap(first(stand, "stage"))
    route, chinese = stand.route, stand.words()
    stand.tap("do/language")
    assert stand.route == route
    assert "Single services" in stand.words()
    stand.tap("do/language")
    assert stand.words() == chinese


def test_the_take_away_list_counts(stand: "Stand") -> None:
    stand.go(f"service/{stand.service_id}")
    stand.tap(f"do/choose/service/{stand.service_id}")
    assert "带走清单 1" in stand.words()
    assert "已在清单" in stand.words()
    stand.tap("basket")
    stand.tap(f"handoff/service/{stand.service_id}")
    assert stand.route.startswith("handoff/")
    stand.go(f"service/{stand.service_id}")
    stand.tap(f"do/choose/service/{stand.service_id}")
    assert "带走清单 1" not in stand.words()


def test_finding_by_the_pad(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("search")
    for letter in "sfz":
        stand.tap(f"do/key/{letter}")
    assert stand.kiosk.visit.query == "sfz"
    assert "身份证" in stand.words()
    stand.tap(first(stand, "service"))
    assert stand.route.startswith("service/")


def test_a_press_shows_at_once(stand: "Stand") -> None:
    stand.go("home")
    tile = stand.target(first(stand, "stage"))
    finger = stand.finger(tile)
    finger.down()
    assert tile.state == "down"
    finger.up()
    stand.go(tile.route)
    entry = stand.target(first(stand, "service"))
    finger = stand.finger(entry)
    finger.down()
    assert entry.state == "down"
    finger.up()


def test_a_finger_that_scrolls_opens_nothing(stand: "Stand") -> None:
    from kivy.uix.scrollview import ScrollView

    stand.go(f"stage/{stand.longest_stage}")
    route = stand.route
    view = next(w for w in stand.widgets() if isinstance(w, ScrollView))
    finger = stand.finger(stand.target(first(stand, "service")))
    finger.down()
    for _ in range(10):
        finger.slide(0, 40)
        stand.settle(1)
    finger.up()
    stand.settle(20)
    assert stand.route == route
    assert view.scroll_y < 1


def test_two_fingers_press_one_button(stand: "Stand") -> None:
    stand.go("home")
    one, other = [t for t in stand.targets() if t.route.startswith("stage/")][:2]
    fingers = [stand.finger(one), stand.finger(other)]
    for finger in fingers:
        finger.down()
    assert (one.state, other.state) == ("down", "normal")
    for finger in reversed(fingers):
        finger.up()
    stand.settle()
    assert stand.kiosk.navigator.trail == ["home", one.route]


def test_a_second_finger_during_the_first_does_nothing(stand: "Stand") -> None:
    stand.go("home")
    one, other = [t for t in stand.targets() if t.route.startswith("stage/")][:2]
    held = stand.finger(one)
    held.down()
    tap = stand.finger(other)
    tap.down()
    tap.up()
    stand.settle()
    assert stand.route == "home"
    held.up()
    stand.settle()
    assert stand.route == one.route


def test_a_double_tap_goes_once(stand: "Stand") -> None:
    stand.go("home")
    tile = stand.target(first(stand, "stage"))
    fingers = [stand.finger(tile), stand.finger(tile)]
    for finger in fingers:
        finger.down()
        finger.up()
    stand.settle()
    assert stand.kiosk.navigator.trail == ["home", tile.route]


KEYS = {"F1": 282, "Esc": 27, "F11": 292, "F12": 293, "Enter": 13, "Back": 1001, "a": 97}


@pytest.mark.parametrize("modifiers", [[], ["ctrl"], ["alt"], ["meta"], ["ctrl", "shift"]])
def test_no_key_does_anything(stand: "Stand", modifiers: list[str]) -> None:
    from kivy.core.window import Window

    stopped: list[Any] = []
    stand.kiosk.bind(on_stop=stopped.append)
    stand.kiosk._install_settings_keys(Window)
    stand.go("home")
    before, children = stand.words(), list(Window.children)
    for code in [*KEYS.values(), *range(97, 123)]:
        Window.dispatch("on_key_down", code, 0, "", modifiers)
        Window.dispatch("on_keyboard", code, 0, "", modifiers)
        Window.dispatch("on_key_up", code, 0)
    assert Window.dispatch("on_request_close")
    stand.settle()
    assert not stopped
    assert (stand.route, stand.words(), list(Window.children)) == ("home", before, children)


def test_one_tap_is_one_event(stand: "Stand") -> None:
    from kivy.base import EventLoop
    from kivy.config import Config
    from kivy.core.window import Window
    from kivy.input.factory import MotionEventFactory

    assert (os.environ["SDL_TOUCH_MOUSE_EVENTS"], os.environ["SDL_MOUSE_TOUCH_EVENTS"]) == ("1", "0")
    ((device, given),) = Config.items("input")
    name, _, options = given.partition(",")
    provider = MotionEventFactory.get(name)(device, options)
    EventLoop.add_input_provider(provider)
    provider.start()
    felt: list[object] = []
    stand.root.bind(on_finger=lambda *_: felt.append(_))
    stand.go("home")
    tile = stand.target(first(stand, "stage"))
    x, y = tile.to_window(*tile.center)
    Window.dispatch("on_mouse_down", x, Window.height - y, "left", [])
    stand.settle(1)
    Window.dispatch("on_mouse_up", x, Window.height - y, "left", [])
    stand.settle()
    provider.stop()
    EventLoop.remove_input_provider(provider)
    assert len(felt) == 1
    assert stand.kiosk.navigator.trail == ["home", tile.route]


def test_a_finger_that_waits_before_it_scrolls_scrolls(stand: "Stand") -> None:
    from kivy.clock import Clock
    from kivy.uix.scrollview import ScrollView

    stand.go(f"stage/{stand.longest_stage}")
    view = next(w for w in stand.widgets() if isinstance(w, ScrollView))
    finger = stand.finger(stand.target(first(stand, "service")))
    finger.down()
    began = Clock.get_time()
    while Clock.get_time() < began + 0.6:
        stand.settle(1)
    for _ in range(10):
        finger.slide(0, 40)
        stand.settle(1)
    finger.up()
    assert view.scroll_y < 1


def test_a_list_at_rest_moves_nothing(stand: "Stand") -> None:
    """Kivy would fade out the bar that it does not show here, and hold the list meanwhile."""
    from kivy.animation import Animation
    from kivy.clock import Clock

    moved: list[object] = []
    stand.go(f"stage/{stand.longest_stage}")
    began = Clock.get_time()
    while Clock.get_time() < began + 0.6:
        stand.settle(1)
        moved += Animation._instances
    assert not moved


def test_back_leads_to_where_the_list_was_left_and_a_new_way_to_its_beginning(stand: "Stand") -> None:
    from kivy.uix.scrollview import ScrollView

    def view() -> Any:
        return next(w for w in stand.widgets() if isinstance(w, ScrollView))

    stand.go("home")
    stand.go(f"stage/{stand.longest_stage}")
    view().scroll_y = 0.4
    stand.settle()
    stand.go(f"service/{stand.service_id}")
    assert view().scroll_y == 1
    view().scroll_y = 0.3
    stand.go("do/back")
    assert view().scroll_y == pytest.approx(0.4)
    stand.go(f"service/{stand.service_id}")
    assert view().scroll_y == 1
    stand.go("home")
    stand.go(f"stage/{stand.longest_stage}")
    assert view().scroll_y == 1
