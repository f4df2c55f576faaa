"""Every character and every icon that the kiosk draws is in its fonts."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec
import pytest
from fontTools.ttLib import TTFont

from kiosk.catalogue import Catalogue
from kiosk.pages.router import shown
from screens.shared.words import LANGUAGES, load_words
from tests.kiosk.routes import asked, every_route, icons
from tests.sample import sample_records

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FONTS = ("fonts/NotoSansSC-Regular.ttf", "fonts/NotoSansSC-Bold.ttf")


@cache
def glyphs(name: str) -> frozenset[int]:
    with TTFont(ROOT / "assets" / name) as font:
        return frozenset(font["cmap"].getBestCmap())


def codepoints() -> dict[str, int]:
    return tomllib.loads((ROOT / "assets/icons/codepoints.toml").read_text(encoding="utf-8"))


def missing(text: str, name: str) -> set[str]:
    """Characters without a glyph; line ends and the like are not drawn."""
    return {c for c in set(text) if ord(c) not in glyphs(name) and not c.isspace()}


@pytest.mark.parametrize("name", FONTS)
def test_the_font_has_every_character_of_the_words(name: str) -> None:
    for language in LANGUAGES:
        assert not missing("".join(load_words(language).strings.values()), name)


@pytest.mark.parametrize("name", FONTS)
def test_the_font_has_every_character_of_the_records(name: str) -> None:
    assert not missing("".join(msgspec.json.encode(r).decode() for r in sample_records()), name)


def test_the_icon_font_has_what_its_list_names() -> None:
    assert set(codepoints().values()) <= glyphs("icons/materialdesignicons.ttf")


@pytest.mark.usefixtures("plain_codes")
def test_the_icon_font_has_every_icon_that_is_used(catalogue: Catalogue) -> None:
    used = {
        name
        for file in (ROOT / "screens").rglob("*.kv")
        for line in re.findall(r"^\s*(?:name|icon): (.*)$", file.read_text(encoding="utf-8"), re.M)
        for name in re.findall(r"'([a-z0-9-]+)'", line)
    }
    assert {"town-hall", "chevron-right"} <= used
    question = asked(catalogue)
    for route in every_route(catalogue):
        used |= icons(shown(route, question))
    used |= {str(icon) for record in sample_records() if (icon := getattr(record, "icon", ""))}
    assert not used - codepoints().keys()
