"""county export"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from catalog.exporting.workbooks import export_workbooks
from county import revisions
from county.commands.findings import print_findings
from county.commands.session import Session
from county.errors import Refused
from county.lines import export_lines

NAME = "export"
SUMMARY = "write the approved catalogue into a new folder"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--format", choices=["jsonl", "xlsx"], default="jsonl", help="default: jsonl")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new or empty")


def run(session: Session, arguments: Namespace) -> int:
    """Export all approved records, drafts not."""
    folder: Path = arguments.folder
    with session.open_database().connect() as connection:
        records = revisions.published(connection)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} 不是空文件夹")
    if arguments.format == "jsonl":
        export_lines(records, folder)
    else:
        losses = export_workbooks(records, folder)
        if losses:
            print_findings(losses)
    print(f"{folder}:{len(records)} 条记录", file=sys.stderr)
    return 0
