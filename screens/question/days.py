"""Choosing a date by touches: decade, year, month, day. Pure.

What was chosen so far is digits: none, 3 of a decade, 4 of a year, 6 with the month, 8 of a whole date.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from screens.shared.words import Words

CLEAR = "clear"
"""Stands for no digits in a route."""
OLDEST, AHEAD = 110, 10
"""Years before and after this one that can be chosen."""
_LENGTHS = (0, 3, 4, 6, 8)


def day_of(digits: str) -> date | None:
    """The date that eight digits are."""
    return date.fromisoformat(digits) if len(digits) == 8 else None


def is_beginning(digits: str) -> bool:
    """Whether these digits can be the beginning of a date, or all of it."""
    if not re.fullmatch(r"|[12]\d\d|[12]\d{3}(?:\d\d){0,2}", digits, re.ASCII):
        return False
    try:
        date.fromisoformat(digits + "20000101"[len(digits) :])
    except ValueError:
        return False
    return True


def further(digits: str, this_year: int) -> Sequence[str]:
    """The digits that one touch may lead to; those of the same month for a whole date."""
    if not digits:
        return [str(decade) for decade in range((this_year - OLDEST) // 10, (this_year + AHEAD) // 10 + 1)]
    if len(digits) == 3:
        return [f"{digits}{year}" for year in range(10)]
    if len(digits) == 4:
        return [f"{digits}{month:02}" for month in range(1, 13)]
    month = digits[:6]
    return [f"{month}{day:02}" for day in range(1, monthrange(int(month[:4]), int(month[4:]))[1] + 1)]


def label(digits: str, words: Words) -> str:
    """What stands on the key for these digits."""
    if len(digits) == 3:
        return words("decade", first=f"{digits}0", last=f"{digits}9")
    if len(digits) == 4:
        return words("year", year=digits)
    if len(digits) == 6:
        return month_name(int(digits[4:]), words)
    return str(int(digits[6:]))


def month_name(month: int, words: Words) -> str:
    """3月 or Mar."""
    return words("month", month=month, month_name=f"{date(2000, month, 1):%b}")
