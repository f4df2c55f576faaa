"""The search page: what was typed, what was found, and the pad to type on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from screens.shared.item import Paragraph, Tile
from screens.shared.words import Words

Pad = Literal["letters", "digits", "away"]
ROWS = {"letters": ("qwertyuiop", "asdfghjkl", "zxcvbnm"), "digits": ("12345", "67890", "")}
WIDE = 10.0
"""Letters in the widest row of the pad, which every other key is measured by."""

BACKSPACE, ENTER, KEYPAD_ENTER, ESCAPE, KEYPAD_0 = 8, 13, 271, 27, 256
"""Kivy's numbers of keys; those of letters, digits and the space are their ASCII codes."""
HARMLESS = {"shift", "capslock", "numlock"}
"""Modifiers with which a key still writes what is on it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it says and what it does; it is as wide as `share` letters."""

    label: str
    route: str
    icon: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`query` is empty before the first key, when `placeholder` says what to type.

    `candidates` are Chinese words for the pinyin at its end, or other queries; `note` says which. `first` is the
    route of the best result. While the pad is away, `box` brings it back and `box_label` says so.
    """

    query: str = ""
    placeholder: str = ""
    items: tuple[Paragraph | Tile, ...] = ()
    note: str = ""
    candidates: tuple[Key, ...] = ()
    rows: tuple[tuple[Key, ...], ...] = ()
    first: str = ""
    box: str = ""
    box_label: str = ""


Group = tuple[str, Sequence[Tile]]
"""A heading and what stands below it."""


def found_items(groups: Sequence[Group]) -> tuple[Paragraph | Tile, ...]:
    """Results below their headings."""
    items: list[Paragraph | Tile] = []
    for title, tiles in groups:
        items += [Paragraph(title, "question"), *tiles]
    return tuple(items)


def headings(words: Words) -> dict[str, str]:
    """Kind of record → heading of its results."""
    return {
        "service": words("found-services"),
        "life_event": words("found-events"),
        "life_stage": words("found-stages"),
        "policy": words("found-policies"),
        "place": words("found-places"),
        "window": words("found-windows"),
        "organisation": words("found-offices"),
        "disclosure": words("found-disclosure"),
        "participation": words("found-participation"),
        "bulletin": words("found-bulletins"),
    }


def pad_rows(pad: Pad, can_restore: bool, words: Words) -> tuple[tuple[Key, ...], ...]:
    """The keys of the pad from the top; `can_restore`: the query was just cleared."""
    if pad == "away":
        return ()
    top, middle, bottom = (_letters(row, 2.0 if pad == "digits" else 1.0) for row in ROWS[pad])
    other = ("123", "do/pad/digits") if pad == "letters" else ("abc", "do/pad/letters")
    side = (WIDE - sum(key.share for key in bottom)) / 2
    clear = (words("search-restore"), "do/restore") if can_restore else (words("search-clear"), "do/clear")
    return (
        top,
        middle,
        (Key(*other, share=side), *bottom, Key("", "do/delete", "backspace", side)),
        (
            Key(*clear, share=2.5),
            Key(words("search-space"), "do/key/ ", share=5.0),
            Key(words("search-hide"), "do/pad/away", share=2.5),
        ),
    )


def pressed(key: int, modifiers: Collection[str], page: SearchPage) -> str:
    """The route that a key of a real keyboard stands for; empty for one that does nothing here."""
    if not HARMLESS.issuperset(modifiers):
        return ""
    if KEYPAD_0 <= key < KEYPAD_0 + 10:
        key += ord("0") - KEYPAD_0
    if key == ord(" ") or ord("0") <= key <= ord("9") or ord("a") <= key <= ord("z"):
        return f"do/key/{chr(key)}"
    acts = {BACKSPACE: "do/delete", ESCAPE: "do/clear", ENTER: page.first, KEYPAD_ENTER: page.first}
    return acts.get(key, "")


def _letters(row: str, share: float) -> tuple[Key, ...]:
    return tuple(Key(letter, f"do/key/{letter}", share=share) for letter in row)
