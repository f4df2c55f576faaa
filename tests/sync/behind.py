"""A box that is one edition behind its county: what attacks on the way between them begin with."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.sync.conftest import Box
from tests.sync.double import services


@dataclass(frozen=True)
class Behind:
    """A box at edition 1 of a county at edition 2, with a new root in between; what it will ask for and show."""

    box: Box
    asked: tuple[str, ...]
    newest: str

    def copy(self, folder: Path) -> Box:
        """The same box once more, in `folder`."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.box.state, folder, symlinks=True)
        return Box(folder, self.box.county)


def make_behind(folder: Path) -> Behind:
    """Such a box, below `folder`."""
    box = Box(folder / "box")
    box.county.publish(services(10))
    box.pull()
    box.county.rotate("snapshot")
    box.county.publish(services(10, phone="0951-2000000"))
    probe = Behind(box, (), "").copy(folder / "probe")
    probe.pull()
    asked = {path for path, _ in probe.asked} & set(box.county.files)
    return Behind(box, tuple(sorted(asked)), probe.active.digest)
