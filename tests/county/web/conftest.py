"""A small county's published state."""

from pathlib import Path
from shutil import copytree

import pytest
from starlette.applications import Starlette

from county.web.app import create_app
from tests.county.web.records import RECORDS
from tests.county.web.state import MORNING, publish
from tests.sample import COUNTY


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with edition 7, to copy from."""
    folder = tmp_path_factory.mktemp("published")
    publish(folder, (COUNTY, *RECORDS), 7)
    return folder


@pytest.fixture
def state(published: Path, tmp_path: Path) -> Path:
    """A state folder with edition 7 of one's own."""
    return Path(copytree(published, tmp_path / "state"))


@pytest.fixture
def app(state: Path) -> Starlette:
    """The application over `state`."""
    return create_app(state, lambda: MORNING)
