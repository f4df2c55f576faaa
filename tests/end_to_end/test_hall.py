"""From the office's workbook to the screen in the hall, with every program running for real."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.box import read_active, read_status
from catalog.records import PublicService
from catalog.store import Store
from tests.end_to_end.hall import Hall
from tools.children import Children

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with Children(folder / "log") as children:
        hall = Hall(folder, children)
        hall.found(published)
        for name in ("county", "sync", "kiosk"):
            hall.start(name)
        hall.wait_until(lambda: hall.pulled() == 1, "the first pull")
        yield hall


def _active_digest(hall: Hall) -> str:
    active = read_active(hall.box)
    assert active
    return active.digest


def test_a_published_county_is_on_the_screen(hall: Hall) -> None:
    hall.wait_until(lambda: hall.shown() == _active_digest(hall), "showing the edition")
    hall.wait_until(hall.picture.exists, "drawing")


def test_a_corrected_number_is_on_the_idle_kiosk_within_five_seconds(hall: Hall, tmp_path: Path) -> None:
    service = hall.correct_phone_number("0000-7654321")
    hall.wait_until(lambda: hall.pulled() == 2, "the second pull")
    hall.wait_until(lambda: hall.shown() == _active_digest(hall), "showing the correction", seconds=5)
    active = read_active(hall.box)
    assert active
    store = Store.open(hall.box / active.file)
    found = store.get(PublicService, service)
    store.close()
    assert found
    assert found.channel.phone == "0000-7654321"


def test_without_the_county_the_kiosk_starts_and_says_how_old_its_content_is(
    hall: Hall, tmp_path: Path
) -> None:
    hall.children.end("kiosk")
    hall.children.end("county")
    hall.wait_until(lambda: _network(hall) == "unreachable", "noticing that the county is gone")
    hall.picture.unlink(missing_ok=True)
    hall.start("kiosk")
    hall.wait_until(lambda: hall.shown() == _active_digest(hall), "starting without the county", seconds=10)
    hall.wait_until(hall.picture.exists, "drawing")
    status = read_status(hall.box)
    assert status
    assert status.confirmed
    assert status.confirmed < status.tried


def test_a_screen_can_be_drawn_while_the_county_is_gone(hall: Hall, tmp_path: Path) -> None:
    picture = tmp_path / "home.png"
    command = [sys.executable, "-m", "kiosk", "--state", str(hall.box), "--shot", "home", str(picture)]
    environment = os.environ | {"SDL_VIDEODRIVER": "offscreen"}
    subprocess.run(command, check=True, env=environment, timeout=60, capture_output=True)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_sync_says_that_it_is_at_work_already(hall: Hall) -> None:
    command = [sys.executable, "-m", "sync", "--state", str(hall.box)]
    second = subprocess.run([*command, "--once"], check=True, timeout=60, capture_output=True, text=True)
    assert second.stdout.startswith("busy")
    status = subprocess.run(
        [*command, "status", "--json"], check=True, timeout=60, capture_output=True, text=True
    )
    assert json.loads(status.stdout)["active"]["edition"] == 2


def _network(hall: Hall) -> str:
    status = read_status(hall.box)
    return status.network if status else ""
