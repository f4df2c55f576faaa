"""What is published of a record, and what closes the way there."""

import pytest
from sqlalchemy import Engine

from catalog.records import Record
from county import revisions
from county.database.engine import writing
from county.errors import Refused
from county.revisions import Change
from tests.county.catalogue import NOW, approve, enter, organisation


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
    enter(engine, [Change("organisation", "office-1", None)])
    assert published(engine) == []
    approve(engine, [organisation(1, "back")])
    assert published(engine) == [organisation(1, "back")]


def test_an_edit_voids_the_draft_before_it(engine: Engine) -> None:
    first = draft(engine, Change.to(organisation(1, "1")))
    draft(engine, Change.to(organisation(1, "2")))
    with pytest.raises(Refused), writing(engine) as connection:
        revisions.approve_founding(connection, [first], "clerk", NOW)
    assert published(engine) == []


def test_what_a_change_would_replace(engine: Engine) -> None:
    first, second = (draft(engine, Change.to(organisation(number, "old"))) for number in (1, 2))
    with writing(engine) as connection:
        revisions.discard(connection, first)
        changes = [Change.to(organisation(number, "new")) for number in (1, 2)]
        assert revisions.overtaken(connection, changes) == [("organisation", "office-2", "clerk")]
    approve(engine, [organisation(2, "new")])
    for number in (first, second):
        with pytest.raises(Refused), writing(engine) as connection:
            revisions.discard(connection, number)


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as connection:
            revisions.add_drafts(connection, [Change.to(organisation(1))], "clerk", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with engine.connect() as connection:
        assert revisions.latest(connection) == []
