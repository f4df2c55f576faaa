"""A small county's published state."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from county.web.app import create_app
from tests.county.web.records import RECORDS
from tests.county.web.state import MORNING, publish
from tests.sample import COUNTY


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder with edition 7."""
    publish(tmp_path, (COUNTY, *RECORDS), 7)
    return tmp_path


@pytest.fixture
def app(state: Path) -> Starlette:
    """The application over `state`."""
    return create_app(state, lambda: MORNING)
