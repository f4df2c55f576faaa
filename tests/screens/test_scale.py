"""Sizes on panels of any resolution."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.shared.scale import BODY_CAP_MM, BODY_UNITS, CAP_OF_EM, scale_of

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
    assert scale_of(width, height, inches) == scale_of(height, width, inches)


@given(SIDES, SIDES, INCHES)
def test_a_millimetre_is_a_millimetre(width: int, height: int, inches: float) -> None:
    scale = scale_of(width, height, inches)
    assert hypot(width, height) / scale.pixels_per_mm == pytest.approx(inches * 25.4)
    assert scale.dpi == pytest.approx(hypot(width, height) / inches)


@pytest.mark.parametrize(("width", "height", "inches"), [(0, 1920, 43), (1080, 0, 43), (1080, 1920, 0)])
def test_no_such_panel(width: int, height: int, inches: float) -> None:
    with pytest.raises(ValueError, match="no such panel"):
        scale_of(width, height, inches)
