"""How the kiosk is, written for whoever looks after it."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from catalog.fleet import Vitals, vitals_path
from kiosk.vitals import Errors, Panel, part, percentile, resident, write

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_a_file_that_sync_can_read(tmp_path: Path) -> None:
    vitals = Vitals(at=NOW, started=NOW, frame=percentile([0.01] * 99 + [1.0]), memory=resident())
    write(tmp_path, vitals)
    assert msgspec.json.decode(vitals_path(tmp_path).read_bytes(), type=Vitals) == vitals
    assert vitals.frame == 10.0
    assert vitals.memory > 1 << 20
    write(tmp_path / "nowhere", vitals)


def test_no_frames_take_no_time() -> None:
    assert percentile([]) == 0.0


def test_of_errors_nothing_that_was_said_is_kept() -> None:
    errors, logger = Errors(), logging.getLogger("kiosk.test")
    logger.addHandler(errors)
    logger.propagate = False
    try:
        raise ValueError("张三 110101199003070000")
    except ValueError:
        logger.exception("张三 looked for %s", "离婚")
    for _ in range(9):
        logger.warning("李四")
    logger.info("nothing")
    logger.removeHandler(errors)
    assert list(errors.last) == ["WARNING kiosk.test"] * 5


def test_the_type_of_an_error_is_kept() -> None:
    errors = Errors()
    record = logging.LogRecord(
        "kiosk.x", logging.ERROR, "", 0, "words", (), (ValueError, ValueError("x"), None)
    )
    errors.emit(record)
    assert list(errors.last) == ["ERROR kiosk.x ValueError"]


@pytest.mark.parametrize(
    ("stage", "said"), [("absent", "absent"), ("failed", "failing"), ("ready", "ok"), ("done", "ok")]
)
def test_a_printer_is_one_of_three(stage: str, said: str) -> None:
    assert part(stage) == said


@pytest.mark.parametrize(
    ("properties", "there"), [("2\n", True), ("0\n", False), ("1\n", False), ("", False)]
)
def test_a_panel_that_is_pulled_out_fails_until_it_is_back(
    tmp_path: Path, properties: str, there: bool
) -> None:
    """F21: at the second look without it. Controls: a pad, a mouse, and what cannot be read are no panels."""
    device, panel = tmp_path / "class" / "input" / "input5", Panel(tmp_path)
    device.mkdir(parents=True)
    (device / "properties").write_text(properties)
    assert panel.look(False) == ("ok" if there else "")
    device.rename(tmp_path / "unplugged")
    assert panel.look(True) == "ok"
    assert panel.look(True) == ("failing" if there else "ok")
    (tmp_path / "unplugged").rename(device)
    assert panel.look(True) == "ok"
