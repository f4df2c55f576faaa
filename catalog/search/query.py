"""Asking the search tables of a store."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record: `reason` is the text that matched when it is not the title, `spans` are the matched parts
    of the title as (start, end) character positions."""

    kind: str
    id: str
    title: str
    score: float
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class Index:
    """The search tables of an open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """The best hits for what a visitor typed, best first. Never raises on any text."""
        return []
