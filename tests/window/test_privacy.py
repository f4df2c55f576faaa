"""Nothing that a visitor typed, chose or answered is left after erasing: in the process's memory, on disk, in logs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.codes import codes, listed
from catalog.guided.fragment import encode
from catalog.links import PAGES
from catalog.records import GuidedFlow, PublicService
from catalog.store import Store
from tests.sample import sample_box, sample_records

pytestmark = pytest.mark.slow
PLANTED = "qzxjvkwyqf"
"""Typed on the pad, letter by letter. No word of the catalogue or of a library has these letters in this order."""

PIECES = [PLANTED[:6], PLANTED[4:]]
ENCODINGS = ("ascii", "utf-16-le", "utf-32-le")
"""How Python and C keep texts."""


class Kiosk:
    """A kiosk in another process."""

    def __init__(self, state: Path) -> None:
        command = [sys.executable, "-m", "tests.window.driven", str(state)]
        environment = os.environ | {"SDL_VIDEODRIVER": "offscreen", "KIVY_LOG_MODE": "PYTHON"}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True, bufsize=1
        )
        self.said = ""
        self._hear("ready\n")

    def do(self, *routes: str) -> None:
        """Touch what leads to each route."""
        for route in routes:
            assert self.process.stdin is not None
            self.process.stdin.write(f"{route}\n")
            self._hear("done\n")

    def end(self) -> str:
        """Everything it wrote to its output and its log."""
        said, complaints = self.process.communicate(timeout=60)
        return self.said + said + complaints

    def memory(self, *needles: str) -> set[str]:
        """Those of the needles that its writable memory holds."""
        found: set[str] = set()
        with open(f"/proc/{self.process.pid}/mem", "rb", 0) as memory:
            for begin, end in _writable(self.process.pid):
                memory.seek(begin)
                data = memory.read(end - begin)
                found |= {n for n in needles if any(n.encode(encoding) in data for encoding in ENCODINGS)}
        return found

    def _hear(self, line: str) -> None:
        assert self.process.stdout is not None
        heard = self.process.stdout.readline()
        self.said += heard
        if heard != line:
            self.process.kill()
            raise AssertionError(heard + self.process.communicate()[1])


def _writable(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        edges, rights, *_ = line.split()
        if rights.startswith("rw"):
            begin, end = edges.split("-")
            yield int(begin, 16), int(end, 16)


def files(state: Path) -> dict[str, bytes]:
    """Every file below the state folder but the edition."""
    return {
        str(path.relative_to(state)): path.read_bytes()
        for path in state.rglob("*")
        if path.is_file() and path.parent.name != "editions"
    }


def carried(state: Path, chosen: list[str]) -> str:
    """The codes of the chosen services as they stand in the address of their list, and nowhere else."""
    store = Store.open(state / "editions" / "1.db")
    known = codes(store.keys(PAGES))
    store.close()
    return listed([("service", service) for service in chosen], known)


TYPED = "86420975"
"""Typed on the number pad, digit by digit; no text of the catalogue has it."""


def answers() -> list[str]:
    """What was answered, as it stands in routes and in the address of the result."""
    flow = next(r for r in sample_records() if isinstance(r, GuidedFlow) and r.event == "disability-services")
    return [TYPED, encode(flow, (), {"age": int(TYPED)})[4:], "19310713"]


def answering() -> list[str]:
    """Touches that answer with a number and with a date, and show what comes of the number."""
    dates = ("193", "1931", "193107", "19310713")
    return [
        "go question/life_event/retiring",
        "do/answer/scheme/unit",
        "go question/life_event/retiring/birth",
        *(f"do/answer/birth/{date}" for date in dates),
        "go question/life_event/disability-services/age",
        *(f"do/answer/age/{digit}" for digit in TYPED),
        "go result/life_event/disability-services",
    ]


def test_a_visit_leaves_nothing_in_memory_on_disk_or_in_the_log(tmp_path: Path) -> None:
    state = tmp_path / "box"
    sample_box(state, datetime.now(UTC))
    chosen = sorted(record.id for record in sample_records() if isinstance(record, PublicService))[:2]
    needles = [*PIECES, carried(state, chosen), *answers()]
    kiosk = Kiosk(state)
    kiosk.do("home", "search", *(f"do/key/{letter}" for letter in PLANTED))
    kiosk.do(*(step for one in chosen for step in (f"go service/{one}", f"do/choose/service/{one}")))
    kiosk.do(*answering())
    kiosk.do("basket", "home", "rating", "do/pick/overall/1", "do/tick/bad/guide-error", "rest")
    assert not set(needles) - kiosk.memory(*needles), "the test would not see what stays"
    kiosk.do("do/erase", "rest")
    assert kiosk.memory(*needles) == set()
    said = kiosk.end()
    assert "no clipboard" in said
    assert not [needle for needle in needles if needle in said]
    left = {name: data for name, data in files(state).items() if not name.startswith("kivy/")}
    assert set(left) == {"active.json", "status.json"}
    assert not [name for name, data in files(state).items() if any(n.encode() in data for n in needles)]
