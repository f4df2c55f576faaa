"""The page of the take-away list."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of the list: what it leads to, and what takes it off."""

    tile: Tile
    remove_route: str


@dataclass(frozen=True, slots=True)
class BasketPage:
    """What was chosen; `empty` says what to do when nothing was. `undo_label` is empty when nothing was taken off."""

    title: str = ""
    text: str = ""
    entries: tuple[Choice, ...] = ()
    empty: str = ""
    home_label: str = ""
    undo_label: str = ""


def basket_page(entries: Sequence[Tile], removed: bool, words: Words) -> BasketPage:
    """`entries` lead to `handoff/<kind>/<id>`; `removed` says that something was taken off last."""
    return BasketPage(
        title=words("basket"),
        text=words("basket-text") if entries else "",
        entries=tuple(Choice(tile, f"do/remove/{tile.route.partition('/')[2]}") for tile in entries),
        empty="" if entries else words("basket-empty"),
        home_label="" if entries else words("home"),
        undo_label=words("list-undo") if removed else "",
    )
