"""The demonstration county's catalogue, built once, and codes that cost nothing."""

import pytest

from kiosk.catalogue import Catalogue
from tests.sample import sample_store


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue(sample_store(tmp_path_factory.mktemp("kiosk") / "sample.db"))


@pytest.fixture
def plain_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages with an empty code, for tests that look at every page."""
    monkeypatch.setattr("kiosk.pages.asked.qr_matrix", lambda url: ())
