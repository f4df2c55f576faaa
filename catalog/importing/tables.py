"""Reading a plain table: a header row, then one row for each thing."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from catalog.importing.cells import Cells
from catalog.importing.header import Header
from catalog.importing.ledger import Ledger, Refused, RowUse
from catalog.importing.sheet import Row, Sheet
from catalog.importing.words import plain

_NOTE = re.compile(
    r"^[(（]?(备注|注|说明|填表说明|填报|填表|制表|制作|审核|审批|负责人|分管|联系人|联系电话|单位|编制|日期|时间)"
    r".{0,12}?[:：）)\d]|^(注|备注|说明)$|^.{0,20}[(（]?(盖章|签字|签章)[)）]?"
)


def is_note(row: Row, *, wholly: bool = False) -> bool:
    """Whether a row is a remark or a signature line: each cell begins like one or, unless `wholly`, follows one."""
    texts = distinct(row)
    labelled = [bool(_NOTE.match(plain(text))) for text in texts]
    return all(labelled) or (not wholly and labelled[0] and len(texts) <= min(4, 2 * sum(labelled)))


def distinct(row: Row) -> list[str]:
    """The different texts of a row, in order."""
    return list(dict.fromkeys(text for _, text in row.filled()))


def report_columns(header: Header, rows: Sequence[Row], ledger: Ledger) -> None:
    """Name the columns that are not imported."""
    for column in (*header.unknown, *header.repeated):
        if any(row.cell(column) for row in rows):
            ledger.say(
                "warning",
                "unknown-column",
                f"“{plain(header.row.cell(column))}”列没有导入",
                header.row.at(column),
                "如需导入，请把列名改成规定的名称",
            )


def data_rows(sheet: Sheet, header: Header, ledger: Ledger) -> Iterator[Cells]:
    """The data rows below a header; everything else is entered into the ledger."""
    below = [row for row in sheet.rows if row.number > header.row.number]
    report_columns(header, below, ledger)
    texts: dict[tuple[int, int], str] = {}
    for row in sheet.rows:
        if row is header.row or row.cells == header.row.cells:
            ledger.use(row, "header")
        elif row.number < header.row.number:
            preamble(row, ledger)
        elif is_note(row) and any(not row.cell(header.columns[key]) for key in header.profile.required):
            ledger.use(row, "note")
        else:
            yield Cells(_unmerged(row, sheet, header, texts), header)


def _unmerged(row: Row, sheet: Sheet, header: Header, texts: dict[tuple[int, int], str]) -> Row:
    """The row with the texts of merged cells that it continues; `texts` are those met so far, by row and column."""
    cells = list(row.cells)
    for column in header.columns.values():
        top = sheet.top(column, row.number)
        cells += [""] * (column + 1 - len(cells))
        cells[column] = cells[column] or texts.get((top, column), "")
        texts[row.number, column] = cells[column]
    return replace(row, cells=tuple(cells))


def preamble(row: Row, ledger: Ledger) -> None:
    """A row above the header: a title, a remark, or something nobody expected."""
    if len(distinct(row)) == 1:
        ledger.use(row, "title")
    elif is_note(row):
        ledger.use(row, "note")
    else:
        unread(row, ledger)


def unread(row: Row, ledger: Ledger) -> None:
    """A row that fits nowhere is not imported, and said to be so."""
    column, text = row.filled()[0]
    ledger.use(row, "reported")
    ledger.say(
        "warning",
        "unread-row",
        f"这一行没有导入：“{text[:30]}”",
        row.at(column),
        "如果是数据，请补全本行；如果是备注，请以“备注：”开头",
    )


def each(sheet: Sheet, header: Header, ledger: Ledger, use: RowUse, take: Callable[[Cells], None]) -> None:
    """Hand every data row to `take`, which may raise Refused."""
    for cells in data_rows(sheet, header, ledger):
        try:
            take(cells)
        except Refused as refused:
            ledger.refuse(cells.row, refused)
        else:
            ledger.use(cells.row, use)
