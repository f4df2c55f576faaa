"""A county that was published once, for all halls."""

from pathlib import Path

import pytest

from tests.end_to_end.hall import publish_sample
from tests.once import once


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """State folder of a county server that has published the sample. Copy it before changing it."""
    return once(tmp_path_factory, "published", publish_sample)
