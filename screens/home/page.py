"""The home page of a person or a company."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalog.records import Bulletin, LifeStage
from catalog.records.base import Audience
from screens.bulletin.current import ordinary
from screens.shared.item import Tile
from screens.shared.shorten import shortened
from screens.shared.words import Words

STRIP_COLUMNS = 24
"""Of a bulletin's title beside how many there are; without that, twice as many."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """The search box's hint, the two audiences, the life stages as tiles, ways in, and one bulletin or none."""

    search: str = ""
    person_label: str = ""
    business_label: str = ""
    business: bool = False
    tiles: tuple[Tile, ...] = ()
    shortcuts: tuple[Tile, ...] = ()
    bulletin: str = ""
    bulletin_route: str = ""


def home_page(
    audience: Audience,
    stages: Sequence[LifeStage],
    bulletins: Sequence[Bulletin],
    now: datetime,
    words: Words,
    hints: bool = True,
) -> HomePage:
    """`stages` and `bulletins` of all kinds, in any order; `now` with its time zone. Hints go when type is large."""
    shown = sorted((s for s in stages if s.audience == audience), key=lambda stage: (stage.order, stage.id))
    tiles = [stage_tile(stage, words) for stage in shown]
    current = ordinary(bulletins, now)
    return HomePage(
        search=words("search-placeholder") if hints else words("search"),
        person_label=words("person"),
        business_label=words("business"),
        business=audience == "business",
        tiles=tuple(tile if hints else replace(tile, hint="") for tile in tiles),
        shortcuts=(
            Tile(words("all-events"), "", f"events/{audience}", "check-decagram"),
            Tile(words("policy-match"), "", f"match/{audience}", "text-box-check"),
            Tile(words("county-map"), "", "map", "map-marker-radius"),
            Tile(words("disclosure"), "", "disclosure", "book-open-variant"),
            Tile(words("request-guide"), "", "request-guide", "file-question"),
            Tile(words("participation"), "", "participation", "account-group"),
            Tile(words("rate"), "", "rating", "emoticon-happy"),
        ),
        bulletin=_strip(current, words),
        bulletin_route="bulletins" if len(current) > 1 else f"bulletin/{current[0].id}" if current else "",
    )


def stage_tile(stage: LifeStage, words: Words) -> Tile:
    """A life stage as a tile. English has no hint yet."""
    hint = stage.hint if words.language == "zh" else ""
    return Tile(words.either(stage.title, stage.title_en), hint, f"stage/{stage.id}", stage.icon, stage.tint)


def _strip(current: Sequence[Bulletin], words: Words) -> str:
    if len(current) < 2:
        return shortened(current[0].title, 2 * STRIP_COLUMNS) if current else ""
    return words("bulletins-strip", title=shortened(current[0].title, STRIP_COLUMNS), count=len(current))
