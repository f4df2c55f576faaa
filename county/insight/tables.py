"""Tables to take away: as CSV or as a workbook, in which nothing is taken for a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl.utils import get_column_letter

from catalog.exporting.table import fitting, new_book, new_sheet, write_rows
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


def as_workbook(tables: Sequence[Table], notice: str = "") -> bytes:
    """Tables as the sheets of a workbook, each with the notice above it if there is one."""
    book = new_book()
    for table in tables:
        sheet = new_sheet(book, table.title)
        top = [[notice]] if notice else []
        sheet.freeze_panes = f"B{len(top) + 2}"
        for number, column in enumerate(zip(table.heads, *table.rows, strict=True), 1):
            sheet.column_dimensions[get_column_letter(number)].width = fitting(column)
        numbers = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in table.rows]
        write_rows(sheet, [*top, table.heads, *numbers], head=len(top) + 1)
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()
