"""A sheet as read: only its non-empty rows, every cell as text."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog.findings import Location
from catalog.records import Source


@dataclass(frozen=True, slots=True)
class Row:
    """A row with at least one cell that is not empty; `number` counts from 1, `cells` from column A."""

    file: str
    sheet: str
    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    def at(self, column: int | None = None) -> Location:
        cell = "" if column is None else f"{letters(column)}{self.number}"
        return Location(file=self.file, sheet=self.sheet, row=self.number, cell=cell)

    def source(self) -> Source:
        return Source(file=self.file, sheet=self.sheet, row=self.number)

    def filled(self) -> list[tuple[int, str]]:
        """Columns that are not empty, with their text."""
        return [(column, text) for column, text in enumerate(self.cells) if text]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`merged` gives, by column from 0, first and last row of cells merged downwards, in order.

    `broken` are cells that hold a formula error or a formula without a stored value, with what is wrong.
    """

    file: str
    title: str
    rows: tuple[Row, ...]
    merged: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    broken: tuple[tuple[Location, str], ...] = ()

    def top(self, column: int, row: int) -> int:
        """The first row of the merged cells that `row` continues in `column`, or `row` itself."""
        spans = self.merged.get(column, ())
        position = bisect_left(spans, (row, 0)) - 1
        return spans[position][0] if position >= 0 and row <= spans[position][1] else row


def letters(column: int) -> str:
    """Column 0 → `A`, 26 → `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
