"""Three people who read everything that a demonstration, a measurement or a test publishes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from county.accounts.people import Person
from county.database.engine import open_database, writing
from county.database.tables import revision
from county.reviewing.review import review_texts, submit
from county.settings import read_settings

REVIEWERS = (
    Person("demo-first", "初审人", frozenset({"reviewer"})),
    Person("demo-second", "复审人", frozenset({"reviewer"})),
    Person("demo-final", "终审人", frozenset({"approver"})),
)
"""In the order of the steps."""


def have_reviewed(connection: Connection, numbers: Sequence[int], person: str, now: datetime) -> None:
    """Submit drafts and have them approved in three steps. Inside `writing`."""
    submit(connection, numbers, person, now)
    rows = connection.execute(
        select(revision.c.number, revision.c.content_hash).where(revision.c.state == "submitted")
    )
    hashes = {row.number: row.content_hash for row in rows}
    wanted = {number: hashes[number] for number in numbers}
    for reviewer in REVIEWERS:
        declined = review_texts(connection, wanted, "approved", reviewer, "演示审核", now)
        assert not declined, declined


def review_drafts(state: Path, kind: str = "") -> None:
    """Have all drafts of the county with this state folder reviewed, or those of one kind, each for its author."""
    wanted = [revision.c.state == "draft", *([revision.c.kind == kind] if kind else [])]
    engine = open_database(read_settings(state).database_url)
    try:
        with writing(engine) as connection:
            rows = connection.execute(select(revision.c.number, revision.c.author).where(*wanted)).all()
            for author in sorted({row.author for row in rows}):
                numbers = [row.number for row in rows if row.author == author]
                have_reviewed(connection, numbers, author, datetime.now(UTC))
    finally:
        engine.dispose()
