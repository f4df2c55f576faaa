"""Import at the size of a real county: 85 directory workbooks with 3,648 rows, in all the layouts offices use.

Each size runs in a process of its own, so that its time and its peak of memory are its own.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from catalog.importing.channels import NATIONAL
from catalog.importing.fields import FIELDS
from catalog.importing.reading import read_files
from catalog.records import DisclosureItem

WORKBOOKS, ROWS = 85, 3_648
MAX_SECONDS, MAX_MEGABYTES = 20.0, 500.0
MAX_BEND = 1.5
"""The whole may take this much longer for each row than a quarter of it."""

TEXT = "登记备案许可补贴申领公示审核名单标准计划结果指南检查处罚资金项目招生养老救助就业培训评估"
WORDS = [TEXT[position : position + 2] for position in range(0, len(TEXT), 2)]
DEADLINES = (
    "形成或者变更之日起20个工作日内予以公开",
    "10个工作日内，公示7个工作日",
    "及时公开",
    "按年公开",
    "长期",
)
Cells = list[str | None]


def layout(number: int) -> tuple[list[Cells], list[str]]:
    """The header rows of one of five layouts, and the keys of its columns."""
    groups: dict[str, tuple[str, ...]] = {
        "公开事项": ("一级事项", "二级事项", "三级事项") if number == 2 else ("一级事项", "二级事项"),
        "公开内容\n（要素）": ("",),
        "公开依据": ("",),
        "公开时限": ("",),
        "公开主体": ("",),
        "公开渠道和载体": ("",),
        "公开对象": ("全社会", "特定群体（请写明）"),
        "公开方式": ("主动", "依申请公开") if number != 3 else ("依申请", "主动"),
        "公开层级": [("县级", "乡、村级"), ("市级", "县级", "乡级", "村级"), ("区级", "乡级"), (), ("县级",)][
            number
        ],
    }
    order = list(groups)
    if number == 1:
        order[1:5] = [order[3], order[4], order[1], order[2]]
    upper: Cells = ["序 号" if number else "序号"]
    lower: Cells = [None]
    for group in order:
        for position, leaf in enumerate(groups[group]):
            upper.append(group if position == 0 else None)
            lower.append(leaf or None)
    return [upper, lower], [leaf or group or "" for group, leaf in zip(upper, lower, strict=True)]


def rows(chance: random.Random, keys: Sequence[str], count: int, number: int) -> Iterator[Cells]:
    """Data rows with blank names that inherit, 同上, and boxes that are damaged in one layout."""
    ticked, empty = ("t", "口") if number == 1 else ("■", "□")
    for position in range(count):
        name = "".join(chance.choices(WORDS, k=3)) + str(position)
        channels = [(ticked if chance.random() < 0.4 else empty) + option for option in NATIONAL]
        texts: dict[str, str | None] = {
            "一级事项": None if position % 6 else f"{name}管理",
            "二级事项": name,
            "三级事项": f"{name}细项",
            "公开内容\n（要素）": "、".join(chance.choices(WORDS, k=8)),
            "公开依据": "同上" if position % 5 == 4 else "《中华人民共和国政府信息公开条例》《某某管理办法》",
            "公开时限": chance.choice(DEADLINES),
            "公开主体": "县民政局、各乡镇人民政府",
            "公开渠道和载体": "\n".join(channels),
            "特定群体（请写明）": None,
            "依申请公开": None,
            "依申请": None,
        }
        yield [str(position + 1), *(texts.get(key, "√") for key in keys[1:])]


def write(folder: Path, books: int, count: int, seed: int = 1) -> None:
    """`books` workbooks with `count` rows in all."""
    chance = random.Random(seed)
    for number in range(books):
        head, keys = layout(number % 5)
        title = FIELDS[number % len(FIELDS)][1] if number < len(FIELDS) else f"第{number}类事务"
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        share = count * (number + 1) // books - count * number // books
        titled: list[Cells] = [[f"{title}领域基层政务公开标准目录"], *head]
        for cells in (*titled, *rows(chance, keys, share, number % 5)):
            sheet.append(cells)
        sheet.append(["备注：动态调整"])
        for column in range(1, len(keys) + 1):
            if head[1][column - 1] is None:
                sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
        book.save(folder / f"{number:02d}.xlsx")


def measure(folder: Path) -> dict[str, float]:
    """Read a folder in this process: rows, seconds, and the peak of memory in MB."""
    start = time.perf_counter()
    reading = read_files([folder])
    seconds = time.perf_counter() - start
    found = sum(isinstance(record, DisclosureItem) for record in reading.records)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": found, "seconds": seconds, "megabytes": peak, "refused": float(reading.refused)}


def main() -> int:
    """Print a line for each size; 1 when a limit is not kept."""
    results = []
    for part in (4, 2, 1):
        with TemporaryDirectory() as folder:
            write(Path(folder), WORKBOOKS // part, ROWS // part)
            command = [sys.executable, "-m", "bench.importing", folder]
            results.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        found = results[-1]
        print(f"{found['rows']:6.0f} rows  {found['seconds']:6.2f} s  {found['megabytes']:6.1f} MB")
        if found["rows"] != ROWS // part or found["refused"]:
            print(f"expected {ROWS // part} rows")
            return 1
    first, whole = results[0], results[-1]
    bend = (whole["seconds"] / whole["rows"]) / (first["seconds"] / first["rows"])
    print(f"time for a row, whole to quarter: {bend:.2f}")
    kept = whole["seconds"] <= MAX_SECONDS and whole["megabytes"] <= MAX_MEGABYTES and bend <= MAX_BEND
    return 0 if kept else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(Path(sys.argv[1]))))
    else:
        sys.exit(main())
