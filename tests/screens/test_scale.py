"""Sizes on panels of any resolution."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.shared.scale import BODY_CAP_MM, BODY_UNITS, CAP_OF_EM, LARGE_CAP_MM, REACH_MM, scale_of

SIDES = st.integers(480, 8000)
INCHES = st.floats(7, 110)


def test_the_panel_that_the_design_was_drawn_for_has_units_of_one_pixel() -> None:
    scale = scale_of(1080, 1920, 43)
    assert scale.unit == 1
    assert scale.pixels_per_mm == pytest.approx(1 / 0.496, rel=0.01)


@given(SIDES, SIDES, INCHES)
def test_body_text_is_never_too_small_to_read(width: int, height: int, inches: float) -> None:
    scale = scale_of(width, height, inches)
    cap = scale.unit * BODY_UNITS * CAP_OF_EM / scale.pixels_per_mm
    assert cap >= BODY_CAP_MM * 0.999 or scale.unit == min(width, height) / 1080


@given(SIDES, SIDES, INCHES)
def test_turning_the_panel_changes_no_size(width: int, height: int, inches: float) -> None:
    one, other = scale_of(width, height, inches), scale_of(height, width, inches)
    assert (one.unit, one.pixels_per_mm, one.letters(True)) == (
        other.unit,
        other.pixels_per_mm,
        other.letters(True),
    )


@given(SIDES, SIDES, INCHES)
def test_a_millimetre_is_a_millimetre(width: int, height: int, inches: float) -> None:
    scale = scale_of(width, height, inches)
    assert hypot(width, height) / scale.pixels_per_mm == pytest.approx(inches * 25.4)
    assert scale.dpi == pytest.approx(hypot(width, height) / inches)


@pytest.mark.parametrize(("width", "height", "inches"), [(0, 1920, 43), (1080, 0, 43), (1080, 1920, 0)])
def test_no_such_panel(width: int, height: int, inches: float) -> None:
    with pytest.raises(ValueError, match="no such panel"):
        scale_of(width, height, inches)


PANELS = [(1080, 1920, 43.0), (1920, 1080, 43.0), (768, 1366, 32.0), (1080, 1920, 21.5), (2160, 3840, 43.0)]
TEXT_UNITS = 32
"""Font size of a text whose layout says nothing else."""


@pytest.mark.parametrize(("width", "height", "inches"), PANELS)
@pytest.mark.parametrize("floor", [None, 600.0])
def test_type_is_as_high_as_asked(width: int, height: int, inches: float, floor: float | None) -> None:
    scale = scale_of(width, height, inches, floor)
    for large, least in ((False, BODY_CAP_MM), (True, LARGE_CAP_MM)):
        for units in (TEXT_UNITS, 20):
            cap = scale.letters(large).size(units * scale.unit) * CAP_OF_EM / scale.pixels_per_mm
            assert cap >= least * 0.999


@pytest.mark.parametrize(("width", "height", "inches"), PANELS)
@pytest.mark.parametrize("units", [20, 28, 32, 52, 120])
def test_large_type_is_larger(width: int, height: int, inches: float, units: float) -> None:
    scale = scale_of(width, height, inches)
    size = units * scale.unit
    assert scale.letters(True).size(size) > scale.letters(False).size(size) * 1.08


@pytest.mark.parametrize("floor", [400.0, 600.0, 750.0])
@pytest.mark.parametrize(("width", "height", "inches"), PANELS)
def test_low_reach_ends_at_the_height_of_a_seated_hand(
    width: int, height: int, inches: float, floor: float
) -> None:
    scale = scale_of(width, height, inches, floor)
    assert floor + scale.reach / scale.pixels_per_mm <= REACH_MM + 0.01
    assert scale.unit <= scale_of(width, height, inches).unit


def test_a_panel_that_is_low_enough_stays_as_it_is() -> None:
    assert scale_of(1920, 1080, 43, 500) == scale_of(1920, 1080, 43)
