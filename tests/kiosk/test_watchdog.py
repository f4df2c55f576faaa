"""When the watchdog starts the kiosk, and how; tests/end_to_end/test_killed.py lets it work."""

import os
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.box import Life, life_path, read_life
from kiosk import watchdog
from kiosk.watchdog import CRASHES, LONGEST_REST, REMEMBERED, SHORTEST_REST, WITHIN, Diary, Heard, Record


def failing(
    record: Record, code: int = 1, heard: Heard = "gone", every: float = 1.0, start: float = 1000.0
) -> None:
    """The window ends so often that it would go out of service."""
    for number in range(CRASHES):
        assert not record.resting()
        record.ended(code, heard, lived=every, now=start + number * every)


@pytest.mark.parametrize(
    ("code", "heard"), [(1, "gone"), (-signal.SIGSEGV, "gone"), (-signal.SIGKILL, "silent")]
)
def test_failures_in_a_row_lead_out_of_service(code: int, heard: Heard) -> None:
    record = Record()
    failing(record, code, heard)
    assert record.resting() == SHORTEST_REST
    assert not record.resting()


@pytest.mark.parametrize("code", [0, 75, -signal.SIGKILL, -signal.SIGTERM])
def test_ends_from_outside_do_not(code: int) -> None:
    record = Record()
    failing(record, code)
    assert not record.resting()


def test_rare_failures_do_not() -> None:
    record = Record()
    failing(record, every=WITHIN / 2 + 1)
    assert not record.resting()


def test_the_rest_doubles_up_to_a_limit_until_the_kiosk_was_well_for_long() -> None:
    record, rests = Record(), []
    for _ in range(6):
        failing(record)
        rests.append(record.resting())
    assert rests == [60, 120, 240, 480, 960, 960]
    record.ended(1, "gone", lived=LONGEST_REST + 1, now=5000)
    failing(record, start=9000)
    assert record.resting() == SHORTEST_REST


def test_systemd_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        reading, writing = os.pipe()
        heard: list[bytes] = []
        os.write(writing, b"..")
        os.close(writing)
        assert watchdog._listen(reading, None, heard.append) == "gone"
        os.close(reading)
        assert manager.recv(100) == b"READY=1\nWATCHDOG=1"


def test_silence_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "START", 0.02)
    heard: list[bytes] = []
    reading, writing = os.pipe()
    assert watchdog._listen(reading, None, heard.append) == "silent"
    assert watchdog._listen(reading, 0, heard.append) == "over"
    os.close(reading)
    os.close(writing)


NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_how_the_windows_fare_is_written_down(tmp_path: Path) -> None:
    diary = Diary(tmp_path, lambda: NOW)
    diary.heard(b".")
    assert read_life(tmp_path) == Life(started=NOW)
    diary.heard(b"..v.v")
    assert read_life(tmp_path) == Life(started=NOW, visits=2)
    diary.ended(failed=False)
    diary.heard(b".")
    diary.ended(failed=True)
    assert read_life(tmp_path) == Life(visits=2, failures=(NOW,))
    Diary(tmp_path, lambda: NOW).ended(failed=True)
    life = read_life(tmp_path)
    assert life
    assert len(life.failures) == 2


def test_only_the_last_failures_are_kept(tmp_path: Path) -> None:
    diary = Diary(tmp_path, lambda: NOW)
    for _ in range(REMEMBERED + 5):
        diary.heard(b".")
        diary.ended(failed=True)
    life = read_life(tmp_path)
    assert life
    assert len(life.failures) == REMEMBERED


def test_a_disk_that_takes_nothing_does_not_end_the_kiosk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Diary(tmp_path / "nowhere", lambda: NOW).heard(b".")
    assert str(life_path(tmp_path / "nowhere")) in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--state", "x"], ["--lang", "en", "--state=x", "--windowed", "1x1"]])
def test_it_writes_where_the_kiosk_reads(arguments: list[str]) -> None:
    assert watchdog._state(arguments) == Path("x")
