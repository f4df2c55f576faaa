"""The demonstration, as somebody who has just cloned the repository runs it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.children import Children

pytestmark = pytest.mark.slow


def _demo(folder: Path) -> str:
    command = [sys.executable, "-m", "tools.demo", "--folder", str(folder), "--seconds", "1", "--no-display"]
    done = subprocess.run(command, check=False, timeout=180, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_says_where_everything_is_and_a_password_once(tmp_path: Path) -> None:
    first, second = _demo(tmp_path / "demo"), _demo(tmp_path / "demo")
    for said in (first, second):
        assert re.search(r"http://[0-9.]+:\d+/demo\n", said)
        assert re.search(r"http://[0-9.]+:\d+/m/\n", said)
        assert "there is no display" in said
    assert "一次性密码" in first
    assert "一次性密码" not in second
    assert (tmp_path / "demo" / "screen.png").read_bytes().startswith(b"\x89PNG")


def test_a_program_that_dies_says_why_and_the_others_end(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        children.start("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], {})
        children.start("victim", [sys.executable, "-c", "raise SystemExit('no paper')"], {})
        assert children.wait(30) == "victim"
        said = children.obituary("victim")
        sleeper = children.process("sleeper")
    assert "victim ended with code 1" in said
    assert "no paper" in said
    assert not Path(f"/proc/{sleeper}").exists()
