"""F12: a line of 64 kbit/s that loses 30 of 100 packets and goes down again and again, in network namespaces."""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from catalog.box import read_active
from sync.__main__ import main as sync
from tests.faults.conftest import Size
from tests.faults.scene import check_edition, write
from tests.sample import sample_records
from tests.sync.double import MemoryCounty, services
from tests.sync.program import SYNC

_log = logging.getLogger(__name__)
COUNTY, BOX = "10.99.0.1", "10.99.0.2"
DOWN = 2.0
"""For how many seconds the line goes down."""


@dataclass
class Line:
    """Two network namespaces and what lies between them."""

    county: str = field(default_factory=lambda: f"county-{os.getpid()}")
    box: str = field(default_factory=lambda: f"box-{os.getpid()}")

    def open(self) -> None:
        for name in (self.county, self.box):
            _ip("netns", "add", name)
        _ip(*f"link add line-c netns {self.county} type veth peer name line-b netns {self.box}".split())
        for name, device, address in ((self.county, "line-c", COUNTY), (self.box, "line-b", BOX)):
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", device)
            _ip("-n", name, "link", "set", device, "up")

    def close(self) -> None:
        for name in (self.county, self.box):
            subprocess.run(["ip", "netns", "del", name], check=False)

    def spoil(self) -> None:
        """Make it slow and lossy in the direction of the box, and lossy in the other."""
        shape = "qdisc add dev line-c root tbf rate 64kbit burst 4kb latency 400ms"
        subprocess.run(self.at(self.county, "tc", *shape.split()), check=True)
        for rule in (
            "add table inet loss",
            "add chain inet loss in { type filter hook input priority 0 ; }",
            "add rule inet loss in numgen random mod 100 < 30 drop",
        ):
            subprocess.run(self.at(self.box, "nft", rule), check=True)

    def flap(self) -> None:
        """Down for a while, and up again."""
        _ip("-n", self.box, "link", "set", "line-b", "down")
        Event().wait(DOWN)
        _ip("-n", self.box, "link", "set", "line-b", "up")

    def at(self, name: str, *command: str) -> list[str]:
        """A command in one of the namespaces."""
        return ["ip", "netns", "exec", name, *command]


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


@pytest.fixture
def line(as_root: None) -> Iterator[Line]:
    probe = subprocess.run(["ip", "netns", "list"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("needs network namespaces and iproute2: tools/setup.sh installs it")
    with closing(Line()) as line:
        line.open()
        yield line


@pytest.fixture
def site(line: Line, size: Size, tmp_path: Path) -> Iterator[Path]:
    """The folder of a county that serves on its side of the line: small ones, or the demonstration county."""
    county = MemoryCounty()
    county.publish(services(50) if size.name == "quick" else sample_records())
    folder = tmp_path / "site"
    write(county.files, folder)
    serve = ["http.server", "8000", "--bind", COUNTY, "--directory", str(folder), "--protocol", "HTTP/1.1"]
    command = line.at(line.county, sys.executable, "-m", *serve)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        yield folder
        server.terminate()


def _start(line: Line, state: Path) -> "subprocess.Popen[str]":
    """One attempt on the box's side."""
    config = state.with_suffix(".toml")
    config.write_text("reserve_mb = 0\n")
    where = ["--state", str(state), "--url", f"http://{COUNTY}:8000/", "--config", str(config)]
    command = line.at(line.box, *SYNC, "--once", "--json", *where)
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _received(attempt: "subprocess.Popen[str]") -> int:
    """Wait for its end; the bytes of HTTP that came."""
    output, _ = attempt.communicate()
    received: int = json.loads(output)["traffic"]["received"]
    return received


def _box(site: Path, state: Path) -> Path:
    assert sync(["--state", str(state), "trust", str(site / "metadata" / "1.root.json")]) == 0
    return state


def test_a_bad_line_takes_its_time_and_nothing_twice(
    line: Line, site: Path, size: Size, tmp_path: Path
) -> None:
    """The line goes down five times in the county's 640 KB, once in a few."""
    often = size.of(1, 5, 5)
    clean, once = _box(site, tmp_path / "clean"), 0
    while not read_active(clean):  # the server may still be starting
        once = _received(_start(line, clean))
    expected = _objects(clean)
    line.spoil()
    state, began, total, flaps = _box(site, tmp_path / "box"), time.monotonic(), 0, 0
    while not read_active(state):
        attempt = _start(line, state)
        while attempt.poll() is None:
            if flaps < often and _objects(state) >= expected * (flaps + 1) // (often + 1):
                line.flap()
                flaps += 1
            Event().wait(0.1)
        total += _received(attempt)
        assert time.monotonic() - began < 600
    taken = time.monotonic() - began
    _log.info(
        "%d objects, %d bytes in %.0f s; %.2f %% twice", expected, once, taken, 100 * (total / once - 1)
    )
    assert check_edition(state) == 1
    assert total <= 1.05 * once, f"{total} bytes came, {once} were needed"
    assert taken > once * 8 / 64_000, "control: it is a slow line"


def _objects(state: Path) -> int:
    return len(list((state / "objects").glob("*/*")))
