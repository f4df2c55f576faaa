"""The county rings: an urgent edition is there in seconds; a bell that rings for nothing is listened to less."""

import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from catalog import fleet
from catalog.box import read_active, read_commands
from sync import bell
from sync.__main__ import main
from sync.bell import Bell, Rung, version
from sync.identity import Identity, read_identity
from tests.county.catalogue import organisation
from tests.sync.double import SETTINGS
from tests.sync.program import SYNC
from tests.sync.served import ServedCounty, served_county

pytestmark = pytest.mark.slow
PATIENCE = 30.0


@pytest.fixture
def county(tmp_path: Path) -> Iterator[ServedCounty]:
    with served_county(tmp_path / "county") as county:
        county.publish([organisation(1)])
        yield county


@pytest.fixture
def box(tmp_path: Path, county: ServedCounty) -> Path:
    state = tmp_path / "box"
    assert main(["enrol", "--state", str(state), county.url, county.code().text]) == 0
    assert main(["--once", "--state", str(state)]) == 0
    return state


def identity(box: Path) -> Identity:
    found = read_identity(box)
    assert found
    return found


def wait_until(holds: Callable[[], bool]) -> float:
    """Seconds until something holds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)
    return time.monotonic() - began


def shows(box: Path, edition: int) -> bool:
    active = read_active(box)
    return active is not None and active.edition == edition


def test_a_box_looks_when_the_county_rings(county: ServedCounty, box: Path) -> None:
    command = [*SYNC, "--state", str(box), "--interval", "3600"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stderr
            assert "unchanged" in program.stderr.readline()
            county.publish([organisation(1), organisation(2)])
            wait_until(lambda: shows(box, 2))
            asked = county.ask(identity(box).kiosk, "restart")
            wait_until(lambda: asked.id in {command.id for command in read_commands(box)})
        finally:
            program.terminate()


def test_waiting_boxes_are_answered_when_there_is_something(county: ServedCounty) -> None:
    url = f"{county.url}{fleet.WAIT[1:]}?version="
    now_there = requests.get(f"{url}0", timeout=PATIENCE).json()["version"]
    with ThreadPoolExecutor(20) as pool:
        waiting = [pool.submit(requests.get, f"{url}{now_there}", timeout=PATIENCE) for _ in range(20)]
        county.publish([organisation(1), organisation(2)])
        answers = [one.result(PATIENCE) for one in waiting]
    assert {answer.json()["version"] for answer in answers} == {now_there + 1}
    for wrong in ("x", "-1", "9" * 11):
        assert requests.get(f"{url}{wrong}", timeout=PATIENCE).status_code == 400


class Pauses(list[float]):
    """Sleeps without time passing."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ringing(
    monkeypatch: pytest.MonkeyPatch, box: Path, answers: list[Rung | Exception | None]
) -> tuple[Pauses, int]:
    """What a bell does when it is answered like this: how long it paused, and how often it rang."""
    pauses, rung = Pauses(), []

    def ask(_session: requests.Session, _url: str) -> Rung | None:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(bell, "_ask", ask)
    listener = Bell(box, identity(box), SETTINGS, lambda: rung.append(1), pauses)
    with requests.Session() as session:
        while answers:
            listener.hear(session)
    return pauses, len(rung)


def test_a_bell_that_rings_for_nothing_is_listened_to_less(
    monkeypatch: pytest.MonkeyPatch, box: Path
) -> None:
    pauses, rung = ringing(monkeypatch, box, [Rung(999, 1e9) for _ in range(12)])
    assert rung == 12
    assert max(pauses) <= bell.LONGEST
    assert sum(pauses[-3:]) > 60


def test_a_bell_that_is_not_there_is_tried_now_and_then(monkeypatch: pytest.MonkeyPatch, box: Path) -> None:
    pauses, rung = ringing(monkeypatch, box, [OSError(), ValueError(404), requests.ConnectionError()] * 5)
    assert rung == 0
    assert sum(pauses) > 600


def test_nothing_to_say_is_asked_again_at_once_but_not_faster(
    monkeypatch: pytest.MonkeyPatch, box: Path
) -> None:
    pauses, rung = ringing(monkeypatch, box, [None] * 5)
    assert rung == 0
    assert all(0.9 < pause <= bell.SHORTEST for pause in pauses)


def test_a_box_knows_which_timestamp_it_has(box: Path, tmp_path: Path) -> None:
    assert version(box) == 2
    assert version(tmp_path) == 0
