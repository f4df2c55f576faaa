"""Ticks and boxes as offices write them, in any font and after any damage."""

import re

from catalog.importing.words import plain

BOXES_TICKED = "■☑√✓✔●▪◼◾⬛▇█★🗹☒✅∨ˇ"
BOXES_EMPTY = "□☐◻◽⬜▢○◯〇☆❏❑"
FONT_TICKED = "tRPnþü"
FONT_EMPTY = "口oOq£¨"
"""Letters that remain of a tick and of an empty box when the symbol font is lost, or a scan was misread."""

_BRACKETED = re.compile(rf"[\[［(（【]\s*([{BOXES_TICKED}xXｘＸ×vVｖＶ])?\s*[\]］)）】]")
_TICKED = frozenset(plain(BOXES_TICKED + "RPþüYyVvⅤ1")) | {
    "是",
    "有",
    "yes",
    "1.0",
    "勾",
    "对",
    "打勾",
    "对勾",
    "对号",
}
_UNTICKED = frozenset(plain(BOXES_EMPTY + "£¨oOq✗✘✕×Xx—–-─/\\0无否Nn")) | {"no", "不"}


def boxed(text: str) -> str:
    """`text` with boxes made of brackets as boxes: `[x]甲 （ ）乙` → `☑甲 □乙`."""
    return _BRACKETED.sub(lambda found: "☑" if found[1] else "□", text)


def ticked(text: str, heading: str = "") -> bool | None:
    """Whether a cell is ticked; None when it is neither a tick nor the absence of one.

    The heading's own words in the cell (`县级` below 县级) count as a tick.
    """
    word = plain(boxed(text)).rstrip("。.")
    for words, meaning in ((_UNTICKED, False), (_TICKED, True)):
        if word.lower() in words or all(letter in words for letter in word):
            return meaning
    bare = word.strip(BOXES_TICKED)
    return True if heading and bare in (heading, heading + "公开") else None
