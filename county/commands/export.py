"""county export"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from catalog.exporting.workbooks import export_workbooks
from catalog.records import RECORD_TYPES, County, Record
from catalog.text import encode_record, kind_of
from county import revisions
from county.commands.findings import print_findings
from county.commands.session import Session
from county.errors import Refused
from county.lines import export_lines
from county.opendata import cpsv
from county.opendata.tables import NO_TABLES, table

NAME = "export"
SUMMARY = "write the approved catalogue into a new folder"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--format", choices=["jsonl", "csv", "jsonld", "xlsx"], default="jsonl", help="default: jsonl"
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new or empty")


def run(session: Session, arguments: Namespace) -> int:
    """Export all approved records, drafts not."""
    folder: Path = arguments.folder
    with session.open_database().connect() as connection:
        records = revisions.published(connection)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} 不是空文件夹")
    if arguments.format == "xlsx":
        losses = export_workbooks(records, folder)
        if losses:
            print_findings(losses)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        {"jsonl": export_lines, "csv": _export_tables, "jsonld": _export_linked}[arguments.format](
            records, folder
        )
    print(f"{folder}:{len(records)} 条记录", file=sys.stderr)
    return 0


def _export_tables(records: Sequence[Record], folder: Path) -> None:
    """A CSV file a kind; what is no table is left to the other formats."""
    for kind in RECORD_TYPES:
        lines = [encode_record(record) for record in records if kind_of(record) == kind]
        if lines and kind not in NO_TABLES:
            (folder / f"{kind}.csv").write_bytes(table(kind, lines))


def _export_linked(records: Sequence[Record], folder: Path) -> None:
    if not any(isinstance(record, County) for record in records):
        raise Refused("还没有县名：请运行 init --title 县名，或导入含县界的轮廓文件")
    (folder / cpsv.NAME).write_bytes(cpsv.cpsv(records))
