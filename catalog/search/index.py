"""Building the search tables of a store."""

import sqlite3
from collections.abc import Sequence

from catalog.records import Record


def build(connection: sqlite3.Connection, records: Sequence[tuple[str, Record]]) -> None:
    """Create and fill the search tables in `connection` from all (kind, record) of an edition."""
