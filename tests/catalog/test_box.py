"""The files that sync and kiosk share: whole, or as good as absent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from catalog.box import (
    Active,
    Answer,
    Command,
    Status,
    active_path,
    answer_path,
    command_path,
    default_state,
    read_active,
    read_answers,
    read_commands,
    read_status,
    status_path,
)

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


def _command(number: int) -> Command:
    at = NOW - timedelta(minutes=number)
    return Command(id=f"{number:032x}", kind="show", route="service/x", sent=at, expires=NOW)


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(value if isinstance(value, bytes) else msgspec.json.encode(value))


def test_commands_come_in_the_order_in_which_they_were_sent(tmp_path: Path) -> None:
    assert read_commands(tmp_path) == () == read_answers(tmp_path)
    first, second = _command(2), _command(1)
    for command in (second, first):
        _write(command_path(tmp_path, command.id), command)
    assert read_commands(tmp_path) == (first, second)
    answer = Answer(id=first.id, outcome="done", at=NOW)
    _write(answer_path(tmp_path, first.id), answer)
    assert read_answers(tmp_path) == (answer,)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../../etc"},
        {"id": "short"},
        {"kind": "run"},
        {"message": "<b>anything</b>"},
        {"expires": "2026-11-21T08:00:00"},
        {"route": "x" * 201},
    ],
)
def test_a_command_of_another_shape_is_as_good_as_absent(tmp_path: Path, change: dict[str, str]) -> None:
    good = msgspec.to_builtins(_command(1))
    _write(command_path(tmp_path, good["id"]), msgspec.json.encode(good | change))
    _write(tmp_path / "commands" / ".half.new", b"{")
    assert read_commands(tmp_path) == ()
    _write(command_path(tmp_path, good["id"]), msgspec.json.encode(good))
    assert len(read_commands(tmp_path)) == 1


def test_a_command_under_another_name_is_as_good_as_absent(tmp_path: Path) -> None:
    _write(command_path(tmp_path, "another0"), _command(1))
    assert read_commands(tmp_path) == ()
