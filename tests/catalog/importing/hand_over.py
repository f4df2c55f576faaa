"""Making the files that an office might hand over."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from catalog.findings import Finding
from catalog.importing.reading import Reading, read_files
from catalog.records import DisclosureItem

Rows = Sequence[Sequence[object]]

GROUPS = ["序号", "公开事项", None, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体"]
GROUPS += ["公开对象", None, "公开方式", None, "公开层级", None]
LEAVES = [None, "一级事项", "二级事项", None, None, None, None, None]
LEAVES += ["全社会", "特定群体（请写明）", "主动", "依申请公开", "县级", "乡、村级"]
HEAD: Rows = [["某县就业领域基层政务公开标准目录"], GROUPS, LEAVES]


def row(
    number: object = 1, level1: object = "一级", level2: object = "二级", **cells: object
) -> list[object]:
    """A complete row of the national form, with the given cells instead."""
    values: dict[str, object] = {
        "content": "名称、条件",
        "basis": "《就业促进法》",
        "deadline": "20个工作日内",
        "body": "县人社局",
        "channels": "■政府网站\n□政府公报",
        "society": "√",
        "group": None,
        "proactive": "√",
        "on_request": None,
        "county": "√",
        "town": None,
    }
    return [number, level1, level2, *(values | cells).values()]


def workbook(path: Path, sheets: Mapping[str, Rows], merged: Iterable[str] = ()) -> Path:
    """A workbook with these sheets; `merged` ranges go into the first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for values in rows:
            sheet.append(list(values))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def directory(folder: Path, rows: Rows, head: Rows = HEAD, merged: Iterable[str] = ()) -> Reading:
    """What is read from one directory with these rows below the national header."""
    return read_files([workbook(folder / "目录.xlsx", {"Sheet1": [*head, *rows]}, merged)])


def items(reading: Reading) -> list[DisclosureItem]:
    """The directory rows read, in the order of the sheet."""
    found = [record for record in reading.records if isinstance(record, DisclosureItem)]
    return sorted(found, key=lambda item: item.source.row if item.source else 0)


def codes(reading: Reading) -> set[str]:
    """The codes of all findings but the account of rows."""
    return {finding.code for finding in reading.findings} - {"rows-read"}


def only(reading: Reading, code: str) -> Finding:
    """The single finding with this code."""
    (finding,) = (finding for finding in reading.findings if finding.code == code)
    return finding
