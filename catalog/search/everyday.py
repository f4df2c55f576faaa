"""Everyday words and what offices call the same thing, for visitors who do not speak officially.

`everyday.txt` holds one group a line: what people say, a colon, what titles say. It is general language, the same
for every county; what is particular to one county's services stands in its own synonyms.
"""

from functools import cache
from importlib.resources import files


def meant(query: str) -> list[str]:
    """The official words for the everyday words in the query, each once."""
    found = [word for said, words in _groups() if any(part in query for part in said) for word in words]
    return [word for word in dict.fromkeys(found) if word not in query]


@cache
def _groups() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    text = files("catalog.search").joinpath("everyday.txt").read_text(encoding="utf-8")
    lines = [line.split(":") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((tuple(said.split()), tuple(words.split())) for said, words in lines)
