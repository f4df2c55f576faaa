"""The demonstration county's catalogue, built once, and codes that cost nothing."""

from pathlib import Path

import pytest

from catalog.store import Store
from kiosk.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue(sample_file: Path) -> Catalogue:
    return Catalogue(Store.open(sample_file))


@pytest.fixture
def plain_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages with an empty code, for tests that look at every page."""
    for module in ("asked", "taking", "opinions", "wall"):
        monkeypatch.setattr(f"kiosk.pages.{module}.qr_matrix", lambda text: ((True,),))
