"""Every test that asks for `engine` runs on SQLite and on a real PostgreSQL."""

import shutil
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


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the current schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "schema.db"
    _upgrade(f"sqlite+pysqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_schema(cluster: Cluster) -> str:
    """The name of a database with the current schema and nothing in it, to be a template."""
    url = cluster.database()
    _upgrade(url)
    return url.rpartition("/")[2]


def _upgrade(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the current schema and nothing in it."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_schema"), tmp_path / "test.db")
        yield f"sqlite+pysqlite:///{copy}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.database(request.getfixturevalue("postgresql_schema"))
    yield url
    cluster.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The database, open."""
    engine = connect(database_url)
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
