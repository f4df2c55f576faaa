"""Reading CSV as old office systems write it: GB18030 or UTF-8, any of three separators."""

import csv
import io
import re

from catalog.findings import Location
from catalog.importing.ledger import refusal
from catalog.importing.sheet import Row, Sheet
from catalog.importing.words import cell_text

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that no workbook can hold."""


def decode(data: bytes, at: Location) -> str:
    """Text in UTF-8, UTF-16 with a mark, or GB18030. Raises Refused."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refusal("bad-encoding", "不是文本文件，或文字编码无法识别", at, "用 UTF-8 编码另存后重试")


def read_delimited(text: str, name: str) -> Sheet:
    """A CSV text as a sheet without a title. Raises Refused."""
    first = text.split("\n", 3)[:3]
    separator = max(",\t;", key="".join(first).count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, number = [], 0
    try:
        for number, values in enumerate(reader, start=1):
            cells = tuple(cell_text(_CONTROL.sub("", value)) for value in values)
            if any(cells):
                rows.append(Row(name, "", number, cells))
    except csv.Error as error:
        raise refusal(
            "damaged-workbook",
            f"第 {number + 1} 行不符合 CSV 格式",
            Location(file=name, row=number + 1),
            "检查这一行的英文双引号是否成对，或用表格软件打开并另存后重试",
        ) from error
    return Sheet(name, "", tuple(rows))
