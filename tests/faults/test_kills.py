"""F1, F24: the sync program killed at any write-like system call and at any moment; twenty at once."""

import logging
import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from sync.attempt import Busy
from tests.faults.conftest import Size
from tests.faults.scene import Scene, files_of, make

_log = logging.getLogger(__name__)
CALLS = (
    "write", "pwrite64", "rename", "unlink", "fsync", "fdatasync", "symlink", "mkdir", "ftruncate", "openat"
)  # fmt: skip


def _traced(scene: Scene, state: Path, log: Path, *options: str) -> int:
    """One attempt under strace, in a process forked from this warm one; its exit code, negative for a signal."""
    child = _fork(scene, state, held=True)
    os.waitpid(child, os.WUNTRACED)
    command = ["strace", "-p", str(child), "-o", str(log), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr
        assert "attached" in tracer.stderr.readline()
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
        tracer.communicate()
    return os.waitstatus_to_exitcode(status)


def _calls(scene: Scene, folder: Path) -> list[tuple[str, int]]:
    """Every write-like call of one whole sync: its name and the how manyth of this name it is."""
    log = folder / "trace"
    assert _traced(scene, scene.box(folder / "counted"), log, "-e", f"trace={','.join(CALLS)}") == 0
    seen: Counter[str] = Counter()
    found = []
    for line in log.read_text().splitlines():
        name = line.split("(")[0]
        if name in CALLS:
            seen[name] += 1
            if name != "openat" or "O_CREAT" in line:
                found.append((name, seen[name]))
    return found


@pytest.mark.usefixtures("strace")
def test_killed_at_every_call_that_writes(scene: Scene, size: Size, tmp_path: Path) -> None:
    calls = _calls(scene, tmp_path)
    assert len(calls) > 100
    killed, reached = 0, Counter[int]()
    for name, number in dict.fromkeys((*calls[:: size.of(40, 1, 1)], calls[-1])):
        state = scene.box(tmp_path / "box")
        inject = f"inject={name}:signal=KILL:when={number}"
        code = _traced(scene, state, tmp_path / "log", "-e", f"trace={name}", "-e", inject)
        killed += code == -signal.SIGKILL
        reached[scene.check_all(state)] += 1
    assert killed >= 0.9 * sum(reached.values()), (killed, reached)
    assert set(reached) == {1, 2}, "control: kills both before and after the pointer moves"


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize(
    ("call", "error"), [("write", "ENOSPC"), ("pwrite64", "ENOSPC"), ("fsync", "EIO"), ("fdatasync", "EIO")]
)
def test_a_disk_that_fails_at_any_call(
    scene: Scene, size: Size, tmp_path: Path, call: str, error: str
) -> None:
    numbers = [number for name, number in _calls(scene, tmp_path) if name == call]
    codes, log = Counter[int](), tmp_path / "log"
    for number in numbers[:: size.of(max(1, len(numbers) // 2), 4, 1)]:
        state = scene.box(tmp_path / "box")
        inject = f"inject={call}:error={error}:when={number}+"
        codes[_traced(scene, state, log, "-e", f"trace={call}", "-e", inject)] += 1
        assert "(INJECTED)" in log.read_text(), "control: the call failed"
        scene.check_all(state)
    assert set(codes) <= {0, 2}, "no failure of the disk is one of the program"
    assert codes[2], "control: the box noticed"


PHASES = ("begun", "refreshing", "fetching", "building", "built", "shown", "over")


def _phase(scene: Scene, state: Path, edition: int) -> str:
    """How far the killed one came, from what it left."""
    files = files_of(state)
    if edition == 2:
        return "over" if files == scene.files else "shown"
    stores = [name for name in files if name.startswith("editions/")]
    if len(stores) > 1:
        return "building" if any(not name.endswith(".db") for name in stores) else "built"
    if files - files_of(scene.behind) - {"state.db-journal"}:
        return "fetching"
    return "begun" if _metadata(state) == _metadata(scene.behind) else "refreshing"


def _metadata(state: Path) -> dict[str, bytes]:
    folder = state / "metadata"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_killed_at_any_moment(size: Size, tmp_path: Path) -> None:
    """A county of a few services: the time goes into kills, and every phase is still hit, the shortest in thousands.

    How long an attempt takes is learnt all the while, or a machine that became faster would see late kills only.
    """
    chance, reached = random.Random(22), Counter[str]()
    scene, state = make(tmp_path / "scene", 4), tmp_path / "box"
    whole = _duration(scene, scene.box(state))
    for _ in range(size.of(20, 1_500, 10_000)):
        scene.box(state)
        child = _fork(scene, state)
        time.sleep(chance.random() * whole * 1.2)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        edition = scene.check(state)
        phase = _phase(scene, state, edition)
        reached[phase] += 1
        whole *= 0.95 if phase == "over" else 1.02
        scene.heal(state, edition)
        if not reached.total() % 500:
            _log.info("%d kills: %s", reached.total(), dict(reached))
    assert set(reached) <= set(PHASES)
    assert reached["over"] + reached["shown"] < reached.total(), "control: some are killed early"
    assert reached["over"] + reached["shown"], "control: some are killed late"
    assert size.name != "long" or set(reached) == set(PHASES), reached


def test_a_pointer_that_moves_first_is_found_out(scene: Scene, tmp_path: Path) -> None:
    """Control: a box whose pointer leads to what is not there yet fails the same check."""
    state = scene.box(tmp_path / "box")
    next((state / "editions").iterdir()).unlink()
    with pytest.raises(Exception, match=r"\.db|unable to open"):
        scene.check(state)


def test_twenty_at_once(scene: Scene, tmp_path: Path) -> None:
    state = scene.box(tmp_path / "box")
    children = [_fork(scene, state) for _ in range(20)]
    codes = Counter(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert set(codes) <= {0, 9}
    assert codes[0] >= 1
    assert scene.check_all(state) == 2


def _duration(scene: Scene, state: Path) -> float:
    began = time.monotonic()
    os.waitpid(_fork(scene, state), 0)
    return time.monotonic() - began


def _fork(scene: Scene, state: Path, held: bool = False) -> int:
    """A process that makes one attempt, when `held` only once it is told to continue.

    It ends with 0 when it succeeded, with 9 when another was at work.
    """
    child = os.fork()
    if child:
        return child
    if held:
        os.kill(os.getpid(), signal.SIGSTOP)
    code = 1
    try:
        code = 0 if scene.pull(state).error is None else 2
    except Busy:
        code = 9
    finally:
        os._exit(code)
