"""What the candidate changes and what speaks against it, kept beside it so that pages need not compute it again.

An error in a record that the candidate brings blocks it until somebody publishes it for a stated reason. Errors that
are published already are counted: the new edition makes nothing worse.
"""

from collections import Counter
from datetime import date

import msgspec
from sqlalchemy import Connection, Engine, func, select

from catalog.checks.check import check
from catalog.findings import Finding
from catalog.offices import Offices
from catalog.records import PublicOrganisation
from catalog.text import kind_of
from county import editions
from county.belonging import owners
from county.building import difference_of
from county.database.bulletins import emergency_step
from county.database.tables import edition_revision, revision
from county.difference import Difference
from county.editing.checking import rules_of
from county.editions import Edition
from county.repository import put
from county.revisions import newest_approved
from county.settings import Settings


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """Of the candidate with this digest. `organisations` counts its changes by the offices' titles."""

    digest: str
    difference: Difference
    blocking: tuple[Finding, ...]
    standing: int
    organisations: dict[str, int]


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What was approved since the published edition: how many texts of each kind; withdrawals count too."""

    kinds: dict[str, int]
    emergencies: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.kinds.values())


def pending(connection: Connection) -> Pending:
    """What an edition built now would bring, without reading any text."""
    base = editions.newest_published(connection)
    shown = select(edition_revision.c.revision).where(
        edition_revision.c.edition == (base.number if base else 0)
    )
    newest = newest_approved().subquery()
    rows = connection.execute(
        select(newest.c.kind, func.count()).where(newest.c.number.not_in(shown)).group_by(newest.c.kind)
    )
    gone = _withdrawn_before(connection, base)
    kinds = Counter({row.kind: row[1] for row in rows}) - gone
    waiting = select(func.count()).select_from(emergency_step).where(emergency_step.c.verdict.is_(None))
    return Pending(kinds=dict(kinds), emergencies=connection.scalar(waiting) or 0)


def _withdrawn_before(connection: Connection, base: Edition | None) -> Counter[str]:
    """Records whose newest approved revision withdraws them and that `base` does not show any more."""
    newest = newest_approved().where(revision.c.body.is_(None)).subquery()
    still = (
        select(revision.c.kind, revision.c.record)
        .join(edition_revision, edition_revision.c.revision == revision.c.number)
        .where(edition_revision.c.edition == (base.number if base else 0))
        .subquery()
    )
    same = (still.c.kind == newest.c.kind) & (still.c.record == newest.c.record)
    rows = connection.execute(
        select(newest.c.kind, func.count())
        .outerjoin(still, same)
        .where(still.c.record.is_(None))
        .group_by(newest.c.kind)
    )
    return Counter({row.kind: row[1] for row in rows})


def look(engine: Engine, settings: Settings, edition: Edition, today: date) -> Outlook:
    """Compare and check the candidate, and keep the result beside it."""
    difference = difference_of(engine, edition)
    with engine.connect() as connection:
        records = list(editions.contents(connection, edition.number).values())
        rules = rules_of(connection)
    brought = {(change.kind, change.id) for change in (*difference.added, *difference.changed)}
    errors = [each for each in check(records, today, rules) if each.severity == "error"]
    blocking = tuple(each for each in errors if (each.kind, each.record) in brought)
    offices = {record.id: record for record in records if isinstance(record, PublicOrganisation)}
    known = Offices(offices.values())
    counted = Counter(
        offices[owner].title
        for record in records
        if (kind_of(record), record.id) in brought
        for owner in owners(record, known)
        if owner in offices
    )
    outlook = Outlook(
        digest=edition.digest,
        difference=difference,
        blocking=blocking,
        standing=len(errors) - len(blocking),
        organisations=dict(counted.most_common()),
    )
    put(settings.candidate / "outlook.json", msgspec.json.encode(outlook))
    return outlook


def kept_outlook(settings: Settings, edition: Edition) -> Outlook | None:
    """What was found when the candidate was looked at, None when it was not."""
    try:
        kept = msgspec.json.decode((settings.candidate / "outlook.json").read_bytes(), type=Outlook)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return kept if kept.digest == edition.digest else None
