"""The documents say what is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_every_screen_is_in_the_screen_map() -> None:
    text = (ROOT / "docs" / "screens.md").read_text()
    folders = {path.parent.name for path in (ROOT / "screens").glob("*/page.py")}
    assert folders == set(re.findall(r"\(\.\./screens/(\w+)\)", text))


def test_every_link_and_picture_in_the_documents_exists() -> None:
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    missing = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
        if not (document.parent / link).exists()
    ]
    assert missing == []


def test_every_decision_is_one_page() -> None:
    lengths = {
        path.name: len(path.read_text().splitlines()) for path in (ROOT / "docs" / "decisions").glob("*.md")
    }
    assert lengths
    assert {name for name, length in lengths.items() if length > 60} == set()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.slow
@pytest.mark.parametrize("program", ["county", "sync", "kiosk", "catalog"])
def test_every_command_in_the_readme_exists(program: str) -> None:
    readme = (ROOT / "README.md").read_text()
    line = re.search(rf"^python -m {program} +(.*(?:\n {{10,}}.*)*)", readme, re.M)
    assert line is not None
    words = re.findall(r"(?<![\w.])(?:--)?[a-z][a-z-]+(?![\w.])", line[1])
    done = subprocess.run(
        [sys.executable, "-m", program, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    assert [word for word in words if word not in done.stdout] == []
