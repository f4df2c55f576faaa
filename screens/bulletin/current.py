"""Which bulletins are in force, and which come first. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from catalog.levels import LEVELS, level
from catalog.records import Bulletin


def in_force(bulletin: Bulletin, now: datetime) -> bool:
    """Whether it is shown at `now`, which has a time zone; a time without one is meant in that zone."""
    if bulletin.valid_from and now.date() < bulletin.valid_from:
        return False
    if bulletin.valid_to and bulletin.valid_to < now.date():
        return False
    starts, ends = local(bulletin.starts, now), local(bulletin.ends, now)
    return (starts is None or starts <= now) and (ends is None or now < ends)


def local(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment in the time zone of `now`."""
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=now.tzinfo)
    return moment.astimezone(now.tzinfo)


def emergencies(bulletins: Iterable[Bulletin], now: datetime) -> list[Bulletin]:
    """Those in force that take over every screen, the gravest first, of one level the newest first."""
    return [one for one in ordered(bulletins, now) if one.takeover]


def ordinary(bulletins: Iterable[Bulletin], now: datetime) -> list[Bulletin]:
    """Those in force that do not take over, emergencies first."""
    return [one for one in ordered(bulletins, now) if not one.takeover]


def ordered(bulletins: Iterable[Bulletin], now: datetime) -> Sequence[Bulletin]:
    """All in force: emergencies before notices, then by level, then the newest first."""

    def place(one: Bulletin) -> tuple[bool, int, float, str]:
        issued = local(one.issued, now)
        age = -issued.timestamp() if issued else 0.0
        return one.bulletin_kind != "emergency", level(one.level) or len(LEVELS) + 1, age, one.id

    return sorted((one for one in bulletins if in_force(one, now)), key=place)
