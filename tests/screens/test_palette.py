"""Colours that people with weak eyes can tell apart."""

import re
from pathlib import Path

import pytest

from screens.shared.palette import HIGH_CONTRAST, STANDARD, Palette, channels, contrast, painted, pairs

SCREENS = Path(__file__).parents[2] / "screens"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0B4EA2", "#0B4EA2") == 1


def test_channels() -> None:
    assert channels("#FF0080") == pytest.approx((1, 0, 128 / 255, 1))


@pytest.mark.parametrize(("palette", "least"), [(STANDARD, 4.5), (HIGH_CONTRAST, 7.0)])
def test_text_stands_out_from_its_ground(palette: Palette, least: float) -> None:
    assert palette.least == least
    for text, ground in pairs(palette):
        assert contrast(text, ground) >= least, (text, ground)


def test_high_contrast_is_white_on_black_with_yellow_targets() -> None:
    assert (HIGH_CONTRAST.ink, HIGH_CONTRAST.canvas, HIGH_CONTRAST.surface) == (
        "#FFFFFF",
        "#000000",
        "#000000",
    )
    assert {HIGH_CONTRAST.primary, HIGH_CONTRAST.edge} == {"#FFD800"}
    assert {(icon, edge) for _, icon, edge in HIGH_CONTRAST.tints} == {("#FFD800", "#FFD800")}


def test_both_palettes_have_the_same_tiles() -> None:
    assert len(HIGH_CONTRAST.tints) == len(STANDARD.tints)


def test_layouts_name_colours_that_there_are() -> None:
    names = painted(STANDARD)
    for file in SCREENS.rglob("*.kv"):
        text = file.read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9A-Fa-f]{6}", text), file
        assert set(re.findall(r"colours\.(\w+)", text)) <= names.keys(), file
