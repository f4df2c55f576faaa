"""What is published of a record, and what closes the way there."""

import pytest
from sqlalchemy import Engine

from catalog.records import Record
from county import revisions
from county.database.engine import writing
from county.errors import Refused
from county.revisions import Change
from tests.county.catalogue import NOW, approve, organisation


def published(engine: Engine) -> list[Record]:
    with engine.connect() as connection:
        return revisions.published(connection)


def draft(engine: Engine, change: Change, author: str = "clerk") -> int:
    with writing(engine) as connection:
        (number,) = revisions.add_drafts(connection, [change], author, NOW)
    return number


def test_a_draft_is_not_published(engine: Engine) -> None:
    approve(engine, [organisation(1, "1")])
    draft(engine, Change.to(organisation(1, "2")))
    assert published(engine) == [organisation(1, "1")]
    with engine.connect() as connection:
        assert revisions.latest(connection) == [organisation(1, "2")]


def test_the_newest_approved_text_is_published(engine: Engine) -> None:
    approve(engine, [organisation(2), organisation(1, "1")])
    approve(engine, [organisation(1, "2")])
    assert published(engine) == [organisation(1, "2"), organisation(2)]


def test_a_withdrawn_record_is_not_published_and_can_come_back(engine: Engine) -> None:
    approve(engine, [organisation(1)])
    number = draft(engine, Change("organisation", "office-1", None))
    with writing(engine) as connection:
        revisions.approve(connection, [number], "import", "clerk", NOW)
    assert published(engine) == []
    approve(engine, [organisation(1, "back")])
    assert published(engine) == [organisation(1, "back")]


def test_an_edit_voids_the_draft_before_it(engine: Engine) -> None:
    first = draft(engine, Change.to(organisation(1, "1")))
    draft(engine, Change.to(organisation(1, "2")))
    with pytest.raises(Refused), writing(engine) as connection:
        revisions.approve(connection, [first], "import", "clerk", NOW)
    assert published(engine) == []


def test_an_overtaken_draft_cannot_be_approved(engine: Engine) -> None:
    number = draft(engine, Change.to(organisation(1, "old")))
    with writing(engine) as connection:
        revisions.close(connection, number, "returned")
    overtaken = draft(engine, Change.to(organisation(2, "old")))
    with writing(engine) as connection:
        changes = [Change.to(organisation(2, "new"))]
        assert revisions.overtaken(connection, changes) == [("organisation", "office-2", "clerk")]
    approve(engine, [organisation(2, "new")])
    with pytest.raises(Refused), writing(engine) as connection:
        revisions.approve(connection, [overtaken], "import", "clerk", NOW)
    with pytest.raises(Refused), writing(engine) as connection:
        revisions.close(connection, number, "replaced")


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as connection:
            revisions.add_drafts(connection, [Change.to(organisation(1))], "clerk", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with engine.connect() as connection:
        assert revisions.latest(connection) == []
