"""Several programs run as one: they end together, and the first that dies says why."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

GRACE = 10
"""Seconds that a program has to end after it was asked to."""


class Children:
    """Programs running below this one, each with its log; leaving the `with` block ends them all."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a program. Its own session keeps a Ctrl-C meant for this program from it."""
        self._logs.mkdir(parents=True, exist_ok=True)
        with self.log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env=dict(environment), start_new_session=True
            )

    def log(self, name: str) -> Path:
        """Where a program's output goes."""
        return self._logs / f"{name}.log"

    def process(self, name: str) -> int:
        """A program's process id."""
        return self._running[name].pid

    def end(self, name: str) -> None:
        """End one program at once, as a crash would."""
        child = self._running.pop(name)
        child.kill()
        child.wait()

    def wait(self, seconds: float | None) -> str:
        """The name of the first program that ends, or an empty text after so many seconds."""
        descriptors = {os.pidfd_open(child.pid): name for name, child in self._running.items()}
        poll = select.poll()
        for descriptor in descriptors:
            poll.register(descriptor, select.POLLIN)
        try:
            ended = poll.poll(None if seconds is None else max(0, seconds) * 1000)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return descriptors[ended[0][0]] if ended else ""

    def obituary(self, name: str) -> str:
        """How a program ended, with the last lines of its log."""
        code = self._running[name].wait()
        how = f"ended with code {code}" if code >= 0 else f"was ended by {signal.Signals(-code).name}"
        lines = self.log(name).read_text(errors="replace").splitlines()[-15:]
        return "\n".join([f"{name} {how}; the end of {self.log(name)}:", *(f"    {line}" for line in lines)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._running.values():
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self._running.values():
            try:
                child.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
