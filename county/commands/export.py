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
from county.opendata.files import Listing
from county.opendata.making import write
from county.opendata.tables import NO_TABLES, table
from county.web.shelf import NothingPublished, active_store

NAME = "export"
SUMMARY = "write the approved catalogue, or the open data of what is published, into a new folder"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--format",
        choices=["jsonl", "csv", "jsonld", "xlsx", "open-data"],
        default="jsonl",
        help="open-data: every file of /open-data/, of the edition that is shown (default: jsonl)",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new or empty")


def run(session: Session, arguments: Namespace) -> int:
    """Export all approved records, drafts not, or what the public is offered."""
    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} 不是空文件夹")
    if arguments.format == "open-data":
        listing = _export_open_data(session.settings.folder, folder)
        print(f"{folder}：第 {listing.edition} 版，{len(listing.files)} 个文件", file=sys.stderr)
        return 0
    with session.open_database().connect() as connection:
        records = revisions.published(connection)
    if arguments.format == "xlsx":
        losses = export_workbooks(records, folder)
        if losses:
            print_findings(losses)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        {"jsonl": export_lines, "csv": _export_tables, "jsonld": _export_linked}[arguments.format](
            records, folder
        )
    print(f"{folder}：{len(records)} 条记录", file=sys.stderr)
    return 0


def _export_open_data(state: Path, folder: Path) -> Listing:
    try:
        with active_store(state) as store:
            folder.mkdir(parents=True, exist_ok=True)
            return write(store, folder)
    except NothingPublished as error:
        raise Refused("还没有发布过任何版本，请先运行 publish") from error


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
