"""What the fault tests break: a box one edition behind its county, with rows in its outbox; and the promises I1-I6.

The county's repository is a folder that is read like a USB stick, so that nothing but the box itself is disturbed;
where the network is what breaks, a server is put before it.
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from catalog.box import read_active
from catalog.outbox import Rating, outbox_path, read_rows
from catalog.settings import load
from catalog.store import Store
from kiosk.outbox import Outbox
from sync.attempt import Attempt, attempt, locked
from sync.settings import Settings
from tests.sync.double import MemoryCounty, services

SETTINGS = replace(load(Settings, "sync.toml"), reserve_mb=0, request_timeout=5, breaks=0)
ROWS = 5


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Scene:
    """`county` has published edition 2 into `stick`; `behind` is a box at edition 1; a whole one has `files`."""

    folder: Path
    county: MemoryCounty
    files: frozenset[str]

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    @property
    def behind(self) -> Path:
        return self.folder / "behind"

    def box(self, state: Path) -> Path:
        """A copy of the box that is behind, at `state`."""
        shutil.rmtree(state, ignore_errors=True)
        shutil.copytree(self.behind, state, symlinks=True)
        return state

    def pull(self, state: Path, at: datetime | None = None) -> Attempt:
        """One attempt in this process."""
        with locked(state):
            return attempt(
                state, SETTINGS, self.county.trusted, at or now(), lambda done, total: None, self.stick
            )

    def check(self, state: Path, least: int = 1) -> int:
        """I1, I2, I3: the shown edition is whole and not older than `least`; returns its number."""
        edition = check_edition(state)
        assert edition >= least, f"edition {edition} after {least}"
        rows = len(read_rows(outbox_path(state), {}))
        assert rows == ROWS, f"{rows} rows of {ROWS}"
        return edition

    def heal(self, state: Path, least: int = 1) -> None:
        """I5, I6: the next healthy attempt succeeds by itself and leaves nothing over."""
        result = self.pull(state)
        assert result.error is None, result.error
        assert self.check(state, least) == 2
        left = files_of(state) - {"state.db.damaged"} ^ self.files
        assert not left, f"left over or missing: {left}"

    def check_all(self, state: Path) -> int:
        """What the box shows after a fault; then that it heals."""
        reached = self.check(state)
        self.heal(state, reached)
        return reached


def check_edition(state: Path) -> int:
    """I1 of any box: the pointer leads to a store that is one edition, whole. Returns its number."""
    active = read_active(state)
    assert active, "no pointer"
    with closing(Store.open(state / active.file)) as store:
        store.verify()
        assert store.edition_digest == active.digest
        assert store.manifest.edition == active.edition
    return active.edition


def files_of(state: Path) -> frozenset[str]:
    """Every file of a box but cached metadata."""
    names = (path.relative_to(state) for path in state.rglob("*") if path.is_file() and not path.is_symlink())
    return frozenset(str(name) for name in names if name.parts[0] != "metadata")


def make(folder: Path, count: int = 40) -> Scene:
    """A scene with `count` services; edition 2 changes half of them."""
    county = MemoryCounty()
    scene = Scene(folder, county, frozenset())
    county.timestamp.unrecognized_fields["x-issued"] = now().isoformat()
    county.publish(services(count))
    write(county.files, scene.stick)
    scene.behind.mkdir(parents=True)
    (scene.behind / "root.json").write_bytes(county.trusted)
    assert scene.pull(scene.behind).error is None
    outbox = Outbox(outbox_path(scene.behind))
    for number in range(ROWS):
        assert outbox.put(rating(number))
    outbox.close()
    county.rotate("snapshot")
    county.publish([*services(count // 2, phone="0951-2000000"), *services(count)[count // 2 :]])
    write(county.files, scene.stick)
    healthy = scene.box(folder / "healthy")
    assert scene.pull(healthy).error is None
    files = files_of(healthy)
    shutil.rmtree(healthy)
    return Scene(folder, county, files)


def write(files: dict[str, bytes], folder: Path) -> None:
    """Put the county's files into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def rating(number: int) -> Rating:
    """Something a visitor said."""
    return Rating(day=date(2026, 11, 22), survey="survey", edition=1, answers={"q": (number,)})
