"""Staff at the kiosk: the gesture, the pad, the panel, and that it closes by itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.pin import Lock
from kiosk.staff import LONGEST_STAY, PATTERN

if TYPE_CHECKING:
    from tests.window.conftest import STANDS
    from tests.window.stand import Stand

PIN = "274915"


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    lock = Lock(tmp_path)
    lock.set(PIN, lambda length: b"s" * length, cost=2)
    return lock


def gesture(stand: "Stand", pattern: str = PATTERN) -> None:
    """Tap the upper corners."""
    from kivy.core.window import Window

    from tests.window.stand import Finger

    for corner in pattern:
        finger = Finger(20 if corner == "L" else Window.width - 20, Window.height - 20)
        finger.down()
        finger.up()
        stand.seconds += 0.3
        stand.settle(1)
    stand.settle()


def type_pin(stand: "Stand", pin: str = PIN) -> None:
    for digit in pin:
        stand.tap(f"do/staff/digit/{digit}")
    stand.tap("do/staff/open")


@pytest.mark.parametrize("size", [(768, 1366), (1080, 1920), (1920, 1080)])
def test_from_attract_to_the_panel_and_back(
    stands: "STANDS", lock: Lock, size: tuple[int, int], tmp_path: Path
) -> None:
    stand = stands(size)
    gesture(stand)
    assert stand.route == "staff"
    type_pin(stand)
    assert stand.kiosk.visit.staff.open
    assert "1" in stand.words()
    stand.tap("do/staff/sync")
    assert (tmp_path / "requests" / "sync").exists()
    stand.tap("do/erase")
    assert stand.route == "attract"
    assert not stand.kiosk.visit.staff.open


def test_another_pattern_does_not_open_the_pad(stand: "Stand", lock: Lock) -> None:
    gesture(stand, PATTERN[::-1])
    assert stand.route != "staff"


def test_without_a_pin_the_panel_stays_shut_and_says_so(stand: "Stand") -> None:
    gesture(stand)
    assert stand.route == "staff"
    assert "python -m kiosk pin" in stand.words()
    assert not [target for target in stand.targets() if "do/staff" in target.route]


def test_a_wrong_pin_waits_and_the_screen_counts(stand: "Stand", lock: Lock) -> None:
    gesture(stand)
    for _ in range(3):
        type_pin(stand, "1")
    assert "5 秒" in stand.words()
    stand.elapse(2)
    assert "3 秒" in stand.words()
    type_pin(stand)
    assert not stand.kiosk.visit.staff.open
    stand.elapse(4)
    type_pin(stand)
    assert stand.kiosk.visit.staff.open


@pytest.mark.parametrize("opened", [False, True])
def test_it_closes_by_itself(stand: "Stand", lock: Lock, opened: bool) -> None:
    gesture(stand)
    if opened:
        type_pin(stand)
    stand.elapse(LONGEST_STAY - 5)
    assert stand.route == "staff"
    stand.elapse(5)
    assert stand.route == "attract"
    gesture(stand)
    assert not stand.kiosk.visit.staff.open


@pytest.mark.parametrize("way", ["home", "do/back", "basket"])
def test_whoever_leaves_the_panel_needs_the_pin_again(stand: "Stand", lock: Lock, way: str) -> None:
    gesture(stand)
    type_pin(stand)
    stand.go(way)
    stand.go("do/staff/restart")
    stand.go("staff")
    assert not stand.kiosk.visit.staff.open
    assert stand.kiosk.exit_code == 0


def test_cleaning_takes_no_touch_for_30_seconds(stand: "Stand", lock: Lock) -> None:
    gesture(stand)
    type_pin(stand)
    stand.tap("do/staff/clean")
    home = stand.target("home")
    for _ in range(29):
        finger = stand.finger(home)
        finger.down()
        finger.up()
        stand.elapse(1)
        assert stand.route == "staff"
    assert "1 秒" in stand.words()
    stand.elapse(1)
    stand.tap("do/erase")
    assert stand.route == "attract"


def test_a_restart_ends_the_program_with_its_code(
    stand: "Stand", lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(stand.kiosk, "stop", lambda: stopped.append(True))
    gesture(stand)
    type_pin(stand)
    stand.tap("do/staff/restart")
    assert (stopped, stand.kiosk.exit_code) == ([True], 75)


def test_erasing_leaves_no_digit(stand: "Stand", lock: Lock) -> None:
    gesture(stand)
    stand.tap("do/staff/digit/7")
    stand.tap("do/erase")
    gesture(stand)
    assert "●" not in stand.words()


def test_the_panel_opens_without_an_edition(stands: "STANDS", lock: Lock, tmp_path: Path) -> None:
    (tmp_path / "active.json").unlink()
    stand = stands()
    gesture(stand)
    type_pin(stand)
    assert stand.kiosk.visit.staff.open
    assert "do/staff/restart" in [target.route for target in stand.targets()]


@pytest.mark.parametrize("size", [(768, 1366), (1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_fits(stands: "STANDS", lock: Lock, size: tuple[int, int], language: str) -> None:
    from tests.window.geometry import faults

    stand = stands(size, language=language)
    gesture(stand)
    found = faults(stand)
    type_pin(stand)
    found += faults(stand)
    stand.tap("do/staff/clean")
    found += faults(stand)
    assert not found, "\n".join(found)
