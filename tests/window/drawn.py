"""Whether the search page is drawn as it is. Import only after `prepare`."""

from typing import Any

from screens.shared.item import Tile
from tests.window.stand import Stand


def is_drawn(stand: Stand) -> bool:
    """Whether the line and the rows in sight say what the page says, and every text has its picture."""
    screen: Any = stand.kiosk._frame.shown
    waiting = [
        label
        for label in stand.labels()
        if label._trigger_texture.is_triggered or (hasattr(label, "_break") and label._break.is_triggered)
    ]
    said = {label.content for label in stand.labels() if hasattr(label, "content")}
    above = [tile for row in screen.ids.found.rows() for tile in getattr(row, "data", ())]
    top = [item for item in screen.page.items if isinstance(item, Tile)][: len(above)]
    line = screen.page.query or screen.page.placeholder
    return not waiting and above == top and {line, *(tile.title for tile in top)} <= said
