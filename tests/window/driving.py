"""A kiosk as a process of its own, and what a test may look for in it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ENCODINGS = ("ascii", "utf-16-le", "utf-32-le")
"""How Python and C keep texts."""
NETWORKS = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")


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

    def connections(self) -> list[str]:
        """Its sockets that lead to a network, by the kernel's account."""
        inodes = set()
        for name in NETWORKS:
            rows = Path(f"/proc/{self.process.pid}/net/{name}").read_text().splitlines()[1:]
            inodes |= {f"socket:[{row.split()[9]}]" for row in rows}
        links = (os.readlink(one) for one in Path(f"/proc/{self.process.pid}/fd").iterdir())
        return [link for link in links if link in inodes]

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
