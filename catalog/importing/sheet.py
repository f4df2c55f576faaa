"""A sheet as read: only its non-empty rows, every cell as text."""

from dataclasses import dataclass

from catalog.findings import Location
from catalog.records import Source


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; rows counted from 1, columns from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


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
    """`broken` are cells that hold a formula error or a formula without a stored value, with what is wrong."""

    file: str
    title: str
    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()
    broken: tuple[tuple[Location, str], ...] = ()


def letters(column: int) -> str:
    """Column 0 → `A`, 26 → `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
