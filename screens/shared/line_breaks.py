"""Breaking text into lines by the rules of Chinese typesetting (GB/T 15834, CLREQ).

No line begins with a closing mark or ends with an opening one; Latin words, numbers and codes stay whole unless
one alone is wider than the line. Widths come from the caller, so the rules know nothing of fonts.
"""

from collections.abc import Callable, Iterator

NOT_AT_START = frozenset("，。、；：？！）》」』】〕〉”’…—·,.;:?!)]}%℃°～~／/")
NOT_AT_END = frozenset("（《「『【〔〈“‘([{¥$＄№#")


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width`; `measure` gives the width of one character in the same unit.

    Line ends in `text` are kept. A line holds at least one character, however narrow `width` is.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(paragraph, width, measure))
    return lines


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line, used = "", 0.0
    for part in _parts(text):
        length = sum(map(measure, part))
        if line and used + length > width:
            yield line.rstrip(" ")
            part = part.lstrip(" ")
            line, used, length = "", 0.0, sum(map(measure, part))
        if length > width:
            *full, part = _pieces(part, width, measure)
            yield from full
            length = sum(map(measure, part))
        line, used = line + part, used + length
    yield line.rstrip(" ")


def _parts(text: str) -> Iterator[str]:
    """The parts of a paragraph between which a line may end."""
    part = ""
    for character in text:
        if part and _may_break(part[-1], character):
            yield part
            part = ""
        part += character
    if part:
        yield part


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


def _pieces(part: str, width: float, measure: Callable[[str], float]) -> list[str]:
    pieces, piece, used = [], "", 0.0
    for character in part:
        length = measure(character)
        if piece and used + length > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + character, used + length
    return [*pieces, piece]
