"""The texts under review: what was submitted, what was said about it so far, and what comes next."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, func, select

from catalog.offices import Offices
from catalog.records import PublicOrganisation, Record
from catalog.text import decode_record
from county.belonging import owners
from county.database.reviewing import submission
from county.database.tables import review, revision
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
    """A submitted revision. `record` None withdraws what is published, which `before` has; `before` None is new.

    `writers` wrote it or an earlier draft since the published text; `since` is when its next step began to wait.
    """

    number: int
    kind: str
    id: str
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
        """The step that is to be taken."""
        return next_step(review.step for review in self.reviews)

    @property
    def since(self) -> datetime:
        """When that step became possible."""
        return self.reviews[-1].at if self.reviews else self.submitted

    @property
    def reviewers(self) -> frozenset[str]:
        """Who took the steps before."""
        return frozenset(review.reviewer for review in self.reviews)


def submitted(connection: Connection, numbers: Collection[int] | None = None) -> list[Text]:
    """The texts that wait for a review, oldest submission first; of `numbers` only those, when given."""
    found = [
        row
        for row in connection.execute(
            select(revision, submission.c.at, submission.c.person, submission.c.note)
            .join(submission, submission.c.revision == revision.c.number)
            .where(revision.c.state == "submitted")
            .order_by(submission.c.at, revision.c.number)
        )
        if numbers is None or row.number in numbers
    ]
    if not found:
        return []
    reviews = _reviews(connection, [row.number for row in found])
    published = _published(connection)
    writers = _writers(connection)
    offices = known_offices(connection)
    return [
        _text(
            row,
            published.get((row.kind, row.record)),
            offices,
            writers[row.number],
            tuple(reviews[row.number]),
        )
        for row in found
    ]


def reviews_of(connection: Connection, number: int) -> list[Review]:
    """What was said about a revision, in order; those of a closed one too."""
    return _reviews(connection, [number])[number]


def known_offices(connection: Connection) -> Offices:
    """The organisations of the published catalogue, to find the one that a text belongs to."""
    rows = connection.execute(newest_approved().where(revision.c.kind == "organisation"))
    found = [decode_record("organisation", row.body) for row in rows if row.body is not None]
    return Offices([record for record in found if isinstance(record, PublicOrganisation)])


def _text(
    row: Row[tuple[object, ...]],
    before: str | None,
    offices: Offices,
    writers: frozenset[str],
    reviews: tuple[Review, ...],
) -> Text:
    record = None if row.body is None else decode_record(row.kind, row.body)
    published = None if before is None else decode_record(row.kind, before)
    belongs = [owners(text, offices) for text in (record, published) if text is not None]
    return Text(
        number=row.number,
        kind=row.kind,
        id=row.record,
        content_hash=row.content_hash,
        author=row.author,
        created=row.created,
        submitted=row.at,
        submitted_by=row.person,
        note=row.note,
        record=record,
        before=published,
        owners=frozenset().union(*belongs),
        writers=writers,
        reviews=reviews,
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


def _published(connection: Connection) -> dict[tuple[str, str], str | None]:
    under_review = (
        select(revision.c.kind, revision.c.record).where(revision.c.state == "submitted").subquery()
    )
    same: ColumnElement[bool] = (revision.c.kind == under_review.c.kind) & (
        revision.c.record == under_review.c.record
    )
    rows = connection.execute(newest_approved().join(under_review, same))
    return {(row.kind, row.record): row.body for row in rows}


def _writers(connection: Connection) -> dict[int, frozenset[str]]:
    """Submitted revision → who wrote it or a draft of it since the record's newest approved text."""
    reviewed, written, approved = revision.alias(), revision.alias(), revision.alias()
    newest = (
        select(func.coalesce(func.max(approved.c.number), 0))
        .where(
            approved.c.kind == reviewed.c.kind,
            approved.c.record == reviewed.c.record,
            approved.c.state == "approved",
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        select(reviewed.c.number, written.c.author)
        .join(written, (written.c.kind == reviewed.c.kind) & (written.c.record == reviewed.c.record))
        .where(
            reviewed.c.state == "submitted",
            written.c.number <= reviewed.c.number,
            written.c.number > newest,
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        found[row.number].add(row.author)
    return defaultdict(frozenset, {number: frozenset(names) for number, names in found.items()})
