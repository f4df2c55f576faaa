"""county publications"""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from catalog.records import Record
from county.commands.findings import print_findings
from county.commands.session import Session
from county.database.engine import writing
from county.errors import Misused
from county.supervision.bulk import Sort, Step, Upload, apply, blank, compare, read_table
from county.supervision.ground import read_ground
from county.supervision.publications import publications

NAME = "publications"
SUMMARY = "enter what was published when, from a workbook or CSV file"

_SORTS: dict[Sort, str] = {"added": "新登记", "corrected": "更正", "same": "没有变化"}


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("path", type=Path, metavar="FILE", help="the filled-in table")
    parser.add_argument("--blank", action="store_true", help="write a table to fill in to FILE instead")
    parser.add_argument("--dry-run", action="store_true", help="report, write nothing")
    parser.add_argument("--json", action="store_true", help="print the report of docs/json.md")


def run(session: Session, arguments: Namespace) -> int:
    """Enter and report; 1 when a row is wrong, and nothing is entered then."""
    path: Path = arguments.path
    if not arguments.blank and not path.is_file():
        raise Misused(f"找不到 {path}")
    engine = session.open_database()
    with engine.connect() as connection:
        ground = read_ground(connection, session.now)
        on_record = publications(connection)
    if arguments.blank:
        path.write_bytes(blank(ground, _anybodys))
        return 0
    upload = read_table(path.read_bytes(), path.name, ground, _anybodys)
    steps = compare(upload, on_record)
    entered = not (upload.findings or arguments.dry_run) and bool(upload.lines)
    if entered:
        with writing(engine) as connection:
            apply(connection, upload, ground, _anybodys, session.person, session.now)
    _report(upload, steps, entered=entered, as_json=arguments.json)
    return 1 if upload.findings else 0


def _anybodys(record: Record) -> bool:
    return True


def _report(upload: Upload, steps: Sequence[Step], *, entered: bool, as_json: bool) -> None:
    counted = Counter(step.sort for step in steps)
    if as_json:
        outcome = "entered" if entered else "refused" if upload.findings else "dry_run"
        counts = {sort: counted[sort] for sort in _SORTS}
        about = {"format": 1, "outcome": outcome, "unfilled": upload.unfilled}
        body = msgspec.json.encode({**about, "counts": counts, "findings": upload.findings})
        sys.stdout.buffer.write(msgspec.json.format(body, indent=1) + b"\n")
        return
    print_findings(upload.findings)
    for step in steps:
        if step.sort != "same":
            occasion = step.line.occasion
            print(f"{_SORTS[step.sort]} {occasion.record} {occasion.title} {occasion.period}".rstrip())
    print("，".join(f"{word} {counted[sort]}" for sort, word in _SORTS.items()))
    print("已登记" if entered else "没有写入任何内容")
