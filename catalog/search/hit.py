"""What a search finds."""

from dataclasses import dataclass

from catalog.search.fields import Field


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record: `reason` is the text that matched when it is not the title, and `field` says what it is of the
    record; `spans` are the matched parts of the title as (start, end) character positions."""

    kind: str
    id: str
    title: str
    score: float
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    field: Field = "title"
