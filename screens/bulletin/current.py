"""Which bulletins are in force, and which come first. Pure.

Levels are those of 突发事件应对法 (2024) art. 63, from 一级 (red) to 四级 (blue), in the ways that offices write them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from catalog.records import Bulletin

LEVELS = (
    ("特别重大", "一级", "红", "ⅰ级", "i级", "1级"),
    ("二级", "橙", "ⅱ级", "ii级", "2级", "重大"),
    ("三级", "黄", "ⅲ级", "iii级", "3级", "较大"),
    ("四级", "蓝", "ⅳ级", "iv级", "4级", "一般"),
)
"""Ways to write the levels from 1 to 4."""


def level(text: str) -> int | None:
    """The level from 1, the gravest, to 4; None when the text names none of them."""
    plain = "".join(text.lower().split())
    found = [
        (-len(word), number)
        for number, words in enumerate(LEVELS, 1)
        for word in words
        if plain.startswith(word) or (word in plain and not word.isascii() and "级" not in word[1:])
    ]
    return min(found)[1] if found else None


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
