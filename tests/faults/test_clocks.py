"""F7, F8: clocks that are wrong by years, and a box that comes back after 400 days and twenty roots."""

import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from catalog.box import read_active, read_status
from sync.attempt import attempt
from sync.marks import Marks
from tests.faults.conftest import Size
from tests.faults.portal import serving
from tests.faults.scene import SETTINGS, Scene, check_edition, make, now, write
from tests.sync.double import services

DAY = timedelta(days=1)
CLOCKS = {
    "1970": timedelta(0),
    "-1y": -365 * DAY,
    "-1d": -DAY,
    "+1d": DAY,
    "+31d": 31 * DAY,
    "2038": timedelta(0),
    "2099": timedelta(0),
}
ABSOLUTE = {"1970": "1970-01-02 00:00:00", "2038": "2038-01-19 03:14:06", "2099": "2099-12-31 23:59:59"}
AHEAD = {"+31d", "2038", "2099"}


@pytest.fixture(autouse=True)
def _faketime() -> None:
    if not shutil.which("faketime"):
        pytest.skip("needs faketime: tools/setup.sh installs it")


def _at(clock: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of ours with a wrong clock."""
    said = ABSOLUTE.get(clock) or f"{now() + CLOCKS[clock]:%Y-%m-%d %H:%M:%S}"
    faked = ["env", "TZ=UTC", "faketime", said, sys.executable, "-m", *command]
    return subprocess.run(faked, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_wrong_clock_delays_news_at_most(scene: Scene, tmp_path: Path, clock: str) -> None:
    """Behind: corrected by what was signed. Ahead: named, nothing taken, what is shown stays. Right again: all well."""
    state = scene.box(tmp_path / "box")
    (tmp_path / "sync.toml").write_text("reserve_mb = 0\n")
    with serving(scene.county.files, None) as url:
        where = ["--state", str(state), "--url", url, "--config", str(tmp_path / "sync.toml")]
        result = _at(clock, "sync", "--once", *where)
    status = read_status(state)
    assert status
    if clock in AHEAD:
        assert result.returncode == 1
        assert (status.network, status.event) == ("clock", "clock")
        assert scene.check(state) == 1
    else:
        assert result.returncode == 0, result.stderr
        assert scene.check(state) == 2
    scene.heal(state)


@pytest.mark.parametrize("clock", ["1970", "2099"])
def test_the_display_is_never_blocked(scene: Scene, tmp_path: Path, clock: str) -> None:
    state = scene.box(tmp_path / "box")
    shot = _at(clock, "kiosk", "--state", str(state), "--shot", "home", str(tmp_path / "home.png"))
    assert shot.returncode == 0, shot.stderr
    assert (tmp_path / "home.png").stat().st_size > 10_000


def test_after_400_days_and_twenty_roots_it_catches_up(tmp_path: Path, size: Size) -> None:
    scene = make(tmp_path / "scene")
    county, later = scene.county, now() + 400 * DAY
    for number in range(20):
        county.rotate(("root", "timestamp", "snapshot", "targets")[number % 4])
    county.root.expires = county.expires = later + 30 * DAY
    county.root.version += 1
    county.put_root()
    county.timestamp.unrecognized_fields["x-issued"] = later.isoformat()
    county.publish(services(44))
    write(county.files, scene.stick)
    offline = _pull(scene, later, tmp_path / "nothing")
    assert offline
    assert check_edition(scene.behind) == 1
    began = time.monotonic()
    assert not _pull(scene, later, scene.stick)
    assert time.monotonic() - began < 60
    assert check_edition(scene.behind) == 3


def test_a_floor_that_is_not_kept_is_found_out(scene: Scene, tmp_path: Path) -> None:
    """Control: it is the kept time that refuses what expired long ago while the clock stands at 1970."""
    state = scene.box(tmp_path / "box")
    with closing(Marks(state / "state.db")) as marks:
        marks.remember("issued", now() + 400 * DAY)
    result = scene.pull(state, datetime.fromtimestamp(86400, now().tzinfo))
    assert result.error
    assert result.error.event == "expired"


def _pull(scene: Scene, at: datetime, bundle: Path) -> str:
    result = attempt(scene.behind, SETTINGS, scene.county.trusted, at, lambda done, total: None, bundle)
    assert read_active(scene.behind)
    return result.error.event if result.error else ""
