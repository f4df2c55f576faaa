"""What holds for every test."""

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from catalog.records import Record
from tests.once import once
from tests.sample import sample_records, sample_store
from tests.size import LONG

settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("long", max_examples=200, deadline=None)
settings.load_profile("long" if LONG else "quick")

SLOW_FOLDERS = tuple(
    f"tests/{name}/" for name in ("window", "web", "end_to_end", "faults", "sync/conformance")
)
"""Real windows, browsers, processes and sockets: never part of the quick half."""

SLOW_FIXTURES = {"sample", "sample_file", "database_url"}
"""The whole county, and databases."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark everything in the slow folders, and what needs something slow."""
    if item.nodeid.startswith(SLOW_FOLDERS) or SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Spare the garbage collector all that was imported, which it would look through again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def sample() -> tuple[Record, ...]:
    """The demonstration county's records."""
    return sample_records()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration county's edition, built once for all workers of a run. Copy it before changing it."""

    def make(path: Path) -> None:
        sample_store(path).close()
        gc.freeze()

    return once(tmp_path_factory, "sample.db", make)
