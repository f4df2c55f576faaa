"""The process that reads the files of one import job: `python -m county.importing.work FOLDER`.

It gets the database's address on its standard input, reads from it, and writes nothing but the job's folder. A
file that makes it use up its memory or its time ends this process and no other. The lock that says it lives is
inherited from whoever started it.
"""

import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from catalog.checks.rules import load_rules
from catalog.durable import replace
from catalog.findings import Finding
from catalog.importing.reading import read_files
from catalog.text import encode_record, kind_of
from county import revisions
from county.clock import local
from county.database.engine import connect
from county.difference import Difference
from county.editing.templates import load_templates
from county.importing.folder import JobFolder, Progress
from county.intake import findings_of, make_plan

MEMORY = 2 * 1024**3
"""Bytes of address space; reading the largest workbook that the importer accepts takes about a third of it."""

SECONDS = 600
"""Of processor time."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: records as kind and canonical text with their source, and how they differ from what is there.

    `difference.removed` are the records that came from files of these names earlier and are no longer in them.
    """

    refused: bool
    records: tuple[tuple[str, str], ...]
    difference: Difference
    findings: tuple[Finding, ...]


def read(folder: JobFolder, database: str, now: datetime) -> Found:
    """Read the job's files and compare them with what the county has, drafts counted."""
    engine = connect(database)
    with engine.connect() as connection:
        base = revisions.latest(connection)
        templates = load_templates(connection, load_rules().similar_template)
    engine.dispose()
    called = folder.called()

    def progress(name: str, done: int, total: int) -> None:
        folder.say_progress(Progress(name, done, total))

    reading = read_files(list(called), base, progress, called)
    plan = make_plan(base, reading.records, whole=False)
    return Found(
        refused=reading.refused,
        records=tuple((kind_of(record), encode_record(record).decode()) for record in plan.records),
        difference=plan.difference,
        findings=(*reading.findings, *findings_of(plan, local(now).date(), templates)),
    )


def main() -> int:
    """Read and report."""
    folder = JobFolder(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    database = sys.stdin.read().strip()
    found = read(folder, database, datetime.now(UTC))
    replace(folder.report, msgspec.json.encode(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
