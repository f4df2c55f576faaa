"""The page of the take-away list."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class BasketPage:
    """What was chosen; `empty` says what to do when nothing was."""

    title: str = ""
    text: str = ""
    entries: tuple[Tile, ...] = ()
    empty: str = ""
    home_label: str = ""


def basket_page(entries: Sequence[Tile], words: Words) -> BasketPage:
    """`entries` lead to the code of each."""
    return BasketPage(
        title=words("basket"),
        text=words("basket-text") if entries else "",
        entries=tuple(entries),
        empty="" if entries else words("basket-empty"),
        home_label=words("home"),
    )
