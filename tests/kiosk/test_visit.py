"""How long a visitor may be still, and that nothing of them stays."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.visit import EXTENSIONS_BEFORE_LONGER, LONGER, Visit


@pytest.fixture
def visit() -> Visit:
    return Visit(idle_seconds=60, countdown_seconds=20, language="zh")


def test_nobody_is_there_until_the_first_touch(visit: Visit) -> None:
    assert visit.phase(10_000) == "resting"
    visit.touch(10_000)
    assert visit.phase(10_000) == "active"


@pytest.mark.parametrize(
    ("still", "phase"), [(0, "active"), (59.9, "active"), (60, "counting"), (79.9, "counting"), (80, "over")]
)
def test_phases_follow_the_clock(visit: Visit, still: float, phase: str) -> None:
    visit.touch(100)
    if still >= 60:
        visit.count_down(160)
    assert visit.phase(100 + still) == phase


def test_nothing_ends_before_the_countdown_was_seen(visit: Visit) -> None:
    visit.touch(0)
    assert visit.phase(1000) == "counting"
    visit.count_down(1000)
    visit.count_down(1010)
    assert visit.phase(1019.9) == "counting"
    assert visit.phase(1020) == "over"


def test_a_countdown_of_less_than_20_seconds_lasts_20() -> None:
    visit = Visit(idle_seconds=60, countdown_seconds=5, language="zh")
    visit.touch(0)
    visit.count_down(60)
    assert visit.phase(79.9) == "counting"


def test_staying_is_no_extension(visit: Visit) -> None:
    visit.touch(0)
    visit.stay(59)
    assert (visit.phase(118), visit.extensions) == ("active", 0)


def test_seconds_left_never_fall_below_nothing(visit: Visit) -> None:
    visit.touch(0)
    visit.count_down(60)
    assert visit.seconds_left(70) == 10
    assert visit.seconds_left(1000) == 0


def test_one_touch_while_counting_extends(visit: Visit) -> None:
    visit.touch(0)
    visit.touch(70)
    assert (visit.extensions, visit.phase(71)) == (1, "active")


def test_after_three_extensions_the_kiosk_waits_longer(visit: Visit) -> None:
    now = 0.0
    visit.touch(now)
    for _ in range(EXTENSIONS_BEFORE_LONGER):
        now += 65
        visit.touch(now)
    assert visit.phase(now + 60 * LONGER - 1) == "active"
    assert visit.phase(now + 60 * LONGER + 1) == "counting"


def test_who_asked_for_more_time_has_three_times_as_much(visit: Visit) -> None:
    visit.touch(0)
    visit.modes = visit.modes.toggled("more-time")
    assert [visit.phase(now) for now in (0, 60 * LONGER - 1, 60 * LONGER + 1)] == [
        "active",
        "active",
        "counting",
    ]


def test_the_countdown_is_never_shorter_than_asked(visit: Visit) -> None:
    visit.touch(0)
    assert visit.seconds_left(60) == visit.countdown_seconds


def test_choosing_twice_takes_off_again(visit: Visit) -> None:
    visit.choose("service", "a")
    visit.choose("life_event", "b")
    assert visit.has_chosen("service", "a")
    visit.choose("service", "a")
    assert visit.choices == [("life_event", "b")]


def test_what_was_taken_off_can_be_put_back_once(visit: Visit) -> None:
    for record_id in "abc":
        visit.choose("service", record_id)
    before = list(visit.choices)
    visit.take_off(("service", "b"))
    assert visit.choices == [("service", "a"), ("service", "c")]
    visit.take_off(("service", "never chosen"))
    visit.undo()
    assert visit.choices == before
    visit.undo()
    assert visit.choices == before
    visit.take_off(*before)
    assert not visit.choices
    visit.undo()
    assert visit.choices == before


def test_after_choosing_again_nothing_is_put_back(visit: Visit) -> None:
    visit.choose("service", "a")
    visit.take_off(("service", "a"))
    visit.choose("service", "b")
    visit.undo()
    assert visit.choices == [("service", "b")]


def test_traits_are_tapped_and_taken_back(visit: Visit) -> None:
    for tag, tapped in (
        ("a", ("a",)),
        ("b", ("a", "b")),
        ("a", ("b",)),
        ("", ()),
        ("a", ("a",)),
        ("a", None),
    ):
        visit.tap("who", tag)
        assert visit.traits.get("who") == tapped
    visit.tap("who")
    visit.tap("who")
    assert visit.traits == {}


@given(st.lists(st.tuples(st.floats(0, 1e6), st.text(max_size=5)), max_size=20))
def test_erasing_leaves_a_visit_like_new(acts: list[tuple[float, str]]) -> None:
    visit = Visit(60, 20, "zh")
    for now, record_id in acts:
        visit.touch(now)
        visit.choose("service", record_id)
        visit.take_off(("service", record_id))
        visit.tap("who", record_id)
        visit.language = "en"
        visit.modes = visit.modes.toggled("large")
    visit.erase("zh")
    assert asdict(visit) == asdict(Visit(60, 20, "zh"))
