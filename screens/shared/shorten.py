"""Texts that must stay short because their place is small."""

from unicodedata import east_asian_width


def columns(text: str) -> int:
    """How many columns the text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def shortened(text: str, room: int) -> str:
    """The text, cut and with an ellipsis when it takes more columns than there is room for."""
    used = 0
    for number, character in enumerate(text):
        used += columns(character)
        if used > room:
            return text[:number].rstrip() + "…"
    return text
