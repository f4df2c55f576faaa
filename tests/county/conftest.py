"""Every test that asks for `engine` runs on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from county.database.engine import connect, upgrade
from county.founding import found
from county.settings import Settings, read_settings
from tests.county.catalogue import NOW
from tests.postgres import Cluster, running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite+pysqlite:///{tmp_path / 'test.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.database()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with the current schema and nothing in it."""
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a county in a temporary folder."""
    return read_settings(tmp_path / "state", database=database_url, title="测试县")


@pytest.fixture
def county(settings: Settings) -> Iterator[Engine]:
    """The database of a founded county."""
    engine = found(settings, {}, "tester", NOW).engine
    yield engine
    engine.dispose()
