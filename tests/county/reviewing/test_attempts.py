"""What somebody with an SQL prompt tries, one by one; the database itself refuses."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from county import editions
from county.database.engine import writing
from county.database.tables import edition
from county.revisions import Change
from tests.county.catalogue import NOW, approve, organisation
from tests.county.reviewing.cases import FIRST, SECOND, drafted, submitted, take

REVIEW = (
    "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
    "SELECT number, content_hash, '{step}', '{verdict}', '{by}', created FROM revision WHERE record = '{record}'"
)


def review(record: str, step: str, by: str, verdict: str = "approved") -> str:
    return REVIEW.format(record=record, step=step, by=by, verdict=verdict)


REFUSED = {
    "a second step before the first": review("office-1", "复审", "x"),
    "a final step after one": review("office-2", "终审", "x"),
    "a review of a draft": review("office-3", "初审", "x"),
    "a review by the author": review("office-1", "初审", "clerk"),
    "a review by the author of an earlier draft": review("office-4", "初审", "editor"),
    "two steps by one person": review("office-2", "复审", FIRST.name),
    "the same step twice": review("office-2", "初审", "x"),
    "an import once the county has published": review("office-3", "import", "x"),
    "a review of a returned text": review("office-5", "初审", "x"),
    "approving after two reviews": "UPDATE revision SET state = 'approved' WHERE record = 'office-6'",
    "approving a draft": "UPDATE revision SET state = 'approved' WHERE record = 'office-3'",
    "returning without a review": "UPDATE revision SET state = 'returned' WHERE record = 'office-1'",
    "submitting as nobody": "UPDATE revision SET state = 'submitted' WHERE record = 'office-3'",
    "taking a submission back": "UPDATE revision SET state = 'draft' WHERE record = 'office-1'",
    "showing a text under review": (
        "INSERT INTO edition_revision (edition, revision) SELECT 2, number FROM revision WHERE record = 'office-1'"
    ),
    "adding to a published edition": (
        "INSERT INTO edition_revision (edition, revision) SELECT 1, number FROM revision WHERE record = 'office-7'"
    ),
    "publishing what is not signed": "UPDATE edition SET state = 'published' WHERE number = 2",
    "changing a submission": "UPDATE submission SET person = 'x'",
    "deleting a submission": "DELETE FROM submission",
}


@pytest.fixture
def prepared(engine: Engine) -> Engine:
    """A county that has published: texts at every stage, and an edition that is only built."""
    approve(engine, [organisation(7)])
    submitted(engine, Change.to(organisation(1)))
    take(engine, [submitted(engine, Change.to(organisation(2)))], FIRST)
    drafted(engine, Change.to(organisation(3)))
    drafted(engine, Change.to(organisation(4, "1")), "editor")
    submitted(engine, Change.to(organisation(4, "2")))
    take(engine, [submitted(engine, Change.to(organisation(5)))], FIRST, "returned")
    twice = submitted(engine, Change.to(organisation(6)))
    for by in (FIRST, SECOND):
        take(engine, [twice], by)
    with writing(engine) as connection:
        for number in (1, 2):
            connection.execute(
                edition.insert().values(
                    number=number,
                    digest=str(number),
                    logical_digest="",
                    manifest=b"",
                    state="built",
                    author="x",
                    created=NOW,
                )
            )
            for state in ("signed", "published") if number == 1 else ():
                editions.move(connection, number, state)
    return engine


@pytest.mark.parametrize("attempt", REFUSED)
def test_the_database_refuses(prepared: Engine, attempt: str) -> None:
    with pytest.raises(DBAPIError), writing(prepared) as connection:
        connection.execute(text(REFUSED[attempt]))


@pytest.mark.parametrize(
    "statement",
    [
        review("office-1", "初审", "x"),
        review("office-2", "复审", "x"),
        review("office-6", "终审", "x"),
        "INSERT INTO edition_revision (edition, revision) SELECT 2, number FROM revision WHERE record = 'office-7'",
    ],
)
def test_it_lets_through_what_is_right(prepared: Engine, statement: str) -> None:
    with writing(prepared) as connection:
        assert connection.execute(text(statement)).rowcount == 1
