"""Colours that people with weak eyes can tell apart."""

import re
from pathlib import Path

import pytest

from screens.shared.palette import PAIRS, channels, contrast

SCREENS = Path(__file__).parents[2] / "screens"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0B4EA2", "#0B4EA2") == 1


def test_channels() -> None:
    assert channels("#FF0080") == pytest.approx((1, 0, 128 / 255, 1))


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_layouts_name_their_colours() -> None:
    for file in SCREENS.rglob("*.kv"):
        assert not re.findall(r"#[0-9A-Fa-f]{6}", file.read_text(encoding="utf-8")), file
