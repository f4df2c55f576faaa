"""People who review, and texts for them."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select

from county import revisions
from county.accounts.people import Person
from county.accounts.roles import Role
from county.database.engine import writing
from county.database.tables import revision
from county.reviewing.review import Declined, review_texts, submit
from county.reviewing.steps import Verdict
from county.revisions import Change
from tests.county.catalogue import NOW


def reviewer(name: str, role: Role = "reviewer", organisation: str = "") -> Person:
    """A member of staff."""
    return Person(name, name, frozenset({role}), organisation)


FIRST, SECOND, THIRD = (reviewer(name) for name in ("赵一", "钱二", "孙三"))
FINAL = reviewer("李批", "approver")


def drafted(engine: Engine, change: Change, author: str = "clerk") -> int:
    """A draft."""
    with writing(engine) as connection:
        (number,) = revisions.add_drafts(connection, [change], author, NOW)
    return number


def submitted(engine: Engine, change: Change, author: str = "clerk") -> int:
    """A submitted draft."""
    number = drafted(engine, change, author)
    with writing(engine) as connection:
        submit(connection, [number], author, NOW)
    return number


def content_hash(connection: Connection, number: int) -> str:
    """What a reviewer of this revision has read."""
    found = connection.scalar(select(revision.c.content_hash).where(revision.c.number == number))
    assert found is not None
    return str(found)


def take(
    engine: Engine, numbers: Sequence[int], by: Person, verdict: Verdict = "approved", note: str = "同意"
) -> list[Declined]:
    """The next step of each text by one reviewer."""
    with writing(engine) as connection:
        wanted = {number: content_hash(connection, number) for number in numbers}
        return review_texts(connection, wanted, verdict, by, note, NOW)


def state(engine: Engine, number: int) -> str:
    """How far a revision has come."""
    with engine.connect() as connection:
        return str(connection.scalar(select(revision.c.state).where(revision.c.number == number)))
