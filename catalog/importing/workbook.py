"""Opening workbooks without trusting them.

Sizes are checked in the archive's directory and again while reading, before any XML is parsed. Sheets are read
as a stream, so that formatted empty rows cost time but no memory.
"""

import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from catalog.findings import Location
from catalog.importing.ledger import Refused, refusal
from catalog.importing.sheet import Row, Sheet
from catalog.importing.words import cell_text

MAX_PART = 64 * 1024 * 1024
"""Bytes of one part of a workbook, unpacked."""

MAX_TOTAL = 192 * 1024 * 1024
"""Bytes of a whole workbook, unpacked."""

MAX_CELLS = 2_000_000
"""Cells of a sheet, empty ones included."""

MAX_ROW = 1_048_576
MAX_COLUMN = 702
"""Last row of a sheet, and last column (ZZ) that is read."""

_MERGED_CELLS = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</)"
)
_TOO_WIDE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{3,}\d+)"[^>]*[^/]>')
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    lzma.LZMAError,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OverflowError,
    RecursionError,
    RuntimeError,
    NotImplementedError,
    OSError,
)
"""What zipfile, the XML parser and openpyxl raise for a file that is not what it claims to be."""


def read_workbook(path: Path, name: str) -> list[Sheet]:
    """The sheets of the workbook at `path`, called `name` in findings. Raises Refused."""
    at = Location(file=name)
    try:
        _check_sizes(path, at)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return _sheets(path, name)
    except Refused:
        raise
    except _BROKEN as error:
        raise refusal(
            "damaged-workbook",
            f"工作簿已损坏，无法读取（{type(error).__name__}）",
            at,
            "用表格软件打开并另存为 .xlsx 后重试",
        ) from error


def refuse_container(data: bytes, at: Location) -> Refused:
    """What to say about an OLE container, which is an encrypted workbook or one of an old format."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return refusal(
            "encrypted-workbook", "工作簿已加密，无法读取", at, "打开文件取消密码，另存为 .xlsx 后重试"
        )
    return refusal("old-workbook", "这是旧格式的工作簿（.xls 或 .et）", at, "用表格软件另存为 .xlsx 后重试")


def _check_sizes(path: Path, at: Location) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if "[Content_Types].xml" not in {part.filename for part in parts}:
            raise refusal("not-a-workbook", "这不是工作簿", at, "用表格软件另存为 .xlsx 后重试")
        if any(part.flag_bits & 1 for part in parts):
            raise refusal(
                "encrypted-workbook", "工作簿已加密，无法读取", at, "打开文件取消密码，另存为 .xlsx 后重试"
            )
        largest = max(part.file_size for part in parts)
        total = sum(part.file_size for part in parts)
        if largest > MAX_PART or total > MAX_TOTAL or len(parts) > 5000:
            raise _too_large(at, f"展开后有 {total // 1024 // 1024} MB")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _check_part(archive, part, at)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, at: Location) -> None:
    """The archive's directory may lie about sizes; zipfile stops at the stated one and checks the sum."""
    with archive.open(part) as stream:
        if b"<!DOCTYPE" in stream.read(4096):
            raise refusal(
                "damaged-workbook",
                "工作簿里有不该出现的内容（DOCTYPE）",
                at,
                "用表格软件打开并另存为 .xlsx 后重试",
            )


def _too_large(at: Location, size: str) -> Refused:
    return refusal(
        "too-large", f"工作簿过大，{size}", at, "删除表格下方和右侧带格式的空行空列，或分成几个文件"
    )


def _sheets(path: Path, name: str) -> list[Sheet]:
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            sheets = [_sheet(sheet, archive, name) for sheet in workbook.worksheets]
        finally:
            workbook.close()
    if not sheets:
        raise refusal(
            "damaged-workbook",
            "工作簿里没有能读取的工作表",
            Location(file=name),
            "用表格软件打开，另存为普通的 .xlsx（不选“严格 Open XML”）后重试",
        )
    return sheets


def _sheet(sheet: Any, archive: zipfile.ZipFile, name: str) -> Sheet:
    at = Location(file=name, sheet=sheet.title)
    xml = archive.read(sheet._worksheet_path)
    if _TOO_WIDE.search(xml):
        raise _too_large(at, "有内容的列超过 702 列")
    sheet.reset_dimensions()
    rows: list[Row] = []
    broken: list[tuple[Location, str]] = [
        (Location(file=name, sheet=sheet.title, row=_row_of(cell), cell=cell), "公式没有计算结果")
        for cell in (found[1].decode() for found in _FORMULA.finditer(xml))
    ]
    for number, cells in enumerate(_bounded(sheet, at), start=1):
        texts = [_text(cell.value) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            row = Row(name, sheet.title, number, tuple(texts))
            rows.append(row)
            broken += [
                (row.at(column), texts[column]) for column, c in enumerate(cells) if c.data_type == "e"
            ]
    return Sheet(name, sheet.title, tuple(rows), _merged(xml), tuple(broken))


def _bounded(sheet: Any, at: Location) -> Iterator[Any]:
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=None), start=1):
        seen += len(cells)
        if number > MAX_ROW or seen > MAX_CELLS or len(cells) > 16384:
            raise _too_large(at, f"单元格超过 {MAX_CELLS} 个")
        yield cells


def _merged(xml: bytes) -> dict[int, list[tuple[int, int]]]:
    """Cells merged over more than one row, by the column of their text."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for left, top, _, bottom in _MERGED_CELLS.findall(xml):
        if int(top) < int(bottom):
            spans.setdefault(_column(left), []).append((int(top), int(bottom)))
    return {column: sorted(rows) for column, rows in spans.items()}


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return cell_text(str(value).replace("\r\n", "\n").replace("_x000D_", ""))
