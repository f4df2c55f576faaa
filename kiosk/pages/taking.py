"""Pages to carry away."""

from kiosk.pages.asked import Asked, Shown, choice, desk
from kiosk.pages.asked import handoff as handoff_of
from screens.basket.page import basket_page
from screens.handoff.page import handoff_page


def handoff(rest: str, asked: Asked) -> Shown | None:
    """`handoff/<kind>/<id>`."""
    kind, _, record_id = rest.partition("/")
    tile = choice(kind, record_id, asked)
    if tile is None:
        return None
    page = handoff_page(tile.title, handoff_of(kind, record_id, asked), desk(asked), asked.words)
    return Shown("handoff", page, page.title)


def basket(_: str, asked: Asked) -> Shown:
    """`basket`."""
    tiles = [tile for chosen in asked.visit.choices if (tile := choice(*chosen, asked))]
    page = basket_page(tiles, asked.words)
    return Shown("basket", page, page.title)
