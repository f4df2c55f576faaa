"""The pages of a county that has hardly anything yet keep to the same measures as full ones."""

from pathlib import Path

import pytest

from tests.kiosk.sparse import EMPTY, RECORDS
from tests.sample import store_of
from tests.window.conftest import STANDS

ROUTES = ("home", "search", *EMPTY, "service/bare", "service/bare/basis", "service/online", "service/far")


@pytest.mark.parametrize(
    ("size", "language", "modes"),
    [((1080, 1920), "zh", ()), ((1920, 1080), "en", ("large", "low-reach"))],
    ids=["portrait", "landscape"],
)
def test_nothing_overlaps_or_is_cut(
    stands: STANDS, tmp_path: Path, size: tuple[int, int], language: str, modes: tuple[str, ...]
) -> None:
    from tests.window.geometry import faults
    from tests.window.stand import deliver

    state = tmp_path / "sparse"
    state.mkdir()
    store_of(RECORDS, tmp_path / "sparse.db").close()
    deliver(state, tmp_path / "sparse.db", 1)
    stand = stands(size, 43, language, state)
    found = faults(stand)
    for mode in modes:
        stand.go(f"do/mode/{mode}")
    for route in ROUTES:
        stand.go(route)
        found += faults(stand)
    assert not found, "\n".join(found)
