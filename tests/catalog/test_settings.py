"""Settings: defaults, then a file, then what was given."""

from pathlib import Path

import msgspec
import pytest

from catalog.settings import BadSettings, load


class Sync(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of a program."""

    interval: float
    jitter: float


@pytest.fixture(autouse=True)
def defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sync.toml").write_text("interval = 60\njitter = 0.2\n", encoding="utf-8")
    monkeypatch.setattr("catalog.settings.files", lambda package: tmp_path)


def test_defaults_then_file_then_given(tmp_path: Path) -> None:
    override = tmp_path / "mine.toml"
    override.write_text("interval = 5\n", encoding="utf-8")
    assert load(Sync, "sync.toml") == Sync(interval=60, jitter=0.2)
    assert load(Sync, "sync.toml", override) == Sync(interval=5, jitter=0.2)
    assert load(Sync, "sync.toml", override, interval=7).interval == 7
    assert load(Sync, "sync.toml", override, interval=None).interval == 5


@pytest.mark.parametrize(
    "text", ["interval = 'soon'", "intervall = 5", "interval = ", "interval = 5\ninterval = 6"]
)
def test_a_bad_file_is_named(tmp_path: Path, text: str) -> None:
    override = tmp_path / "mine.toml"
    override.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings, match=r"mine\.toml"):
        load(Sync, "sync.toml", override)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"mine\.toml: No such file"):
        load(Sync, "sync.toml", tmp_path / "mine.toml")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSettings, match=r"mine\.toml"):
        load(Sync, "sync.toml", tmp_path / "mine.toml")
