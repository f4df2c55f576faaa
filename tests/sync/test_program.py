"""The program itself, called as from the command line, against a county on loopback."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from catalog.box import read_status, sync_request_path
from catalog.enrolment import new_code
from sync.__main__ import main
from sync.attempt import Attempt, locked
from sync.errors import Unreachable
from sync.fetcher import Traffic
from sync.following import follow
from sync.manners import LAST
from sync.pull import Outcome
from tests.sync.double import SETTINGS, MemoryCounty, services

pytestmark = pytest.mark.slow


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class Site:
    """A county's repository as files behind a web server."""

    def __init__(self, folder: Path) -> None:
        self.county = MemoryCounty()
        self.folder = folder
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self._thread.start()

    def publish(self, count: int) -> None:
        """Put an edition of `count` services."""
        self.county.publish(services(count))
        for path, data in self.county.files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def close(self) -> None:
        """Stop the web server."""
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "site")
    site.publish(3)
    yield site
    site.close()


@pytest.fixture
def state(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "box"
    assert main(["--state", str(folder), "trust", str(site.folder / "metadata" / "1.root.json")]) == 0
    return folder


def test_once_reports_what_came_and_what_it_cost(
    site: Site, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--once", "--json", "--state", str(state), "--url", site.url]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["outcome"] | {"digest": ""} == {"edition": 1, "digest": "", "changed": True, "objects": 1}
    served = sum(path.stat().st_size for path in site.folder.rglob("*") if path.is_file())
    root = (site.folder / "metadata" / "1.root.json").stat().st_size
    assert report["traffic"]["received"] > served - root
    assert report["traffic"]["requests"] == 6


def test_status_says_what_is_shown_and_how_fresh_it_is(
    site: Site, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--once", "--state", str(state), "--url", site.url])
    site.server.shutdown()
    assert main(["--once", "--state", str(state), "--url", "http://127.0.0.1:1/"]) == 1
    capsys.readouterr()
    assert main(["status", "--json", "--state", str(state)]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["active"]["edition"] == 1
    assert status["status"]["network"] == "unreachable"
    assert status["status"]["confirmed"] < status["status"]["tried"]
    assert main(["--state", str(state), "status"]) == 0
    assert "edition 1" in capsys.readouterr().out


def test_status_of_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--state", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "no edition yet\nnever tried\n"


def test_the_status_file_is_written_on_failure_too(state: Path) -> None:
    before = datetime.now(UTC)
    main(["--once", "--state", str(state), "--url", "http://127.0.0.1:1/"])
    status = read_status(state)
    assert status
    assert status.tried >= before
    assert (status.confirmed, status.network) == (None, "unreachable")


def test_only_one_process_syncs_a_folder(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with locked(state):
        assert main(["--once", "--state", str(state)]) == 0
    assert capsys.readouterr().out.startswith("busy")


def test_without_a_trusted_root_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--once", "--state", str(tmp_path)]) == 3
    assert "python -m sync enrol URL CODE" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"not json"])
def test_only_a_signed_root_is_trusted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert main(["--state", str(tmp_path / "box"), "trust", str(tmp_path / "file")]) == 3
    assert not (tmp_path / "box" / "root.json").exists()


@pytest.mark.parametrize("name", ["timestamp.json", "1.targets.json"])
def test_other_metadata_is_no_root(site: Site, tmp_path: Path, name: str) -> None:
    assert main(["--state", str(tmp_path / "new"), "trust", str(site.folder / "metadata" / name)]) == 3


def test_another_root_needs_another_folder(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.json").write_bytes(MemoryCounty().trusted)
    assert main(["--state", str(state), "trust", str(tmp_path / "other.json")]) == 3
    assert "another root" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("intervall = 5", "intervall"),
        ("interval = -5", "interval"),
        ("interval = 0", "interval"),
        ("jitter = 2", "jitter"),
        ('request_timeout = "soon"', "request_timeout"),
        ('repository_url = "ftp://county.example/"', "repository_url"),
        ("interval =", "line 1"),
    ],
)
def test_a_setting_that_is_none_is_a_usage_error(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, word: str
) -> None:
    (tmp_path / "sync.toml").write_text(f"{line}\n")
    assert main(["--once", "--state", str(state), "--config", str(tmp_path / "sync.toml")]) == 2
    assert word in capsys.readouterr().err


def test_the_address_needs_no_final_slash(site: Site, state: Path) -> None:
    assert main(["--once", "--state", str(state), "--url", site.url.rstrip("/")]) == 0


def test_a_box_is_not_enrolled_while_it_is_at_work(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = new_code(b"root", bytes).text
    with locked(state):
        assert main(["--state", str(state), "enrol", "http://127.0.0.1:1/", code]) == 3
    assert "stop it" in capsys.readouterr().err
    assert main(["--state", str(state), "enrol", "http://127.0.0.1:1/", code]) == 1
    assert "new code" not in capsys.readouterr().err, "nobody refused it"


def _listening(process: int) -> list[int]:
    """The ports at which a process waits for calls."""
    connections = psutil.Process(process).net_connections("inet")
    return [one.laddr.port for one in connections if one.status in (psutil.CONN_LISTEN, psutil.CONN_NONE)]


def test_it_follows_until_stopped_and_looks_at_once_when_told(site: Site, state: Path) -> None:
    command = [sys.executable, "-m", "sync", "--state", str(state), "--url", site.url, "--interval", "3600"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr
        assert "edition 1" in process.stderr.readline()
        assert os.sched_getscheduler(process.pid) == os.SCHED_IDLE, "it gives way to the visitor's window"
        group = Path(f"/proc/{process.pid}/autogroup")
        assert not group.exists() or group.read_text().split()[-1] == LAST, "and so does its session"
        assert not _listening(process.pid), "nobody can call the box, T-K7"
        assert _listening(os.getpid()), "control: the county can be called"
        site.publish(4)
        process.send_signal(signal.SIGUSR1)
        assert "edition 2" in process.stderr.readline()
        site.publish(5)
        request = sync_request_path(state)
        request.parent.mkdir()
        request.touch()
        assert "edition 3" in process.stderr.readline()
        process.terminate()
        assert process.wait(timeout=20) == 0


def test_it_says_once_that_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    new, same = Outcome(1, "a", changed=True), Outcome(1, "a")
    gone = Attempt(None, Unreachable("gone"), Traffic())
    found = [new, same, same, same, None, None, same, same]
    looks = iter([Attempt(outcome, None, Traffic()) if outcome else gone for outcome in found])
    monkeypatch.setattr("sync.following.attempt", lambda *_: next(looks))
    monkeypatch.setattr("sync.following._rest", lambda *_: None)
    with caplog.at_level("INFO"), pytest.raises(StopIteration):
        follow(tmp_path, SETTINGS, b"", lambda: nullcontext(lambda *_: None), lambda said: str(said.outcome))
    assert caplog.messages == [str(outcome) for outcome in (new, same, None, None, same)]
