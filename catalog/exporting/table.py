"""Writing sheets in which every cell is text, so that nothing a cell says is taken for a formula."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from catalog.findings import Finding
from catalog.importing.header import KEPT_FOR_ALL, Profile
from catalog.records import KIND_OF, Record

MAX_TEXT = 32_767
"""Characters that a cell can hold."""

_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="center")
_CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_HEAD = PatternFill("solid", start_color="E8EEF4")


@dataclass(slots=True)
class Losses:
    """Values that will not read back as they are."""

    findings: list[Finding] = field(default_factory=list)

    def note(self, record: Record, attribute: str, value: object) -> None:
        self.findings.append(
            Finding(
                code="not-expressible",
                severity="warning",
                message=f"“{str(value)[:40]}”写进表格后不能原样读回",
                advice="去掉文字里的顿号、分号或换行后再导出",
                kind=KIND_OF[type(record)],
                record=record.id,
                field=attribute,
            )
        )

    def joined(
        self,
        record: Record,
        attribute: str,
        forms: Iterable[str],
        read: Callable[[str], Sequence[str]],
    ) -> str:
        """The first of `forms` that `read` turns into the attribute's parts."""
        wanted = tuple(getattr(record, attribute))
        text = ""
        for text in forms:
            if tuple(read(text)) == wanted:
                return text
        self.note(record, attribute, "、".join(wanted))
        return text


def new_sheet(book: Workbook, title: str) -> Any:
    """A sheet at the end of the book; characters that a title cannot have are left out."""
    name = "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "目录"
    return book.create_sheet(name)


def new_book() -> Workbook:
    """A workbook without any sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def write_rows(sheet: Any, rows: Iterable[Sequence[object]], *, head: int = 0) -> None:
    """Append rows; the first `head` of them are headings. Raises ValueError for a text that is too long."""
    for number, values in enumerate(rows):
        sheet.append([_cell(sheet, value, heading=number < head) for value in values])


def fitting(texts: Iterable[object]) -> float:
    """The width of a column for these texts, in digits: from 12 to 48. A Chinese character is as wide as two."""
    wide = (sum(2 if east_asian_width(one) in "WF" else 1 for one in str(text)) for text in texts)
    return min(max(12, 2 + max(wide, default=0)), 48)


def save(book: Workbook, path: Path) -> None:
    """Write the book, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for sheet in book.worksheets:
        for column in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 18
    book.save(path)


def plain_sheet(
    book: Workbook,
    profile: Profile,
    title: str,
    rows: Sequence[dict[str, object]],
    optional: Iterable[str] = (),
) -> None:
    """A table of one header row: the profile's columns, those `optional` only where they have a value."""
    words = {key: names[0] for key, names in (*profile.columns.items(), *KEPT_FOR_ALL.items())}
    sparing = {*optional, *KEPT_FOR_ALL} - {"checked_on", "checked_by"} | (
        {"checked_on", "checked_by"} if "life_stages" not in profile.columns else set()
    )
    keys = [key for key in words if key not in sparing or any(row.get(key) for row in rows)]
    sheet = new_sheet(book, title)
    sheet.freeze_panes = "A2"
    write_rows(
        sheet, [[words[key] for key in keys], *([row.get(key) for key in keys] for row in rows)], head=1
    )


def common(record: Record) -> dict[str, object]:
    """The columns that every table may have."""
    return {key: getattr(record, key) for key in KEPT_FOR_ALL}


def text_of(value: object) -> str | float | None:
    """A value as a cell holds it."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, float) else str(value)


def _cell(sheet: Any, value: object, *, heading: bool) -> Cell | float | None:
    shown = text_of(value)
    if isinstance(shown, str) and len(shown) > MAX_TEXT:
        raise ValueError(f"{shown[:20]}…: {len(shown)} characters do not fit into a cell")
    if not isinstance(shown, str):
        return shown
    cell = WriteOnlyCell(sheet, value=shown)
    cell.data_type = "s"
    if heading:
        cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _CENTRE
    elif "\n" in shown or len(shown) > 12:
        cell.alignment = _WRAP
    return cell
