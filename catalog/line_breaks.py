"""Breaking text into lines by the rules of Chinese typesetting (GB/T 15834, CLREQ).

No line begins with a closing mark or ends with an opening one; Latin words, numbers and codes stay whole unless
one alone is wider than the line. Widths come from the caller, so the rules know nothing of fonts.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, groupby

NOT_AT_START = frozenset("，。、；：？！）》」』】〕〉”’…—·,.;:?!)]}%℃°～~／/")
NOT_AT_END = frozenset("（《「『【〔〈“‘([{¥$＄№#")
SHORTER = 0.01
"""So much less than a line is wide does not hold it."""


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width`; `measure` gives the width of one character in the same unit.

    Line ends in `text` are kept. A line holds at least one character, however narrow `width` is.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(paragraph, width, measure))
    return lines


def even_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """As many lines as `break_lines` makes, the longest as short as it can be without breaking a word."""
    lines = break_lines(text, width, measure)
    words = (sum(map(measure, run)) for held, run in groupby(text, _holds_together) if held)
    narrowest = max(words, default=0.0)
    while len(lines) > 1:
        narrower = max(sum(map(measure, line)) for line in lines) - SHORTER
        tried = break_lines(text, narrower, measure)
        if narrower < narrowest or len(tried) > len(lines) or tried == lines:
            break
        lines = tried
    return lines


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    ends = list(accumulate(map(measure, text), initial=0.0))
    start = 0
    while (fits := max(start + 1, bisect_right(ends, ends[start] + width) - 1)) < len(text):
        end = next((at for at in range(fits, start, -1) if _may_break(text[at - 1], text[at])), fits)
        yield text[start:end].rstrip(" ")
        start = next((at for at in range(end, len(text)) if text[at] != " "), len(text))
        if start == len(text):
            return
    yield text[start:].rstrip(" ")


def _may_break(before: str, after: str) -> bool:
    if after in NOT_AT_START or before in NOT_AT_END or after == " ":
        return False
    return not (_holds_together(before) and _holds_together(after))


def _holds_together(character: str) -> bool:
    return (
        character != " "
        and ord(character) < 0x2E80
        and (character.isalnum() or character in "-_.@:/+'’&=?%#")
    )
