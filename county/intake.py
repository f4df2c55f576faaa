"""Importing: what was read from files is compared with what the county has, and applied in one transaction.

Until the first edition is published an import from the command line approves what it brings (step `import`). From
then on, or when told so, it leaves drafts for the three-step review. What did not change makes no revision, so
importing the same files twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine

from catalog.checks.check import check
from catalog.checks.templates import Templates
from catalog.findings import Finding
from catalog.importing.reading import Progress, Reading, read_files
from catalog.records import County, DisclosureItem, Record
from catalog.text import kind_of
from county import audit, revisions, seeds
from county.clock import local
from county.counting import count
from county.database.engine import writing
from county.difference import Difference, RecordChange, compare
from county.revisions import Change

Outcome = Literal["applied", "drafted", "dry_run", "refused"]


@dataclass(frozen=True, slots=True)
class Mode:
    """How an import is applied. `dry_run` writes nothing, `draft` leaves the approving to reviewers,
    `withdraw_missing` withdraws what the files no longer have."""

    dry_run: bool = False
    draft: bool = False
    withdraw_missing: bool = False


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What the files bring. `missing` records came from these files earlier and are no longer in them."""

    added: tuple[RecordChange, ...]
    changed: tuple[RecordChange, ...]
    unchanged: int
    missing: tuple[RecordChange, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What an import found and did; the JSON report of docs/json.md."""

    format: int = 1
    outcome: Outcome
    withdrawn: bool = False
    counts: dict[str, Any]
    changes: Changes
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would change: `difference.removed` are the missing records, `kept` those it does not touch."""

    records: tuple[Record, ...]
    kept: tuple[Record, ...]
    difference: Difference

    def changes(self, *, withdraw_missing: bool) -> list[Change]:
        """The revisions that carry the plan out."""
        touched = {(change.kind, change.id) for change in (*self.difference.added, *self.difference.changed)}
        texts = [Change.to(record) for record in self.records if _key(record) in touched]
        gone = self.difference.removed if withdraw_missing else ()
        return texts + [Change(change.kind, change.id, None) for change in gone]


def take_in(
    engine: Engine | None,
    paths: Sequence[Path],
    mode: Mode,
    author: str,
    now: datetime,
    progress: Progress | None = None,
) -> Report:
    """Read `paths`, compare, and apply as `mode` says. Without a database everything is new and nothing is kept.

    A blocking finding refuses the import: nothing changes. Raises FileNotFoundError.
    """
    today = local(now).date()
    if engine is not None:
        with engine.connect() as connection:
            mode = replace(mode, draft=mode.draft or revisions.founded(connection))
    if engine is None:
        reading = read_files(paths, (), progress)
        plan = make_plan((), reading.records, whole=True)
        return _report(reading, plan, "refused" if reading.refused else "dry_run", today)
    with engine.connect() as connection:
        reading = read_files(paths, _base(connection, mode), progress)
    whole = any(path.is_dir() for path in paths)
    if reading.refused or mode.dry_run:
        with engine.connect() as connection:
            plan = make_plan(_base(connection, mode), reading.records, whole=whole)
        return _report(reading, plan, "refused" if reading.refused else "dry_run", today)
    with writing(engine) as connection:
        plan = make_plan(_base(connection, mode), reading.records, whole=whole)
        overtaken = _carry_out(connection, plan, mode, author, now)
    outcome: Outcome = "drafted" if mode.draft else "applied"
    return _report(reading, plan, outcome, today, mode.withdraw_missing, overtaken)


def make_plan(base: Sequence[Record], read: Sequence[Record], *, whole: bool) -> Plan:
    """Compare what was read with `base`, what the county has.

    A record of `base` is missing when it belongs to what was read and is not in it: with `whole` (a folder was
    read) to a kind or directory that was read, otherwise to a file of the same name.
    """
    records = (*read, *_completed(base, read))
    keys = {_key(record) for record in records}
    groups = {_group(record) for record in read}
    files = {_file(record) for record in read} - {""}
    known = [
        record
        for record in base
        if _key(record) in keys or (_group(record) in groups and (whole or _file(record) in files))
    ]
    kept = tuple(record for record in base if _key(record) not in keys)
    return Plan(records, kept, compare(known, records))


def findings_of(plan: Plan, today: date, templates: Templates | None = None) -> list[Finding]:
    """What the checks say about the records that were read, in the catalogue that they make with the kept ones."""
    read = {_key(record) for record in plan.records}
    found = check((*plan.records, *plan.kept), today, templates=templates)
    return [finding for finding in found if not finding.record or (finding.kind, finding.record) in read]


def _base(connection: Connection, mode: Mode) -> list[Record]:
    return revisions.latest(connection) if mode.draft else revisions.published(connection)


def _carry_out(connection: Connection, plan: Plan, mode: Mode, author: str, now: datetime) -> list[Finding]:
    changes = plan.changes(withdraw_missing=mode.withdraw_missing)
    overtaken = revisions.overtaken(connection, changes)
    if not changes:
        return []
    numbers = revisions.add_drafts(connection, changes, author, now)
    if not mode.draft:
        revisions.approve_founding(connection, numbers, author, now)
    audit.append(connection, author, "import", now, revisions=len(numbers), draft=mode.draft)
    return [_overtaken(*draft) for draft in overtaken if draft[2] != author or not mode.draft]


def _report(
    reading: Reading,
    plan: Plan,
    outcome: Outcome,
    today: date,
    withdrawn: bool = False,
    overtaken: Sequence[Finding] = (),
) -> Report:
    difference = plan.difference
    return Report(
        outcome=outcome,
        withdrawn=withdrawn,
        counts=count(reading.records),
        changes=Changes(
            added=difference.added,
            changed=difference.changed,
            unchanged=difference.unchanged,
            missing=difference.removed,
        ),
        findings=(*reading.findings, *findings_of(plan, today), *overtaken),
    )


def _completed(base: Sequence[Record], read: Sequence[Record]) -> list[County]:
    """The county's record, when it is not among those read and an outline completes it."""
    if any(isinstance(record, County) for record in read):
        return []
    counties = [record for record in base if isinstance(record, County)]
    completed = [seeds.completed(county, read) for county in counties]
    return [county for county in completed if county not in counties]


def _overtaken(kind: str, record: str, author: str) -> Finding:
    return Finding(
        code="draft-overtaken",
        severity="warning",
        kind=kind,
        record=record,
        message=f"{author} 正在修改这条记录，导入的文本取代了他的草稿",
        advice="请他在新文本上重新修改",
    )


def _key(record: Record) -> tuple[str, str]:
    return kind_of(record), record.id


def _group(record: Record) -> tuple[str, str]:
    return kind_of(record), record.directory if isinstance(record, DisclosureItem) else ""


def _file(record: Record) -> str:
    return PurePosixPath(record.source.file).name if record.source is not None else ""
