"""An emergency bulletin with what a visitor can do about it."""

from dataclasses import dataclass, field
from datetime import datetime

from catalog.records import Bulletin
from screens.bulletin.page import BulletinPage, bulletin_page
from screens.shared.item import Tile, Voice
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """`pager` goes to the bulletins before and after, and `count` says where among them; empty when there is one.

    `buttons` are below; without `hide_label` nobody can touch anything, as on a wall.
    """

    bulletin: BulletinPage = field(default_factory=BulletinPage)
    count: str = ""
    pager: tuple[Tile, ...] = ()
    buttons: tuple[Tile, ...] = ()
    hide_label: str = ""
    hide_route: str = ""


def emergency_page(
    bulletin: Bulletin, keys: tuple[str, ...], at: int, now: datetime, words: Words, voice: Voice
) -> EmergencyPage:
    """The bulletin `at` of those that `keys` name."""
    several = len(keys) > 1
    before, after = keys[at - 1], keys[(at + 1) % len(keys)]
    return EmergencyPage(
        bulletin=bulletin_page(bulletin, now, words),
        count=words("emergency-count", number=at + 1, count=len(keys)) if several else "",
        pager=(
            Tile(words("emergency-previous"), "", f"do/alarm/{before}", "chevron-left"),
            Tile(words("emergency-next"), "", f"do/alarm/{after}", "chevron-right"),
        )
        if several
        else (),
        buttons=(
            _reading(voice, words),
            Tile(words("other-language"), "", "do/language", "translate"),
            Tile(words("call-guide"), "", "guide", "hand-wave"),
        ),
        hide_label=words("emergency-hide"),
        hide_route=f"do/heard/{'/'.join(keys)}",
    )


def _reading(voice: Voice, words: Words) -> Tile:
    if voice == "mute":
        return Tile(words("read-no-sound"), "", "do/read", "volume-off")
    if voice == "reading":
        return Tile(words("read-stop"), "", "do/read", "close-circle")
    return Tile(words("mode-read"), "", "do/read", "volume-high")
