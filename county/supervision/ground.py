"""What supervision looks at: the published catalogue, when each text was approved, and what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection, func, select

from catalog.directory import bodies, item_title
from catalog.offices import Offices
from catalog.records import (
    CalendarYear,
    DisclosureField,
    DisclosureItem,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
)
from catalog.text import decode_record
from county import revisions
from county.clock import local
from county.database.tables import edition, edition_revision, review, revision
from county.difference import title_of
from county.supervision.publications import Publication, publications
from county.supervision.rules import SupervisionRules, current_rules

Key = tuple[str, str]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Ground:
    """The published records by (kind, id), and when things happened to them.

    `first` and `last` are the days of their first and latest approval, `shown` of the first published edition with
    each policy, `opened` of the first published edition of all, None before there is one.
    """

    records: Mapping[Key, Record]
    first: Mapping[Key, date]
    last: Mapping[Key, date]
    shown: Mapping[str, date]
    opened: date | None
    publications: tuple[Publication, ...]
    rules: SupervisionRules
    today: date

    def of(self, record_type: type[R]) -> list[R]:
        """The records of a type, by id."""
        return [record for record in self.records.values() if type(record) is record_type]

    @cached_property
    def calendar(self) -> tuple[CalendarYear, ...]:
        """The county's calendar."""
        return tuple(self.of(CalendarYear))

    @cached_property
    def offices(self) -> Offices:
        """The county's offices by the names that people write."""
        return Offices(self.of(PublicOrganisation))

    @cached_property
    def office_titles(self) -> Mapping[str, str]:
        """Id → title."""
        return {office.id: office.title for office in self.of(PublicOrganisation)}

    @cached_property
    def field_titles(self) -> Mapping[str, str]:
        """Id → title."""
        return {field.id: field.title for field in sorted(self.of(DisclosureField), key=lambda f: f.order)}

    @cached_property
    def newest_publications(self) -> Mapping[str, date]:
        """Id of an item → the day of its newest publication on record."""
        days = sorted((one.published, one.record) for one in self.publications if one.published is not None)
        return {record: day for day, record in days}

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The ids of the items of which a publication is on record."""
        return frozenset(one.record for one in self.publications if one.kind == "disclosure")

    def organisations(self, record: Record) -> tuple[str, ...]:
        """The offices that answer for a record: ids, and names in its words that belong to none."""
        if isinstance(record, DisclosureItem):
            return bodies(record.disclosing_body, self.offices)
        if isinstance(record, Policy):
            return bodies(record.issuer, self.offices)
        if isinstance(record, PublicService):
            return (record.competent_authority,)
        if isinstance(record, PublicOrganisation):
            return (record.id,)
        return ()

    def title(self, record: Record) -> str:
        """The words by which staff know it."""
        return item_title(record) if isinstance(record, DisclosureItem) else title_of(record)


def read_ground(connection: Connection, now: datetime) -> Ground:
    """The ground at `now`; days are those of the server's time zone."""
    records, last = {}, {}
    rows = connection.execute(
        revisions.newest_approved()
        .add_columns(revision.c.created)
        .where(revision.c.body.is_not(None))
        .order_by(revision.c.kind, revision.c.record)
    )
    for row in rows:
        records[row.kind, row.record] = decode_record(row.kind, row.body)
        last[row.kind, row.record] = local(row.created).date()
    return Ground(
        records=records,
        first=_first(connection),
        last=last,
        shown=_shown(connection),
        opened=_opened(connection),
        publications=publications(connection),
        rules=current_rules(connection),
        today=local(now).date(),
    )


def _shown(connection: Connection) -> dict[str, date]:
    rows = connection.execute(
        select(revision.c.record, func.min(edition.c.created).label("at"))
        .join(edition_revision, edition_revision.c.revision == revision.c.number)
        .join(edition, edition.c.number == edition_revision.c.edition)
        .where(edition.c.state == "published", revision.c.kind == "policy")
        .group_by(revision.c.record)
    )
    return {row.record: local(row.at).date() for row in rows}


def _opened(connection: Connection) -> date | None:
    at = connection.scalar(select(func.min(edition.c.created)).where(edition.c.state == "published"))
    return None if at is None else local(at).date()


def _first(connection: Connection) -> dict[Key, date]:
    """The day on which each record was first approved."""
    rows = connection.execute(
        select(revision.c.kind, revision.c.record, func.min(review.c.at).label("at"))
        .join(review, review.c.revision == revision.c.number)
        .where(revision.c.state == "approved", review.c.verdict == "approved")
        .group_by(revision.c.kind, revision.c.record)
    )
    return {(row.kind, row.record): local(row.at).date() for row in rows}
