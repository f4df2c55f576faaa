"""Everyday words and what offices call the same thing, for visitors who do not speak officially.

`everyday.txt` holds one group a line: what people say, a colon, what titles say. What people say may have parts
joined by `+`, which must all be there; English words count when they stand alone. It is general language, the same
for every county; what is particular to one county's services stands in its own synonyms.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Group:
    said: tuple[tuple[str, ...], ...]
    official: tuple[str, ...]

    def meant_by(self, query: str, words: frozenset[str]) -> bool:
        return any(
            all(part in words if part.isascii() else part in query for part in parts) for parts in self.said
        )


def meant(query: str) -> list[str]:
    """The official words for the everyday words in the normalised query, each once."""
    words = frozenset(_WORD.findall(query))
    found = [word for group in _groups() if group.meant_by(query, words) for word in group.official]
    return [word for word in dict.fromkeys(found) if word not in query]


@cache
def _groups() -> tuple[_Group, ...]:
    text = files("catalog.search").joinpath("everyday.txt").read_text(encoding="utf-8")
    lines = [line.split(":") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        _Group(tuple(tuple(parts.split("+")) for parts in said.split()), tuple(official.split()))
        for said, official in lines
    )
