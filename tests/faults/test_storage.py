"""F3 to F6: disks that are full, read-only or damaged, and boxes that lost everything."""

import random
import shutil
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from catalog.box import factory, read_status
from catalog.outbox import outbox_path
from kiosk.outbox import Outbox
from kiosk.shelf import Shelf
from tests.faults.conftest import Mount, Size, ext4
from tests.faults.scene import Scene, check_edition, rating

STEP = 64 * 1024


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_full_disk_in_steps(scene: Scene, size: Size, mount: Mount) -> None:
    """F3: from a disk on which the box just fits to one with room for all."""
    start = -(-_size(scene.behind) // STEP) * STEP + 30 * 4096
    seen: Counter[str] = Counter()
    room = start
    while room < start + 100 * STEP:
        mount.mount("-t", "tmpfs", "-o", f"size={room}", "tmpfs")
        state = scene.box(mount.place / "box")
        result = scene.pull(state)
        reached = scene.check(state)
        event = result.error.event if result.error else ""
        seen[event] += 1
        assert event in ("", "storage_full"), (room, result.error)
        outbox = Outbox(outbox_path(state))
        outbox.put(rating(99))  # says False when it cannot, and never raises
        outbox.close()
        subprocess.run(["mount", "-o", f"remount,size={start * 20}", str(mount.place)], check=True)
        healed = scene.pull(state)
        assert healed.error is None
        assert check_edition(state) == 2 >= reached
        mount.unmount()
        if not event:
            break
        room += STEP * size.of(4, 1, 1)
    assert set(seen) == {"", "storage_full"}, "control: too small at first, large enough in the end"


def test_a_disk_that_became_read_only(scene: Scene, mount: Mount, tmp_path: Path) -> None:
    """F4: what errors=remount-ro does to an ext4 file system."""
    with ext4(tmp_path / "disk.img") as device:
        mount.mount(device)
        state = scene.box(mount.place / "box")
        subprocess.run(["mount", "-o", "remount,ro", str(mount.place)], check=True)
        with pytest.raises(OSError, match="Read-only"):
            scene.pull(state)  # not even the lock can be taken
        assert scene.check(state) == 1
        shelf = Shelf(state, factory())
        assert shelf.renew()
        outbox = Outbox(outbox_path(state))
        assert not outbox.put(rating(99))
        outbox.close()
        assert shelf.store
        shelf.store.close()
        subprocess.run(["mount", "-o", "remount,rw", str(mount.place)], check=True)
        scene.heal(state)
        mount.unmount()


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(3):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _empty(data: bytearray, _chance: random.Random) -> None:
    data.clear()


def _zero(data: bytearray, _chance: random.Random) -> None:
    data[:] = bytes(len(data))


KINDS = {
    "store": "editions/*.db",
    "objects": "objects/*/*",
    "metadata": "metadata/*.json",
    "roots": "metadata/root_history/*.json",
    "state": "state.db",
    "pointer": "active.json",
    "status": "status.json",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", [_flip, _cut, _empty, _zero])
def test_damaged_files_are_noticed_and_made_good(
    scene: Scene, size: Size, tmp_path: Path, kind: str, damage: Callable[[bytearray, random.Random], None]
) -> None:
    """F5: the kiosk shows something whole within two seconds, and the next attempt makes the box whole."""
    chance = random.Random(f"{kind} {damage.__name__}")
    for _ in range(size.of(1, 12, 100)):
        state = scene.box(tmp_path / "box")
        for path in state.glob(KINDS[kind]):
            data = bytearray(path.read_bytes())
            damage(data, chance)
            path.write_bytes(data)
        began = time.monotonic()
        shelf = Shelf(state, factory())
        assert shelf.renew()
        assert time.monotonic() - began < 2
        assert shelf.store
        shelf.store.verify()
        shelf.store.close()
        result = scene.pull(state)
        assert result.error is None, result.error
        assert scene.check(state) == 2


def test_a_damaged_store_is_not_shown(scene: Scene, tmp_path: Path) -> None:
    """Control: of a store with a changed bit, SQLite alone says nothing; its digest does."""
    state = scene.box(tmp_path / "box")
    (path,) = state.glob("editions/*.db")
    data = bytearray(path.read_bytes())
    data[data.index("项服务".encode())] ^= 1
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    shelf = Shelf(state, factory())
    assert shelf.renew()
    assert shelf.newest
    assert shelf.newest.edition == 0
    assert shelf.store
    shelf.store.close()


def test_everything_lost_without_a_network(scene: Scene, tmp_path: Path) -> None:
    """F6: the factory edition, until the county can be reached again."""
    state = scene.box(tmp_path / "box")
    shutil.rmtree(state)
    state.mkdir()
    shelf = Shelf(state, factory())
    assert shelf.renew()
    assert shelf.newest
    assert shelf.newest.edition == 0
    result = scene.pull(state)
    assert result.error is None
    assert shelf.renew()
    assert shelf.newest.edition == 2
    assert shelf.store
    shelf.store.close()
    status = read_status(state)
    assert status
    assert status.confirmed
