"""The texts under review: what was submitted, what was said about it so far, and what comes next."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, ScalarSelect, func, select

from catalog.offices import Offices
from catalog.records import PublicOrganisation, Record
from catalog.text import decode_record
from county.belonging import owners
from county.database.reviewing import submission
from county.database.tables import review, revision
from county.difference import title_of
from county.errors import Refused
from county.reviewing.steps import STEPS, Step, Verdict, next_step
from county.revisions import newest_approved


@dataclass(frozen=True, slots=True)
class Review:
    """One step as it was taken."""

    step: Step
    verdict: Verdict
    reviewer: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Text:
    """A revision that was submitted. `record` None withdraws the published text `before`, which is None for a new one.

    `writers` wrote it or an earlier draft since the published text; `since` is when its next step began to wait.
    """

    number: int
    kind: str
    id: str
    state: str
    content_hash: str
    author: str
    created: datetime
    submitted: datetime
    submitted_by: str
    note: str
    record: Record | None
    before: Record | None
    owners: frozenset[str]
    writers: frozenset[str]
    reviews: tuple[Review, ...]

    @property
    def step(self) -> Step:
        """The step that is to be taken. Raises ValueError when all are."""
        return next_step(review.step for review in self.reviews)

    @property
    def since(self) -> datetime:
        """When that step became possible."""
        return self.reviews[-1].at if self.reviews else self.submitted

    @property
    def title(self) -> str:
        """The words by which people know the record."""
        known = self.record or self.before
        return self.id if known is None else title_of(known)

    @property
    def reviewers(self) -> frozenset[str]:
        """Who took the steps before."""
        return frozenset(review.reviewer for review in self.reviews)


def submitted(connection: Connection, numbers: Collection[int] | None = None) -> list[Text]:
    """The texts that wait for a review, oldest submission first; of `numbers` only those, when given."""
    return [
        text
        for text in _texts(connection, revision.c.state == "submitted")
        if numbers is None or text.number in numbers
    ]


def get_text(connection: Connection, number: int) -> Text:
    """A text that was submitted, whatever became of it. Raises Refused."""
    found = _texts(connection, revision.c.number == number)
    if not found:
        raise Refused(f"没有提交过修订 {number}")
    return found[0]


def reviews_of(connection: Connection, number: int) -> list[Review]:
    """What was said about a revision, in order; those of a closed one too."""
    return _reviews(connection, [number])[number]


def known_offices(connection: Connection) -> Offices:
    """The organisations of the published catalogue, to find the one that a text belongs to."""
    rows = connection.execute(newest_approved().where(revision.c.kind == "organisation"))
    found = [decode_record("organisation", row.body) for row in rows if row.body is not None]
    return Offices([record for record in found if isinstance(record, PublicOrganisation)])


def _texts(connection: Connection, wanted: ColumnElement[bool]) -> list[Text]:
    published = revision.alias()
    rows = connection.execute(
        select(
            revision,
            submission.c.at,
            submission.c.person,
            submission.c.note,
            published.c.body.label("published"),
        )
        .join(submission, submission.c.revision == revision.c.number)
        .outerjoin(published, published.c.number == _newest_before(revision))
        .where(wanted)
        .order_by(submission.c.at, revision.c.number)
    ).all()
    if not rows:
        return []
    reviews = _reviews(connection, [row.number for row in rows])
    writers = _writers(connection, wanted)
    offices = known_offices(connection)
    return [_text(row, offices, writers[row.number], tuple(reviews[row.number])) for row in rows]


def _text(
    row: Row[tuple[Any, ...]], offices: Offices, writers: frozenset[str], reviews: tuple[Review, ...]
) -> Text:
    record = None if row.body is None else decode_record(row.kind, row.body)
    before = None if row.published is None else decode_record(row.kind, row.published)
    belongs = [owners(text, offices) for text in (record, before) if text is not None]
    return Text(
        number=row.number,
        kind=row.kind,
        id=row.record,
        state=row.state,
        content_hash=row.content_hash,
        author=row.author,
        created=row.created,
        submitted=row.at,
        submitted_by=row.person,
        note=row.note,
        record=record,
        before=before,
        owners=frozenset().union(*belongs),
        writers=writers,
        reviews=reviews,
    )


def _newest_before(later: FromClause) -> ScalarSelect[int]:
    """The number of the text that was approved when `later` was written."""
    approved = revision.alias()
    return (
        select(func.max(approved.c.number))
        .where(
            approved.c.kind == later.c.kind,
            approved.c.record == later.c.record,
            approved.c.number < later.c.number,
            approved.c.state == "approved",
        )
        .scalar_subquery()
    )


def _reviews(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Review]]:
    wanted = set(numbers)
    between = review.c.revision.between(min(numbers), max(numbers))
    found: dict[int, list[Review]] = defaultdict(list)
    for row in connection.execute(select(review).where(between, review.c.step.in_(STEPS))):
        if row.revision in wanted:
            found[row.revision].append(Review(row.step, row.verdict, row.reviewer, row.at, row.note))
    return defaultdict(
        list,
        {
            number: sorted(reviews, key=lambda review: STEPS.index(review.step))
            for number, reviews in found.items()
        },
    )


def _writers(connection: Connection, wanted: ColumnElement[bool]) -> dict[int, frozenset[str]]:
    """Revision → who wrote it or a draft of it since the text that was published then."""
    written = revision.alias()
    rows = connection.execute(
        select(revision.c.number, written.c.author)
        .join(written, (written.c.kind == revision.c.kind) & (written.c.record == revision.c.record))
        .where(
            wanted,
            written.c.number <= revision.c.number,
            written.c.number > func.coalesce(_newest_before(revision), 0),
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        found[row.number].add(row.author)
    return defaultdict(frozenset, {number: frozenset(names) for number, names in found.items()})
