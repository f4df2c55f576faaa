"""Texts that must stay short because their place is small."""

from unicodedata import east_asian_width


def shortened(text: str, columns: int) -> str:
    """The text, cut and with an ellipsis when it takes more columns; a Chinese character takes two."""
    used = 0
    for number, character in enumerate(text):
        used += 2 if east_asian_width(character) in "WF" else 1
        if used > columns:
            return text[:number].rstrip() + "…"
    return text
