"""Sizes and means of the fault tests. What cannot run on a machine skips with a line that says why."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.scene import Scene, make

SIZES = ("quick", "middle", "long")
ROOM = 1 << 30
"""Bytes of memory that these tests may fill."""


@dataclass(frozen=True)
class Size:
    """How much is tried: OPENHALL_FAULTS says quick (in `make test`), middle or long."""

    name: str

    def of(self, quick: int, middle: int, long: int) -> int:
        """The number for this size."""
        return (quick, middle, long)[SIZES.index(self.name)]


@pytest.fixture(scope="session")
def size() -> Size:
    name = os.environ.get("OPENHALL_FAULTS", "quick")
    assert name in SIZES, f"OPENHALL_FAULTS must be one of {SIZES}"
    return Size(name)


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory where there is room: waiting for a real disk would take most of the time."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    with TemporaryDirectory(prefix="openhall-", dir=memory if roomy else None) as folder:
        yield Path(folder)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with in_memory() as folder:
        yield folder


@pytest.fixture(scope="session")
def scene() -> Iterator[Scene]:
    """A box one edition behind. Copy it before breaking it."""
    with in_memory() as folder:
        yield make(folder / "scene")


@pytest.fixture
def as_root() -> None:
    """Loop devices, mounts and network namespaces belong to root."""
    if os.geteuid():
        pytest.skip("needs root for mounts and network namespaces; run it as root")


@pytest.fixture
def strace() -> None:
    if not shutil.which("strace"):
        pytest.skip("needs strace: tools/setup.sh installs it")
    if subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        pytest.skip("may not trace processes here (ptrace is forbidden)")


@dataclass
class Mount:
    """A file system of its own at `place`, from a device or a tmpfs."""

    place: Path

    def mount(self, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, str(self.place)], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.place)], check=True)


@contextmanager
def ext4(image: Path) -> Iterator[str]:
    """A new ext4 file system of 64 MB in a file; its block device, which stays the same while it is used."""
    if not Path("/dev/loop-control").exists():
        pytest.skip("needs loop devices, which this machine does not have")
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    found = subprocess.run(
        ["losetup", "--find", "--show", str(image)], capture_output=True, text=True, check=True
    )
    device = found.stdout.strip()
    try:
        yield device
    finally:
        subprocess.run(["losetup", "--detach", device], check=True)
        image.unlink()


@pytest.fixture
def mount(tmp_path: Path, as_root: None) -> Iterator[Mount]:
    """Mount something there; it is unmounted in the end.

    It lies in a shared mount: else every program that takes a mount namespace of its own meanwhile, as `ip netns exec`
    does, would keep what is unmounted here alive, and the device could not be mounted anew.
    """
    shared = tmp_path / "shared"
    place = shared / "mount"
    shared.mkdir()
    subprocess.run(["mount", "--bind", str(shared), str(shared)], check=True)
    subprocess.run(["mount", "--make-shared", str(shared)], check=True)
    place.mkdir()
    yield Mount(place)
    while os.path.ismount(place):
        subprocess.run(["umount", "-l", str(place)], check=True)
    subprocess.run(["umount", "-l", str(shared)], check=True)
