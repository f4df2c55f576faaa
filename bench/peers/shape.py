"""What every peer offers. Peers run under interpreters that have only the engine, so nothing else is imported."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

SEARCHED = 50
"""Hits that are asked of an engine, before kinds are weighed."""


class Document(NamedTuple):
    """One record: its title, its other names, and all its other texts."""

    id: str
    title: str
    names: str
    text: str


Ask = Callable[[str], list[tuple[str, float]]]
"""Query → (id, score), best first, at most `SEARCHED`."""


class Engine(Protocol):
    """A module of this package."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Write the index into an empty folder."""

    def reader(self, folder: Path) -> Ask:
        """Open the index."""
