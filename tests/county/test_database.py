"""The schema, and the rules that hold in the database whoever writes."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from county import audit, revisions
from county.database.engine import connect, open_database, writing
from county.database.tables import metadata
from county.errors import Misused, Unready
from county.revisions import Change
from tests.county.catalogue import NOW, approve, organisation


def test_migrations_make_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.slow
@pytest.mark.parametrize("server", ["sqlite", "postgresql"])
def test_an_empty_database_asks_for_init(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    empty = f"sqlite+pysqlite:///{tmp_path / 'empty.db'}"
    url = empty if server == "sqlite" else request.getfixturevalue("cluster").database()
    with pytest.raises(Unready, match="init"):
        open_database(url)


def test_a_newer_schema_is_refused(engine: Engine, database_url: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unready, match="9999"):
        open_database(database_url)


def test_an_unreachable_database_says_so() -> None:
    with pytest.raises(Unready, match="无法打开"):
        open_database("postgresql+psycopg://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize("url", ["nonsense", "oracle9i://host/name"])
def test_a_wrong_address_is_wrong_usage(url: str) -> None:
    with pytest.raises(Misused):
        connect(url)


FORBIDDEN = {
    "changing a text": "UPDATE revision SET body = 'x'",
    "changing a content hash": "UPDATE revision SET content_hash = 'x'",
    "changing an author": "UPDATE revision SET author = 'x'",
    "deleting a revision": "DELETE FROM revision",
    "reopening an approved revision": "UPDATE revision SET state = 'draft' WHERE state = 'approved'",
    "approving without a review": "UPDATE revision SET state = 'approved' WHERE state = 'draft'",
    "an unknown state": "UPDATE revision SET state = 'lost' WHERE state = 'draft'",
    "beginning as approved": (
        "INSERT INTO revision (kind, record, content_hash, state, author, created) "
        "SELECT kind, 'other', content_hash, 'approved', author, created FROM revision WHERE state = 'draft'"
    ),
    "a second open revision": (
        "INSERT INTO revision (kind, record, content_hash, state, author, created) "
        "SELECT kind, record, content_hash, 'draft', author, created FROM revision WHERE state = 'draft'"
    ),
    "changing a review": "UPDATE review SET verdict = 'returned'",
    "deleting a review": "DELETE FROM review",
    "reviewing another text": (
        "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
        "SELECT number, 'x', '终审', 'approved', 'other', created FROM revision WHERE state = 'draft'"
    ),
    "reviewing one's own text": (
        "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
        "SELECT number, content_hash, '初审', 'approved', author, created FROM revision WHERE state = 'draft'"
    ),
    "an unknown step": (
        "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
        "SELECT number, content_hash, '四审', 'approved', 'other', created FROM revision WHERE state = 'draft'"
    ),
    "changing the log": "UPDATE audit SET person = 'x'",
    "deleting from the log": "DELETE FROM audit",
}


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_database_refuses(engine: Engine, attempt: str) -> None:
    approve(engine, [organisation(1)])
    with writing(engine) as connection:
        revisions.add_drafts(connection, [Change.to(organisation(2))], "clerk", NOW)
        audit.append(connection, "clerk", "test", NOW)
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text(FORBIDDEN[attempt]))
