"""What the box remembers of its talk with the county, in `state.db` beside the marks.

How far each outbox file was delivered, and the number of the last request. Losing it does no harm: rows are
delivered again and counted once, and the number goes on from the clock or from what the county says.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from catalog.fleet import HIGHEST_NUMBER
from catalog.outbox import Row
from sync.sealed import changing, opened

LATEST_NUMBER = 4_102_444_800_000
"""The beginning of 2100 in milliseconds: no hint moves the number beyond, so none can use the numbers up."""


class Memory:
    """Raises Unstorable from every method when the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path, self._connection = path, opened(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def delivered(self, outbox: int) -> Mapping[str, int]:
        """The last sequence of each kind that the county has of the outbox file with this number."""
        query = "SELECT kind, sequence FROM delivered WHERE outbox = ?"
        return dict(self._connection.execute(query, (outbox,)).fetchall())

    def acknowledge(self, outbox: int, rows: Iterable[Row]) -> None:
        """The county has these rows. Other files are forgotten: there is one at a time."""
        last: dict[str, int] = {}
        for row in rows:
            last[row.kind] = max(row.sequence, last.get(row.kind, 0))
        with changing(self._connection, self._path) as connection:
            connection.execute("DELETE FROM delivered WHERE outbox <> ?", (outbox,))
            connection.executemany(
                "INSERT INTO delivered VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
                "SET sequence = max(sequence, excluded.sequence)",
                [(outbox, kind, sequence) for kind, sequence in last.items()],
            )

    def next_number(self, milliseconds: int) -> int:
        """A number higher than any before, not lower than the clock's while that is believable."""
        return self._raise_to(min(max(milliseconds, 1), LATEST_NUMBER))

    def number_was(self, number: int) -> None:
        """The county says that it has seen this number."""
        if 0 < number <= LATEST_NUMBER:
            self._raise_to(number)

    def _raise_to(self, number: int) -> int:
        with changing(self._connection, self._path) as connection:
            (raised,) = connection.execute(
                "INSERT INTO request VALUES (1, ?) ON CONFLICT DO UPDATE "
                "SET number = min(max(number + 1, excluded.number), ?) RETURNING number",
                (number, HIGHEST_NUMBER),
            ).fetchone()
        return int(raised)
