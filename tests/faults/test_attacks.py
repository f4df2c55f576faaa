"""Attacks on what comes over the network: changed bytes, replays, exhaustion. T-C1 to T-C5, F10 to F13."""

import random
import resource
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from catalog.box import Event
from sync.client import County
from sync.errors import SyncError
from sync.fetcher import Fetcher
from sync.marks import Marks
from sync.pull import Moment, pull
from sync.shelf import Shelf
from tests.faults.conftest import Size, in_memory
from tests.faults.portal import ANSWERS, serving
from tests.faults.scene import SETTINGS, Scene, check_edition, now
from tests.sync.behind import Behind, make_behind
from tests.sync.conftest import Box
from tests.sync.double import services

ATTACKS: set[Event] = {
    "rollback", "expired", "unsigned", "mismatch", "malformed", "oversized", "signed_twice", "cut_off",
    "needs_upgrade", "unreachable",
}  # fmt: skip


@pytest.fixture(scope="module")
def behind() -> Iterator[Behind]:
    with in_memory() as folder:
        yield make_behind(folder)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _longer(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.choice([1, 1000, 300_000]))


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.sample(range(len(data)), 2))
    return data[b:] + data[a:b] + data[:a]


def _other(_data: bytes, chance: random.Random) -> bytes:
    return chance.choice([b"", b"{}", b"[]", b"null", b"<html>", b"[" * 100_000, b"\x28\xb5\x2f\xfd" * 9])


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip,
    _flip,
    _cut,
    _longer,
    _shuffled,
    _other,
)


def test_mutated_files_are_never_activated(behind: Behind, size: Size, tmp_path: Path) -> None:
    chance, events, harmless = random.Random(22), Counter[str](), 0
    for _ in range(size.of(200, 5_000, 20_000)):
        path, mutate = chance.choice(behind.asked), chance.choice(MUTATIONS)
        original = behind.box.county.files[path]
        mutated = mutate(original, chance)
        box = behind.copy(tmp_path / "box")
        try:
            outcome = box.pull(behind.box.county.files | {path: mutated})
        except SyncError as error:
            events[error.event] += 1
            assert box.check() == 1
        else:  # such as white space outside what is signed, or a byte of a deprecated field
            harmless += 1
            assert outcome.edition in (1, 2)
            assert box.check() == outcome.edition
            assert box.active.digest in (behind.box.active.digest, behind.newest)
    assert set(events) <= ATTACKS, events
    assert sum(events.values()) > 5 * harmless, "control: most mutations do harm"


@pytest.mark.parametrize("local", ["intact", "zeroed", "deleted"])
def test_every_replay_of_an_older_repository_is_refused(tmp_path: Path, size: Size, local: str) -> None:
    """All pairs (seen, replayed) of the states of a repository, T-C2; control: the newer ones are taken."""
    count, county = size.of(5, 8, 14), Box(tmp_path / "none").county
    states = []
    for number in range(count):
        county.publish(services(2 + number))
        if number % 2:
            county.sign()
        states.append(county.at_this_moment())
    for seen in range(count):
        ahead = Box(tmp_path / f"ahead-{seen}", county)
        ahead.pull(states[seen])
        for replayed in range(count):
            box = Box(tmp_path / "box", county)
            shutil.rmtree(box.state, ignore_errors=True)
            shutil.copytree(ahead.state, box.state, symlinks=True)
            for path in (box.state / "metadata").rglob("*.json"):
                if local == "zeroed":
                    path.write_bytes(b"")
                elif local == "deleted":
                    path.unlink()
            if replayed >= seen:
                assert box.pull(states[replayed]).edition == replayed + 1
                continue
            with pytest.raises(SyncError) as caught:
                box.pull(states[replayed])
            assert caught.value.event == "rollback"
            assert box.check() == seen + 1


def test_a_server_restored_from_a_backup_is_refused_until_it_is_ahead(tmp_path: Path) -> None:
    """F13."""
    box = Box(tmp_path / "box")
    box.county.publish(services(3))
    backup = box.county.at_this_moment()
    box.county.publish(services(4))
    box.pull()
    with pytest.raises(SyncError) as caught:
        box.pull(backup)
    assert caught.value.event == "rollback"
    box.county.publish(services(5))
    assert box.pull().edition == 3


@pytest.mark.parametrize("name", ANSWERS)
def test_networks_that_answer_for_the_county(scene: Scene, tmp_path: Path, name: str) -> None:
    """F9 to F12: the event says what it was, soon, in little memory, and nothing is left of it."""
    answer, event = ANSWERS[name]
    state = scene.box(tmp_path / "box")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with serving(scene.county.files, answer) as url, pytest.raises(SyncError) as caught:
        _pull(scene, state, url)
    assert caught.value.event == event, caught.value
    assert time.monotonic() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
    scene.check_all(state)


def test_the_same_server_without_a_fault(scene: Scene, tmp_path: Path) -> None:
    """Control of the test before."""
    state = scene.box(tmp_path / "box")
    with serving(scene.county.files, None) as url:
        _pull(scene, state, url)
    assert check_edition(state) == 2


def test_a_name_that_nobody_knows(scene: Scene, tmp_path: Path) -> None:
    """F9."""
    state = scene.box(tmp_path / "box")
    with pytest.raises(SyncError) as caught:
        _pull(scene, state, "http://county.invalid/repository/")
    assert caught.value.event == "unreachable"
    scene.check_all(state)


def _pull(scene: Scene, state: Path, url: str) -> None:
    with (
        closing(Fetcher(replace(SETTINGS, request_timeout=2))) as fetcher,
        closing(Marks(state / "state.db")) as marks,
    ):
        county = County(url, scene.county.trusted, state / "metadata", marks, fetcher)
        pull(county, Shelf(state, marks, 0), Moment(now()), lambda done, total: None)
