"""What staff see behind the PIN."""

from dataclasses import dataclass

from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is so."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """How the box is, and what can be done; `said` answers the last act."""

    title: str = ""
    said: str = ""
    facts: tuple[Fact, ...] = ()
    acts: tuple[Tile, ...] = ()


def staff_page(facts: tuple[Fact, ...], said: str, printer: bool, words: Words) -> StaffPage:
    """The panel. Without a `printer` there is no test page."""
    acts = [
        Tile(words("staff-cleaning"), words("staff-cleaning-hint"), "do/staff/clean", "water"),
        Tile(words("staff-sync"), words("staff-sync-hint"), "do/staff/sync", "refresh"),
        Tile(words("staff-quieter"), "", "do/staff/volume/quieter", "minus"),
        Tile(words("staff-louder"), "", "do/staff/volume/louder", "plus"),
        Tile(words("staff-restart"), words("staff-restart-hint"), "do/staff/restart", "restart"),
        Tile(words("staff-leave"), words("staff-leave-hint"), "do/erase", "exit-run"),
    ]
    if printer:
        acts.insert(2, Tile(words("staff-print"), words("staff-print-hint"), "do/staff/print", "printer"))
    return StaffPage(words("staff"), words(said) if said else "", facts, tuple(acts))
