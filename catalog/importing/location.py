"""Reading floor and window out of an office's own line: `县政务服务中心 1 楼 A06`, `二楼C区12号`."""

import re

from catalog.importing.words import plain
from catalog.records import Channel

_NUMERALS = "零一二三四五六七八九十"
_FLOOR = re.compile(
    r"(负|地下)?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:楼|层|F)|(?<![A-Za-z])([FB])(\d)(?!\d)"
)
_WINDOW = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z])(?:区|厅|-)?(\d{1,3})(?![\d-])(?!\s*[~至])|(?<![\d~至-])(\d{1,3})号?(?:窗口|窗|柜台)"
)


def channel(address: str, *, opening_hours: str, phone: str, complaints_phone: str) -> Channel:
    """A channel whose floor and window are read from `address`; they stay empty when it names none."""
    words = plain(address)
    floor = _FLOOR.search(words)
    window = _WINDOW.search(words[floor.end() :] if floor else words)
    return Channel(
        address=address,
        floor=_floor(floor) if floor else None,
        window=_window(window) if window else "",
        opening_hours=opening_hours,
        phone=phone,
        complaints_phone=complaints_phone,
    )


def _floor(found: re.Match[str]) -> int:
    below, number, letter, digit = found.groups()
    if letter:
        return int(digit) * (-1 if letter == "B" else 1)
    value = int(number) if number.isdigit() else _chinese(number)
    return -value if below else value


def _chinese(number: str) -> int:
    if "十" not in number:
        return _NUMERALS.index(number[-1])
    tens, _, ones = number.partition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)


def _window(found: re.Match[str]) -> str:
    zone, number, bare = found.groups()
    return f"{zone.upper()}{int(number):02d}" if zone else str(int(bare))
