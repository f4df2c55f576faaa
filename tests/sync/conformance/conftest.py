import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata

from tests.sync.conformance.repository import Repository, Server
from tools.tuf_client import main

SCRIPT = Path(__file__).parents[3] / "tools" / "tuf_client.py"


@dataclass
class Client:
    """The client under test, called with its command line; every method returns its exit code or what it left."""

    folder: Path
    repository: Repository
    url: str

    @property
    def metadata(self) -> Path:
        return self.folder / "metadata"

    def init(self, root: bytes = b"") -> int:
        """Trust the first root, or this one."""
        self.metadata.mkdir()
        trusted = self.folder / "trusted.json"
        trusted.write_bytes(root or self.repository.signed["root"][0])
        return main(["--metadata-dir", str(self.metadata), "init", str(trusted)])

    def refresh(self, at: datetime | None = None) -> int:
        """Refresh, at another time when it is given."""
        return self._run("--metadata-url", self.url + "metadata/", "refresh", at=at)

    def download(self, *names: str, at: datetime | None = None) -> int:
        """Download targets in one call, at another time when it is given."""
        targets = [word for name in names for word in ("--target-name", name)]
        to = ["--target-base-url", self.url + "targets/", "--target-dir", str(self.folder / "targets")]
        return self._run("--metadata-url", self.url + "metadata/", *targets, *to, "download", at=at)

    def _run(self, *words: str, at: datetime | None) -> int:
        arguments = ["--metadata-dir", str(self.metadata), *words]
        if at is None:
            return main(arguments)
        command = ["faketime", f"{at:%Y-%m-%d %H:%M:%S} UTC", sys.executable, str(SCRIPT), *arguments]
        return subprocess.run(command, check=False, capture_output=True).returncode

    def version(self, role: str) -> int:
        """The version that is trusted, 0 for none."""
        path = self.metadata / f"{role}.json"
        return Metadata.from_file(str(path)).signed.version if path.exists() else 0

    def data(self, role: str) -> bytes:
        """The trusted bytes."""
        return (self.metadata / f"{role}.json").read_bytes()

    def roles(self) -> list[tuple[str, int]]:
        """(name, version) of everything trusted."""
        return [(path.stem, self.version(path.stem)) for path in sorted(self.metadata.glob("*.json"))]

    def downloaded(self) -> list[bytes]:
        """The contents of everything downloaded, by time."""
        files = (path for path in (self.folder / "targets").rglob("*") if path.is_file())
        return [path.read_bytes() for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)]


@pytest.fixture
def repo() -> Repository:
    return Repository()


@pytest.fixture
def fresh(tmp_path: Path, repo: Repository) -> Iterator[Client]:
    """A client that was never initialised."""
    with closing(Server(repo)) as server:
        yield Client(tmp_path, repo, server.url)


@pytest.fixture
def client(fresh: Client) -> Client:
    """A client that trusts the first root."""
    assert fresh.init() == 0
    return fresh
