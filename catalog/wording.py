"""The two languages, and the endings of counted English words: `"{count} day{s}"`, `"{count} cop{ies}"`."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]

_ONE = {"s": "", "ies": "y"}
_MORE = {"s": "s", "ies": "ies"}

ENDINGS = frozenset(_ONE)
"""The names that an English text may have beside those of the Chinese one."""


def endings(values: Mapping[str, object]) -> dict[str, str]:
    """What the endings are for `values["count"]`; those of more than one when nothing is counted."""
    return _ONE if values.get("count") == 1 else _MORE
