"""F2: power cuts, on an ext4 file system of its own that is shut down without a last write of its journal."""

import fcntl
import logging
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from catalog.outbox import Rating, outbox_path, read_rows
from kiosk.outbox import Outbox
from sync.memory import Memory
from sync.outbox import is_waiting
from tests.faults.conftest import Mount, Size, ext4
from tests.faults.scene import ROWS, Scene, check_edition, rating

_log = logging.getLogger(__name__)
SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = (2).to_bytes(4, "little")
MODES = pytest.mark.parametrize("mode", ["defaults", "noauto_da_alloc"])


class Disk:
    """A file system on `device`, mounted in `mode`."""

    def __init__(self, device: str, mount: Mount, mode: str) -> None:
        self._device, self._mount, self._mode = device, mount, mode
        self._on()

    def _on(self) -> None:
        self._mount.mount("-o", self._mode, self._device)

    @property
    def place(self) -> Path:
        return self._mount.place

    def cut(self, child: int = 0) -> None:
        """The power fails; `child`, which was writing, is gone; then the power is back."""
        handle = os.open(self.place, os.O_RDONLY)
        fcntl.ioctl(handle, SHUTDOWN, NO_LOG_FLUSH)
        os.close(handle)
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        self._mount.unmount()
        self._on()


@pytest.fixture
def disk(mount: Mount, tmp_path: Path, mode: str) -> Iterator[Disk]:
    with ext4(tmp_path / "disk.img") as device:
        yield Disk(device, mount, mode)
        mount.unmount()


def _fill(to: int, outbox: Outbox) -> None:
    """Keep saying things, and tell through `to` which of them were acknowledged."""
    number = 1000
    while True:
        said = Rating(day=date(2026, 11, 22), survey="survey", edition=1, answers={"q": (number,)})
        if not outbox.put(said):
            return
        os.write(to, b"%d\n" % number)
        number += 1


def _start(scene: Scene, state: Path, to: int) -> int:
    """A process that pulls, as sync does, and then says things, as the kiosk does."""
    child = os.fork()
    if child:
        return child
    try:
        scene.pull(state)
        _fill(to, Outbox(outbox_path(state)))
    finally:
        os._exit(0)


@MODES
def test_after_a_power_cut_the_box_is_whole_and_nothing_said_is_lost(
    scene: Scene, size: Size, disk: Disk
) -> None:
    chance, reached, said = random.Random(22), set(), 0
    began = time.monotonic()
    assert scene.pull(scene.box(disk.place / "box")).error is None
    whole = time.monotonic() - began
    for number in range(1, 1 + size.of(12, 150, 750)):
        state = scene.box(disk.place / "box")
        subprocess.run(["sync", "-f", str(disk.place)], check=True)
        read, write = os.pipe()
        child = _start(scene, state, write)
        os.close(write)
        time.sleep(chance.random() * 2 * whole)
        disk.cut(child)
        with os.fdopen(read) as pipe:
            acknowledged = [int(line) for line in pipe.read().splitlines()]
        reached.add(check_edition(state))
        with closing(Memory(state / "state.db")) as memory:
            assert is_waiting(state, memory), "sync can read what was said, without the kiosk"
        with closing(Outbox(outbox_path(state))) as outbox:
            assert outbox.put(rating(0))
        rows = [row.value() for row in read_rows(outbox_path(state), {}, 1_000_000)]
        kept = {row.answers["q"][0] for row in rows if isinstance(row, Rating)}
        assert set(acknowledged) <= kept, f"{len(set(acknowledged) - kept)} acknowledged rows are lost"
        said += len(acknowledged)
        assert len(rows) >= ROWS
        result = scene.pull(state)
        assert result.error is None
        assert check_edition(state) == 2
        if not number % 50:
            _log.info("%d cuts, %d acknowledged rows", number, said)
    assert reached == {1, 2}, "control: the power fails before and after the pointer moves"
    assert said, "control: something was said"


@MODES
def test_without_fsync_a_power_cut_leaves_an_empty_file(size: Size, disk: Disk) -> None:
    """Control: the cut is a real one. What was written and not synced is not there, every time."""
    for number in range(size.of(5, 30, 100)):
        path = disk.place / f"control-{number}"
        path.write_bytes(b"content" * 1000)
        disk.cut()
        assert not path.exists() or path.stat().st_size == 0


@MODES
def test_an_outbox_without_fsync_loses_rows(scene: Scene, size: Size, disk: Disk) -> None:
    """Control: the same rows, written by SQLite with `synchronous = OFF`, are lost every time."""
    for _ in range(size.of(3, 20, 100)):
        state = scene.box(disk.place / "box")
        subprocess.run(["sync", "-f", str(disk.place)], check=True)
        with closing(sqlite3.connect(outbox_path(state))) as file:
            file.execute("PRAGMA synchronous = OFF")
            for number in range(20):
                file.execute(
                    "INSERT INTO row VALUES (?, 'rating', ?, x'7b7d')", (f"x{number}", 1000 + number)
                )
                file.commit()
        disk.cut()
        try:
            found = len(read_rows(outbox_path(state), {}))
        except sqlite3.DatabaseError:
            found = 0
        assert found < ROWS + 20
