"""county import"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Engine
from tqdm import tqdm

from catalog.importing.reading import Progress
from county.commands.changes import print_difference
from county.commands.findings import print_findings
from county.commands.session import Session
from county.difference import Difference
from county.errors import Misused
from county.intake import Mode, Report, take_in

NAME = "import"
SUMMARY = "read official workbooks, CSV, YAML and GeoJSON into the catalogue"

_OUTCOMES = {
    "applied": "已导入并批准",
    "drafted": "已导入为草稿，待审核",
    "dry_run": "试运行，没有写入任何内容",
    "refused": "有必须先改正的问题，没有写入任何内容",
}


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="files or folders")
    parser.add_argument("--dry-run", action="store_true", help="report, write nothing")
    parser.add_argument("--json", action="store_true", help="print the report of docs/json.md")
    parser.add_argument("--draft", action="store_true", help="leave drafts for review instead of approving")
    parser.add_argument(
        "--withdraw-missing", action="store_true", help="withdraw what the files no longer have"
    )


def run(session: Session, arguments: Namespace) -> int:
    """Import and report. Without a database, --dry-run and --json report on the files alone."""
    absent = [path for path in arguments.paths if not path.exists()]
    if absent:
        raise Misused(f"找不到 {absent[0]}")
    engine = _database(session, arguments)
    mode = Mode(arguments.dry_run, arguments.draft, arguments.withdraw_missing)
    with _progress() as progress:
        report = take_in(engine, arguments.paths, mode, session.person, session.now, progress)
    if arguments.json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    else:
        _print(report)
    return 1 if report.outcome == "refused" else 0


def _database(session: Session, arguments: Namespace) -> Engine | None:
    if session.founded or not (arguments.dry_run or arguments.json):
        return session.open_database()
    print("尚未初始化：只检查文件，不写入。要保存请先运行 init", file=sys.stderr)
    return None


@contextmanager
def _progress() -> Iterator[Progress]:
    with tqdm(file=sys.stderr, unit="文件", leave=False, disable=None) as bar:

        def progress(name: str, done: int, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update(done - bar.n)

        yield progress


def _print(report: Report) -> None:
    for name, number in report.counts.items():
        if isinstance(number, int) and number:
            print(f"{name:20}{number:>6}")
    changes = report.changes
    print_difference(
        Difference(
            added=changes.added,
            changed=changes.changed,
            removed=changes.missing,
            unchanged=changes.unchanged,
        ),
        removed="已撤下" if report.withdrawn else "文件中已没有（未撤下）",
    )
    print_findings(report.findings)
    print(_OUTCOMES[report.outcome])
