"""Tables to take away: as CSV or as a workbook, in which nothing is taken for a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from catalog.exporting.table import new_book, new_sheet, write_rows
from county.delimited import Cell, delimited


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name and its headings."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """One table as CSV."""
    return delimited([table.heads, *table.rows])


def as_workbook(tables: Sequence[Table]) -> bytes:
    """Tables as the sheets of a workbook."""
    book = new_book()
    for table in tables:
        sheet = new_sheet(book, table.title)
        sheet.freeze_panes = "A2"
        sheet.column_dimensions["A"].width = 42
        for letter in "BCDEFGH":
            sheet.column_dimensions[letter].width = 16
        numbers = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in table.rows]
        write_rows(sheet, [table.heads, *numbers], head=1)
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()
