"""Which edition a box may take while an edition spreads."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rings import Plan, Ring, newest_allowed, place, read_plan, ring_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FLEET = [f"{number:016x}" for number in range(2_000)]
IDS = st.text("0123456789abcdef", min_size=16, max_size=16)


def test_a_percentage_takes_about_so_many() -> None:
    for percent in (0, 1, 10, 50, 100):
        taken = [kiosk for kiosk in FLEET if place(kiosk) < percent]
        assert len(taken) == pytest.approx(len(FLEET) * percent / 100, abs=60)
    assert sum(place(kiosk) < 1 for kiosk in FLEET) > 0


@given(IDS, st.integers(0, 100), st.integers(0, 100))
def test_a_larger_ring_has_the_boxes_of_a_smaller_one(kiosk: str, one: int, other: int) -> None:
    small, large = sorted((one, other))
    inside = ring_of([Ring(name="small", edition=2, percent=small)], kiosk, "")
    assert inside is None or ring_of([Ring(name="large", edition=2, percent=large)], kiosk, "")


def test_a_box_belongs_to_the_first_ring_that_has_it() -> None:
    plan = Plan(
        rings=(
            Ring(name="pilot", edition=9, group="试点"),
            Ring(name="all", edition=8, percent=100),
        )
    )
    assert newest_allowed(plan, FLEET[0], "试点", NOW) == 9
    assert newest_allowed(plan, FLEET[0], "", NOW) == 8


def test_without_a_ring_a_box_takes_the_newest() -> None:
    assert newest_allowed(Plan(), FLEET[0], "", NOW) is None
    assert newest_allowed(Plan(rings=(Ring(name="none", edition=1),)), FLEET[0], "", NOW) is None


def test_before_its_time_a_ring_has_what_came_before() -> None:
    plan = Plan(rings=(Ring(name="all", edition=5, percent=100, not_before=NOW),))
    assert newest_allowed(plan, FLEET[0], "", NOW - timedelta(seconds=1)) == 4
    assert newest_allowed(plan, FLEET[0], "", NOW) == 5


@pytest.mark.parametrize("custom", [None, 1, [], {"rings": 1}, {"rings": [{"name": "x"}]}])
def test_what_is_no_plan_is_refused(custom: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_plan(custom)
