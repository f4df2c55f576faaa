"""Opening the database and bringing its schema up to date.

Writing is one transaction at a time, on SQLite by `BEGIN IMMEDIATE`, on PostgreSQL by an advisory lock. The
county's writes are few; that they never interleave is what the rules of revisions, editions and the log rest on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from county.errors import CountyError, Misused, Unready

_WRITER = 0x0C0FFEE
"""Key of the advisory lock under which PostgreSQL lets one writer in."""


def connect(url: str) -> Engine:
    """An engine for the database at `url`. Raises Misused for a URL that names no known database."""
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError) as error:
        raise Misused(f"数据库地址无效：{error}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def open_database(url: str) -> Engine:
    """The database, with an older schema brought up to date.

    Raises Unready when it cannot be reached, was never initialised, or is newer than this program.
    """
    engine = connect(url)
    try:
        _bring_up_to_date(engine)
    except CountyError:
        engine.dispose()
        raise
    return engine


def upgrade(engine: Engine) -> None:
    """Create the schema, or bring it up to date. Raises Unready when the database cannot be reached."""
    config = _config()
    try:
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise Unready(f"无法打开数据库：{error.orig}") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write, alone. Commits at the end, rolls back on an exception."""
    with engine.connect().execution_options(county_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER})
        yield connection


def _bring_up_to_date(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise Unready(f"无法打开数据库：{error.orig}") from error
    if current is None:
        raise Unready("数据库尚未初始化，请先运行：python -m county init")
    script = ScriptDirectory.from_config(_config())
    if current not in {known.revision for known in script.walk_revisions()}:
        raise Unready(f"数据库的版本（{current}）比本程序新，请升级程序")
    if current != script.get_current_head():
        upgrade(engine)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _configure(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA busy_timeout = 30000")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("county_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
