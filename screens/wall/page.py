"""What a screen on a wall shows, one page after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.records import Bulletin, County, FloorPlan, Policy
from screens.bulletin.current import ordinary
from screens.bulletin.page import bulletin_tile
from screens.shared.item import Tile
from screens.shared.words import Words

LINES = 3
"""Lines on a page. Nobody can scroll."""


@dataclass(frozen=True, slots=True)
class WallPage:
    """A heading with a few lines, and beside them where to read on with a phone."""

    title: str = ""
    clock: str = ""
    day: str = ""
    icon: str = ""
    heading: str = ""
    lines: tuple[Tile, ...] = ()
    count: str = ""
    scan: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the pages, before it is put on the wall."""

    icon: str
    heading: str
    lines: tuple[Tile, ...]


def parts(
    bulletins: Sequence[Bulletin],
    policies: Sequence[Policy],
    plan: FloorPlan | None,
    now: datetime,
    words: Words,
) -> tuple[Part, ...]:
    """The pages in their order, those with nothing on them left out; the last is always there."""
    found = (
        Part(
            "bullhorn",
            words("bulletins-title"),
            tuple(bulletin_tile(one, now, words) for one in ordinary(bulletins, now)),
        ),
        Part("book-open-variant", words("newest"), _newest(policies, words)),
        Part("map", words("wall-windows"), _floors(plan, words)),
        Part("gesture-tap", words("wall-how"), tuple(_line(words(f"wall-how-{n}")) for n in (1, 2, 3))),
    )
    return tuple(Part(part.icon, part.heading, part.lines[:LINES]) for part in found if part.lines)


def wall_page(found: Sequence[Part], at: int, county: County | None, now: datetime, words: Words) -> WallPage:
    """The page `at`, counted round and round."""
    part = found[at % len(found)]
    day = words("full-day", year=now.year, day=words.day(now.date()), weekday=words.weekday(now.date()))
    return WallPage(
        title=words.either(county.zone_title, county.zone_title_en) if county else words("zone"),
        clock=f"{now:%H:%M}",
        day=day,
        icon=part.icon,
        heading=part.heading,
        lines=part.lines,
        count=f"{at % len(found) + 1}/{len(found)}",
        scan=words("wall-scan") if county else "",
        notice=words("demonstration") if county and county.demonstration else "",
    )


def _newest(policies: Sequence[Policy], words: Words) -> tuple[Tile, ...]:
    dated = [(policy.issued, policy) for policy in policies if policy.issued and policy.in_force]
    dated.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    return tuple(
        _line(policy.title, " · ".join(part for part in (policy.issuer, words.day(issued)) if part))
        for issued, policy in dated
    )


def _floors(plan: FloorPlan | None, words: Words) -> tuple[Tile, ...]:
    """Each floor with its zones."""
    if plan is None:
        return ()
    between = words("list-comma")
    return tuple(
        _line(floor.title, between.join(f"{z.code} {z.title}" for z in plan.zones if z.floor == floor.floor))
        for floor in plan.floors
    )


def _line(title: str, hint: str = "") -> Tile:
    return Tile(title, hint, "")
