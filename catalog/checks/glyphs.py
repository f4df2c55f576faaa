"""Characters that the kiosk's fonts cannot draw: a visitor would see an empty box."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files

from fontTools.ttLib import TTFont

from catalog.checks.note import note
from catalog.findings import Finding
from catalog.records import Outline, Record
from catalog.references import texts
from catalog.text import encode_record

_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def check_glyphs(records: Sequence[Record]) -> Iterator[Finding]:
    """Every text that is drawn."""
    for record in records:
        if isinstance(record, Outline) or not undrawable(encode_record(record).decode()):
            continue
        for path, text in texts(record):
            missing = undrawable(text)
            if missing:
                named = "、".join(f"“{letter}”（U+{ord(letter):04X}）" for letter in sorted(missing)[:5])
                yield note(
                    "warning",
                    "missing-glyph",
                    record,
                    f"屏幕字体里没有 {named}，显示为空框",
                    "换成通用的字，或请管理员在字体里补字",
                    field=path,
                )


def undrawable(text: str) -> set[str]:
    """The characters of a text that one of the fonts lacks. White space is not drawn."""
    return {letter for letter in set(text) - _drawable() if not letter.isspace()}


@cache
def _drawable() -> frozenset[str]:
    """The characters that all fonts have."""
    known: list[set[int]] = []
    for name in _FONTS:
        with as_file(files("assets").joinpath("fonts", name)) as path, TTFont(path, lazy=True) as font:
            font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))  # to make up names takes long
            known.append(set(font["cmap"].getBestCmap()))
    return frozenset(map(chr, set.intersection(*known)))
