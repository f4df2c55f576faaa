"""Which pictures of a text are drawn, and kept."""

import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from catalog.records import Record
from catalog.wording import Language
from county.editing.previewing import Drawer
from tests.county.web.records import BIRTH, RECORDS


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """A drawer whose kiosk writes what it was asked for instead of a picture."""

    def drawn(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        Path(command[-1]).write_text(" ".join(command[command.index("--lang") : -1]))
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(subprocess, "run", drawn)
    return Drawer(tmp_path / "previews")


def draw(drawer: Drawer, record: Record, language: Language) -> str:
    """The text in place of the picture."""
    name = drawer.wanted(record, lambda: RECORDS, language)
    if name in drawer.running:
        drawer.running[name].result(60)
    assert drawer.state(record, language) == "ready"
    assert drawer.latest(record, language) == name
    return (drawer.folder / name).read_text()


def test_the_kiosk_speaks_the_language_that_is_asked_for(drawer: Drawer) -> None:
    assert draw(drawer, BIRTH, "zh") == "--lang zh --shot service/birth"
    assert draw(drawer, BIRTH, "en") == "--lang en --shot service/birth"


def test_a_new_text_replaces_the_picture_of_its_language_only(drawer: Drawer) -> None:
    draw(drawer, BIRTH, "zh")
    draw(drawer, BIRTH, "en")
    changed = msgspec.structs.replace(BIRTH, title="新")
    assert drawer.state(changed, "zh") == "failed"
    draw(drawer, changed, "zh")
    kept = {drawer.name(changed, "zh"), drawer.name(BIRTH, "en")}
    assert {path.name for path in drawer.folder.iterdir()} == kept
