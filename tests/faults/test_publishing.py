"""F14: boxes pull all the while that the county publishes; none fails, and none sees parts of two editions."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from county.founding import found
from county.repository import Repository
from county.settings import read_settings
from sync.attempt import attempt, locked, trust
from tests.county.catalogue import organisation
from tests.faults.conftest import Size
from tests.faults.scene import SETTINGS, check_edition, now
from tests.sync.served import ServedCounty


def follow(state: Path, repository: Path, root: bytes, over: Event) -> Sequence[int]:
    """Pull again and again as one box; the editions that it showed."""
    shown = []
    while not over.is_set():
        with locked(state):
            result = attempt(state, SETTINGS, root, now(), lambda done, total: None, repository)
        assert result.error is None, result.error
        shown.append(check_edition(state))
    return shown


def test_nobody_sees_a_publication_half_done(size: Size, tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "county", title="测试县")
    county = ServedCounty(settings, found(settings, {}, "tester", now()).engine, "")
    repository, over = Repository(settings.repository), Event()
    root = repository.metadata("1.root.json")
    county.publish([organisation(1)])
    boxes = [tmp_path / f"box-{number}" for number in range(size.of(4, 25, 100))]
    for box in boxes:
        trust(box, root)
    with ThreadPoolExecutor(len(boxes)) as pool:
        data = root.read_bytes()
        pulling = [pool.submit(follow, box, repository.folder, data, over) for box in boxes]
        try:
            for number in range(size.of(5, 40, 200)):
                county.publish([organisation(office, phone=f"0951-{number:07}") for office in range(1, 4)])
        finally:
            over.set()
            county.engine.dispose()
        shown = [one.result() for one in pulling]
    assert all(list(editions) == sorted(editions) for editions in shown)
    assert len({edition for editions in shown for edition in editions}) > 1, "control: they pulled meanwhile"
