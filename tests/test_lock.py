"""T-S1: what is installed is what was chosen, byte for byte."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINNED = re.compile(
    r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==[\w.]+( ;.*)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


def unpinned(lock: str) -> list[str]:
    """Lines of a lock that name a package without a version and a hash."""
    return [line for line in PINNED.sub("", lock).splitlines() if line and not line.lstrip().startswith("#")]


def test_everything_is_pinned_with_its_hash_and_installed_by_it() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~;! ]", one)[0] for one in wanted}
    assert unpinned(lock) == []
    assert names <= {match[1] for match in PINNED.finditer(lock)}
    assert "--require-hashes -r requirements.lock" in (ROOT / "tools" / "setup.sh").read_text()


def test_a_package_without_a_hash_is_named() -> None:
    """Control."""
    assert unpinned("tuf==7.0.1 \\\n    --hash=sha256:" + "0" * 64 + "\nrequests==2.0\n") == ["requests==2.0"]
