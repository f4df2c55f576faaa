"""Two texts side by side, the words that differ marked. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_LONGEST = 20_000
"""Characters beyond which two texts are shown as wholly different: comparing takes the square of it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `marked` where the other side does not have it."""

    text: str
    marked: bool


def compare_words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces. Chinese is compared by characters, other scripts by words."""
    if len(before) + len(after) > _LONGEST:
        return (Piece(before, True),), (Piece(after, True),)
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            left.append(Piece("".join(old[a:b]), tag != "equal"))
        if c < d:
            right.append(Piece("".join(new[c:d]), tag != "equal"))
    return tuple(left), tuple(right)
