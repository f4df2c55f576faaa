from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from catalog.box import Active, read_active
from catalog.store import Store
from sync.client import County
from sync.marks import Marks
from sync.pull import Moment, Outcome, pull
from sync.shelf import Shelf
from tests.sync.double import NOW, URL, MemoryCounty, MemoryFetcher

RESERVE = 1 << 20


@dataclass
class Box:
    """A kiosk box and the county that it follows."""

    state: Path
    county: MemoryCounty = field(default_factory=MemoryCounty)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def pull(
        self, files: dict[str, bytes] | None = None, now: datetime = NOW, thorough: bool = False
    ) -> Outcome:
        """One attempt, with everything opened anew as after a restart."""
        self.state.mkdir(exist_ok=True)
        fetcher = MemoryFetcher(self.county.files if files is None else files)
        marks = Marks(self.state / "state.db")
        self.asked = fetcher.asked
        try:
            county = County(URL, self.county.trusted, self.state / "metadata", marks, fetcher)
            shelf = Shelf(self.state, marks, RESERVE)
            return pull(county, shelf, Moment(now, thorough=thorough), lambda done, total: None)[0]
        finally:
            marks.close()
            fetcher.close()

    @property
    def active(self) -> Active:
        active = read_active(self.state)
        assert active
        return active

    def check(self) -> int:
        """The shown edition opens and is what its pointer and its manifest say (I1); returns its number."""
        store = Store.open(self.state / self.active.file)
        try:
            store.verify()
            assert store.edition_digest == self.active.digest
            assert store.manifest.edition == self.active.edition
        finally:
            store.close()
        return self.active.edition

    def files(self) -> set[str]:
        """Every file of the box but the metadata, relative to its state folder."""
        names = (path.relative_to(self.state) for path in self.state.rglob("*") if path.is_file())
        return {str(name) for name in names if name.parts[0] != "metadata"}


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "box")
