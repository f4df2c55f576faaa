"""The staff's gesture, PIN and pages."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kiosk.__main__ as program
from kiosk.desk import Desk
from kiosk.machine import Machine
from kiosk.pages.staffing import panel
from kiosk.pin import FIRST_DELAY, FREE_TRIES, LONGEST_DELAY, Lock, delay, weakness
from kiosk.staff import BETWEEN_TAPS, PATTERN, Gesture, Readings, Staff, corner
from kiosk.visit import Visit
from screens.shared.words import LANGUAGES, load_words
from tests.kiosk.routes import NOW

PIN = "274915"


def salt(length: int) -> bytes:
    return b"s" * length


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    lock = Lock(tmp_path)
    lock.set(PIN, salt, cost=2)
    return lock


def tapped(corners: str, pause: float = 0.3) -> bool:
    """Whether these taps, so many seconds apart, were the gesture at any time."""
    gesture = Gesture()
    taps = [
        gesture.tap(corner.replace(" ", ""), 100 + number * pause) for number, corner in enumerate(corners)
    ]
    return any(taps)


def test_the_gesture_is_its_pattern_without_a_pause() -> None:
    assert tapped(PATTERN)
    assert tapped("LRL" + PATTERN)
    assert not tapped(PATTERN, pause=BETWEEN_TAPS + 0.1)
    assert not tapped(PATTERN[:3] + " " + PATTERN[3:])


@given(st.text("LR ", max_size=30))
def test_nothing_else_is_the_gesture(corners: str) -> None:
    assert tapped(corners) == (PATTERN in corners)


@pytest.mark.parametrize(
    ("x", "y", "expected"), [(0, 1919, "L"), (1079, 1919, "R"), (540, 1919, ""), (0, 1800, ""), (1079, 0, "")]
)
def test_only_the_upper_corners_count(x: float, y: float, expected: str) -> None:
    assert corner(x, y, 1080, 1920, 100) == expected


def test_without_a_pin_nothing_opens(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    assert not lock.has_pin
    assert not lock.opens("", NOW)
    assert not lock.opens(PIN, NOW)


def test_only_the_pin_opens_and_only_its_hash_is_kept(tmp_path: Path, lock: Lock) -> None:
    assert lock.has_pin
    assert lock.opens(PIN, NOW)
    assert not lock.opens(PIN[:-1], NOW)
    assert all(PIN not in file.read_text() for file in (tmp_path / "staff").iterdir())


def test_wrong_tries_delay_the_next_even_after_a_restart(tmp_path: Path, lock: Lock) -> None:
    for _ in range(FREE_TRIES + 1):
        assert lock.blocked_until(NOW) is None
        assert not lock.opens("999999", NOW)
    again = Lock(tmp_path)
    assert again.blocked_until(NOW) == NOW + timedelta(seconds=FIRST_DELAY)
    assert not again.opens(PIN, NOW)
    assert again.opens(PIN, NOW + timedelta(seconds=FIRST_DELAY))
    assert again.blocked_until(NOW) is None


def test_delays_grow_up_to_a_limit() -> None:
    delays = [delay(wrong) for wrong in range(2000)]
    assert delays == sorted(delays)
    assert delays[FREE_TRIES] == 0
    assert delays[FREE_TRIES + 2] == 2 * FIRST_DELAY
    assert delays[-1] == LONGEST_DELAY


def test_tries_while_blocked_neither_count_nor_lengthen_the_wait(lock: Lock) -> None:
    for _ in range(1000):
        lock.opens("999999", NOW)
    assert lock.blocked_until(NOW) == NOW + timedelta(seconds=FIRST_DELAY)


@pytest.mark.parametrize("years", [-50, -1, 1, 50])
def test_a_wrong_clock_locks_nobody_out(lock: Lock, years: int) -> None:
    for _ in range(FREE_TRIES + 1):
        lock.opens("999999", NOW)
    then = NOW + timedelta(days=365 * years)
    until = lock.blocked_until(then)
    assert until is None or until <= then + timedelta(seconds=FIRST_DELAY)
    assert lock.opens(PIN, then + timedelta(seconds=FIRST_DELAY))


@given(damage=st.binary(max_size=60))
def test_damaged_files_open_nothing(tmp_path_factory: pytest.TempPathFactory, damage: bytes) -> None:
    folder = tmp_path_factory.mktemp("lock")
    (folder / "staff").mkdir()
    (folder / "staff" / "pin.json").write_bytes(damage)
    (folder / "staff" / "tries.json").write_bytes(damage)
    lock = Lock(folder)
    assert not lock.opens("", NOW)
    assert not lock.opens(PIN, NOW)


@pytest.mark.parametrize(
    "pin", ["", "27491", "1" * 13, "27491a", "１２７４９３", "111111", "123456", "987654", "890123"]
)
def test_weak_pins_are_refused(pin: str) -> None:
    assert weakness(pin)


@pytest.mark.parametrize("pin", ["123123", "454545", "112211", "13579135791357"])
def test_patterns_are_refused(pin: str) -> None:
    assert weakness(pin)


@pytest.mark.parametrize("pin", [PIN, "190763", "0408152316"])
def test_other_pins_are_not(pin: str) -> None:
    assert not weakness(pin)


@pytest.mark.parametrize(
    ("typed", "code"), [((PIN, PIN), 0), ((PIN, "274916"), 1), (("123456", "123456"), 1)]
)
def test_the_command_sets_a_pin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, str], code: int
) -> None:
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    assert program.set_pin(tmp_path) == code
    assert Lock(tmp_path).has_pin == (code == 0)


def test_the_command_says_when_the_folder_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("getpass.getpass", lambda _: PIN)
    assert program.set_pin(tmp_path / "file") == 3


class Table:
    """A desk with everything around it."""

    def __init__(self, state: Path) -> None:
        self.visit, self.lock, self.restarts, self.now = Visit(60, 20, "zh"), Lock(state), 0, NOW
        machine = Machine(state, ["true"], ["no-such-program"])
        self.desk = Desk(self.visit, self.lock, machine, lambda: self.now, lambda: 50.0, self.restart)

    def restart(self) -> None:
        self.restarts += 1

    def type(self, pin: str) -> None:
        self.desk.enter()
        for digit in pin:
            self.desk.act(f"digit/{digit}")
        self.desk.act("open")


@pytest.fixture
def table(tmp_path: Path, lock: Lock) -> Table:
    return Table(tmp_path)


def test_acts_do_nothing_before_the_pin(tmp_path: Path, table: Table) -> None:
    table.type("999999")
    for act in ("clean", "restart", "sync", "print", "volume/louder", "nonsense", ""):
        table.desk.act(act)
    assert not table.restarts
    assert not table.visit.staff.cleaning_left
    assert not (tmp_path / "requests").exists()


def test_acts_behind_the_pin(tmp_path: Path, table: Table) -> None:
    table.type(PIN)
    assert table.visit.staff.open
    assert not table.visit.staff.digits
    table.desk.act("restart")
    assert table.restarts == 1
    table.desk.act("clean")
    assert table.visit.staff.cleaning_left == 30
    table.desk.act("sync")
    assert (tmp_path / "requests" / "sync").exists()


@pytest.mark.parametrize(
    ("direction", "said"), [("louder", "changed"), ("quieter", "missing"), ("x", "missing")]
)
def test_volume_says_whether_it_was_changed(table: Table, direction: str, said: str) -> None:
    table.type(PIN)
    table.desk.act(f"volume/{direction}")
    assert table.visit.staff.said == f"staff-volume-{said}"


def test_a_test_page_is_printed_where_there_is_a_printer(tmp_path: Path, table: Table) -> None:
    printed: list[bool] = []
    table.desk = Desk(
        table.visit,
        table.lock,
        Machine(tmp_path, [], []),
        lambda: NOW,
        lambda: 50.0,
        table.restart,
        lambda: printed.append(True),
    )
    table.type(PIN)
    table.desk.act("print")
    assert (printed, table.visit.staff.said) == ([True], "staff-print-asked")


def test_erasing_shuts_the_panel(table: Table) -> None:
    table.type(PIN)
    table.visit.erase("zh")
    assert not table.visit.staff.open
    table.desk.act("restart")
    assert not table.restarts


def test_readings_say_how_the_box_is(tmp_path: Path) -> None:
    active = {"edition": 7, "digest": "ab" * 32, "file": "x.db", "activated": NOW.isoformat()}
    (tmp_path / "active.json").write_text(json.dumps(active))
    (tmp_path / "status.json").write_text(json.dumps({"tried": NOW.isoformat(), "network": "unreachable"}))
    readings = Machine(tmp_path, [], []).readings()
    assert (readings.edition, readings.digest[:2], readings.network) == (7, "ab", "unreachable")
    assert readings.confirmed is None
    assert min(readings.memory, readings.disk_free, readings.uptime) > 0
    assert Machine(tmp_path / "..", [], []).readings().edition == 0


NETWORKS = ("", "ok", "unreachable", "untrusted", "unfit")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("printer", [False, True])
def test_the_panel_has_words_for_everything(language: str, network: str, printer: bool) -> None:
    readings = Readings(
        edition=3, digest="c" * 64, confirmed=datetime(2026, 11, 22, 8, tzinfo=UTC), network=network
    )
    staff = Staff(open=True, has_pin=True, readings=readings, said="staff-sync-asked", printer=printer)
    page = panel(staff, NOW, load_words(language)).page
    assert all(fact.name and fact.value for fact in page.facts)
    assert any(tile.route == "do/staff/print" for tile in page.acts) == printer
    assert page.said


def test_the_pad_counts_the_wait_and_shows_no_digit() -> None:
    words = load_words("en")
    staff = Staff(digits=PIN, has_pin=True, blocked_until=NOW + timedelta(seconds=12.2))
    page = panel(staff, NOW, words).page
    assert "13 s" in page.text
    assert page.dots == "●" * len(PIN)
    assert panel(Staff(), NOW, words).screen == "notice"
