"""Contrast after WCAG 2.1: text 4.5:1, lines that carry meaning 3:1, in the light and in the dark mode."""

import re
from importlib.resources import files

import pytest

CSS = files("county.web.phone").joinpath("static", "phone.css").read_text()
TEXT_ON_GROUND = [
    ("ink", "canvas"),
    ("ink", "surface"),
    ("muted", "canvas"),
    ("muted", "surface"),
    ("primary", "canvas"),
    ("primary", "surface"),
    ("primary", "primary-soft"),
    ("ink", "primary-soft"),
    ("on-primary", "primary"),
    ("on-bar", "bar"),
    ("ok", "surface"),
    ("warn", "warn-soft"),
    ("urgent", "surface"),
    ("urgent", "canvas"),
]


def _modes() -> dict[str, dict[str, str]]:
    light, dark, _ = (
        dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", block))
        for block in re.findall(r":root {(.*?)}", CSS, re.S)
    )
    return {"light": light, "dark": light | dark}


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(mode: str, text: str, ground: str) -> None:
    colours = _modes()[mode]
    assert _contrast(colours[text], colours[ground]) >= 4.5


def test_colours_are_used_by_name_only() -> None:
    rules = re.sub(r":root {.*?}", "", CSS, flags=re.S)
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgb|hsl", rules)
    used = set(re.findall(r"(?:^|[ ;{])color: var\(--([a-z-]+)\)", rules))
    assert used <= {text for text, _ in TEXT_ON_GROUND}


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
