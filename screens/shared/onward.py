"""What a page offers that has nothing to show."""

from screens.shared.item import Tile
from screens.shared.words import Words


def onward(words: Words) -> tuple[Tile, ...]:
    """Ways on, so that no page is a dead end."""
    return (
        Tile(words("search"), "", "search", "magnify"),
        Tile(words("call-guide"), "", "guide", "hand-wave"),
    )
