"""What is carried to a kiosk on a USB stick: whole, genuine, and in step with what comes over the network."""

from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from catalog.box import read_active, read_status
from catalog.settings import load
from county.bundling import DAYS, bundle
from county.errors import Refused
from county.publishing import refresh
from county.settings import Settings
from sync.attempt import Attempt, attempt
from sync.settings import Settings as SyncSettings
from tests.county.catalogue import NOW, approve, later, organisation
from tests.county.test_publishing import release

pytestmark = pytest.mark.slow
SYNC = replace(load(SyncSettings, "sync.toml"), reserve_mb=0)


def _carry(settings: Settings, state: Path, folder: Path, now: datetime) -> Attempt:
    state.mkdir(exist_ok=True)
    root = (settings.repository / "metadata" / "1.root.json").read_bytes()
    return attempt(state, SYNC, root, now, lambda done, total: None, folder)


@pytest.fixture
def released(county: Engine, settings: Settings) -> Engine:
    """A county that has published an edition."""
    approve(county, [organisation(number) for number in range(50)])
    release(county, settings)
    return county


def test_a_box_without_a_network_is_brought_up_to_date(
    released: Engine, settings: Settings, tmp_path: Path
) -> None:
    made = bundle(settings, tmp_path / "stick", NOW)
    result = _carry(settings, tmp_path / "box", tmp_path / "stick", later(DAYS - 1))
    active, status = read_active(tmp_path / "box"), read_status(tmp_path / "box")
    assert active
    assert status
    assert (result.error, active.edition, status.confirmed) == (None, made.edition, NOW)


def test_after_its_time_it_brings_nothing(released: Engine, settings: Settings, tmp_path: Path) -> None:
    bundle(settings, tmp_path / "stick", NOW)
    result = _carry(settings, tmp_path / "box", tmp_path / "stick", later(DAYS + 1))
    assert result.error
    assert result.error.event == "expired"
    assert read_active(tmp_path / "box") is None


def test_stick_and_network_may_take_turns(released: Engine, settings: Settings, tmp_path: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    handler = partial(Quiet, directory=str(settings.repository))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        online = replace(SYNC, repository_url=f"http://127.0.0.1:{server.server_port}/")
        root = (settings.repository / "metadata" / "1.root.json").read_bytes()
        try:
            for number in range(3):
                bundle(settings, tmp_path / "stick", later(number))
                assert _carry(settings, tmp_path / "box", tmp_path / "stick", later(number)).error is None
                pull = attempt(tmp_path / "box", online, root, later(number), lambda done, total: None)
                assert pull.error is None
                assert _carry(settings, tmp_path / "box", tmp_path / "stick", later(number)).error is None
                refresh(settings, later(number + 0.5))
        finally:
            server.shutdown()
            thread.join()


def test_an_older_bundle_is_refused(released: Engine, settings: Settings, tmp_path: Path) -> None:
    bundle(settings, tmp_path / "old", NOW)
    bundle(settings, tmp_path / "new", NOW)
    assert _carry(settings, tmp_path / "box", tmp_path / "new", NOW).error is None
    result = _carry(settings, tmp_path / "box", tmp_path / "old", NOW)
    assert result.error
    assert result.error.event == "rollback"


def test_links_on_a_stick_are_not_followed(released: Engine, settings: Settings, tmp_path: Path) -> None:
    bundle(settings, tmp_path / "stick", NOW)
    timestamp = tmp_path / "stick" / "metadata" / "timestamp.json"
    timestamp.rename(tmp_path / "elsewhere")
    timestamp.symlink_to(tmp_path / "elsewhere")
    assert _carry(settings, tmp_path / "box", tmp_path / "stick", NOW).error


def test_a_changed_stick_brings_nothing(released: Engine, settings: Settings, tmp_path: Path) -> None:
    bundle(settings, tmp_path / "stick", NOW)
    for path in (tmp_path / "stick").rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] + b"\x00" + data[len(data) // 2 + 1 :])
        result = _carry(settings, tmp_path / f"box-{path.name}", tmp_path / "stick", NOW)
        path.write_bytes(data)
        active = read_active(tmp_path / f"box-{path.name}")
        assert (active is None) == (result.error is not None)
        assert active is None or "editions" not in str(path)


def test_a_folder_with_something_else_is_left_alone(
    released: Engine, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "holiday.jpg").touch()
    with pytest.raises(Refused):
        bundle(settings, tmp_path / "stick", NOW)


def test_nothing_published_is_nothing_to_carry(county: Engine, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        bundle(settings, tmp_path / "stick", NOW)
