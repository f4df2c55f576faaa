"""The files that sync and kiosk share: whole, or as good as absent."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from catalog.box import Active, Status, active_path, default_state, read_active, read_status, status_path

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
ACTIVE = Active(edition=3, digest="ab", file="editions/ab.db", activated=NOW)


def test_reads_what_was_written(tmp_path: Path) -> None:
    status = Status(tried=NOW, confirmed=NOW, network="unreachable", error="no route")
    active_path(tmp_path).write_bytes(msgspec.json.encode(ACTIVE))
    status_path(tmp_path).write_bytes(msgspec.json.encode(status))
    assert read_active(tmp_path) == ACTIVE
    assert read_status(tmp_path) == status


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"edition":1}', b'{"digest":"\xff"}', b"\xff"])
def test_anything_else_is_as_good_as_absent(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        active_path(tmp_path).write_bytes(content)
        status_path(tmp_path).write_bytes(content)
    assert read_active(tmp_path) is None
    assert read_status(tmp_path) is None


def test_the_state_folder_follows_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_state() == Path("/data/openhall/box")
