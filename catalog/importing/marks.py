"""Ticks as offices write them."""

from catalog.importing.words import plain

TICKED = frozenset("√✓✔☑■●▪◼◆🗹☒") | {"是", "有", "Y", "y", "yes", "YES", "V", "v", "1", "1.0", "勾", "对"}
UNTICKED = frozenset("□☐◻○✗✘×Xx—–-/\\0无否N") | {"no", "NO", "不", "/"}


def ticked(text: str, heading: str = "") -> bool | None:
    """Whether a cell is ticked; None when it is neither a tick nor the absence of one.

    The heading's own words in the cell (`县级` below 县级) count as a tick.
    """
    word = plain(text)
    if not word or word in UNTICKED or all(letter in UNTICKED for letter in word):
        return False
    if word in TICKED or all(letter in TICKED for letter in word):
        return True
    bare = word.strip("".join(letter for letter in TICKED if len(letter) == 1 and not letter.isalnum()))
    return True if heading and bare in (heading, heading + "公开") else None
