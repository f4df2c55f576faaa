"""What holds for every test."""

from pathlib import Path

import pytest

SLOW_FOLDERS = {"window", "web", "end_to_end"}
"""Real windows, browsers and processes: never part of the quick half."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in the slow folders."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)
