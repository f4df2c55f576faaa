"""A hall in miniature: county server, sync and kiosk as real processes on loopback."""

import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from shutil import copytree

import openpyxl

from catalog.box import read_active
from county.__main__ import main as county
from sync.__main__ import main as sync
from tests.sample import SAMPLE
from tools.children import Children
from tools.reviewing import review_drafts

WORKBOOK = SAMPLE / "政务服务事项.xlsx"
PATIENCE = 60
"""Seconds that anything may take on a busy machine; what has a promised time is measured on its own."""


def carry_out(state: Path, command: str, *arguments: str) -> None:
    """Carry out a county command on this state folder."""
    said = StringIO()
    with redirect_stdout(said):
        code = county([command, "--state", str(state), *arguments])
    assert code == 0, said.getvalue()


def publish(state: Path) -> None:
    """Build, sign and publish what was imported."""
    for command in (["build"], ["sign", "--yes"], ["publish"]):
        carry_out(state, *command)


def publish_sample(state: Path) -> None:
    """Found a county in `state`, import the sample and publish it."""
    carry_out(state, "init", "--demonstration", "--public-url", "http://127.0.0.1:8080")
    carry_out(state, "import", str(SAMPLE))
    publish(state)


class Hall:
    """`state` is the county server's folder, `box` the kiosk's."""

    def __init__(self, folder: Path, children: Children) -> None:
        self.state, self.box, self.picture = folder / "county", folder / "box", folder / "screen.png"
        self.folder, self.children = folder, children
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def found(self, published: Path) -> None:
        """Have a copy of a published county; the box trusts it."""
        copytree(published, self.state)
        root = self.state / "repository" / "metadata" / "1.root.json"
        assert sync(["--state", str(self.box), "trust", str(root)]) == 0

    def correct_phone_number(self, number: str) -> str:
        """Import the workbook with one number corrected, and publish; the id of the service."""
        workbook = openpyxl.load_workbook(WORKBOOK)
        sheet = workbook["事项"]
        column = {cell.value: cell.column or 0 for cell in sheet[1]}
        sheet.cell(2, column["咨询电话"]).value = number
        workbook.save(self.folder / WORKBOOK.name)
        carry_out(self.state, "import", str(self.folder / WORKBOOK.name))
        review_drafts(self.state)
        publish(self.state)
        return str(sheet.cell(2, column["事项编号"]).value)

    def start(self, name: str) -> None:
        """Start one of the three programs."""
        repository = f"http://127.0.0.1:{self.port}/repository/"
        commands = {
            "county": ["serve", "--state", str(self.state), "--port", str(self.port)],
            "sync": ["--state", str(self.box), "--url", repository, "--interval", "0.5"],
            "kiosk": ["--state", str(self.box), "--windowed", "540x960", "--live", str(self.picture)],
        }
        environment = os.environ | {"SDL_VIDEODRIVER": "offscreen"}
        self.children.start(name, [sys.executable, "-m", name, *commands[name]], environment)

    def shown(self) -> str:
        """Digest of the edition that the kiosk's process has open, empty for none."""
        descriptors = Path(f"/proc/{self.children.process('kiosk')}/fd")
        for descriptor in descriptors.iterdir():
            try:
                target = descriptor.readlink()
            except FileNotFoundError:
                continue
            if target.parent.name == "editions":
                return target.stem
        return ""

    def pulled(self) -> int:
        """Number of the edition that sync has made the active one."""
        active = read_active(self.box)
        return active.edition if active else 0

    def wait_until(self, so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
        """Wait for a condition; how long it took. Fails with the log of a program that died."""
        begun = time.monotonic()
        while not so():
            died = self.children.wait(0.05)
            assert not died, self.children.obituary(died)
            assert time.monotonic() - begun < seconds, f"{what} took longer than {seconds} s"
        return time.monotonic() - begun
