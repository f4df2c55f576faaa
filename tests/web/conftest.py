"""Servers on loopback and a headless Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from county.web.app import create_app
from tests.county.web.state import MORNING, publish
from tests.sample import sample_records
from tests.web.desk import RunningDesk, running_desk
from tests.web.serving import serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server of the demonstration county's third edition."""
    state: Path = tmp_path_factory.mktemp("county")
    publish(state, sample_records(), 3)
    with serving(create_app(state, lambda: MORNING)) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without windows of its own, which take most of a page's time.

    Closed with the module: until then this thread has a running event loop.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A county's desk with one person a role; see tests/web/desk.py."""
    with running_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk
