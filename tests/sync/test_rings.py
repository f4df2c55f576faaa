"""Editions that spread in rings: who takes them when, and what the server's keys cannot do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.box import Life, life_path, read_active, read_status
from catalog.rings import Plan, Ring
from catalog.text import encode
from county.database.engine import writing
from county.fleet import rollouts
from county.fleet.spreading import Stage
from county.publishing import spread
from county.repository import Repository, put
from county.signing import online
from county.signing.metadata import RINGS
from sync.__main__ import main
from tests.county.catalogue import organisation
from tests.sync.served import ServedCounty, now, served_county

pytestmark = pytest.mark.slow


@pytest.fixture
def county(tmp_path: Path) -> Iterator[ServedCounty]:
    """A county whose editions go to the group 试点 first, and which has published one."""
    with served_county(tmp_path / "county") as county:
        county.publish([organisation(1)])
        with writing(county.engine) as connection:
            rollouts.set_stages(connection, [Stage("first", 0, 0, "试点")], "admin", now())
        yield county


@pytest.fixture
def boxes(tmp_path: Path, county: ServedCounty) -> tuple[Path, Path]:
    """A box of the group and another."""
    pilot, other = tmp_path / "pilot", tmp_path / "other"
    for box, group in ((pilot, "试点"), (other, "")):
        assert main(["enrol", "--state", str(box), county.url, county.code(group=group).text]) == 0
        assert look(box) == 1
    return pilot, other


def look(box: Path) -> int:
    """Sync once; the edition that is shown then."""
    main(["--once", "--state", str(box)])
    active = read_active(box)
    return active.edition if active else 0


def step(county: ServedCounty) -> None:
    """What the server does every few seconds."""
    with writing(county.engine) as connection:
        rollouts.look(connection, now())
    spread(county.engine, county.settings, now())


def test_an_edition_goes_from_ring_to_ring(county: ServedCounty, boxes: tuple[Path, Path]) -> None:
    pilot, other = boxes
    assert county.publish([organisation(2)]) == 2
    assert look(other) == 1
    assert look(pilot) == 2
    step(county)
    assert look(other) == 1  # on probation
    life_path(pilot).write_bytes(encode(Life(started=now(), visits=99)))
    assert look(pilot) == 2
    step(county)
    assert look(other) == 2


def test_a_halted_edition_is_taken_by_nobody_until_it_is_resumed(
    county: ServedCounty, boxes: tuple[Path, Path]
) -> None:
    pilot, other = boxes
    county.publish([organisation(2)])
    with writing(county.engine) as connection:
        rollouts.halt(connection, "admin", "looks wrong", now())
    spread(county.engine, county.settings, now())
    assert (look(pilot), look(other)) == (1, 1)
    with writing(county.engine) as connection:
        rollouts.resume(connection, "admin", now())
    spread(county.engine, county.settings, now())
    assert (look(pilot), look(other)) == (2, 1)
    with writing(county.engine) as connection:
        rollouts.release(connection, "admin", now())
    spread(county.engine, county.settings, now())
    assert (look(pilot), look(other)) == (2, 2)


def test_a_box_never_goes_back_because_of_a_plan(county: ServedCounty, boxes: tuple[Path, Path]) -> None:
    pilot, _ = boxes
    county.publish([organisation(2)])
    assert look(pilot) == 2
    sign_plan(county, Plan(rings=(Ring(name="all", percent=100, edition=1),)))
    assert look(pilot) == 2


def test_a_plan_can_only_choose_among_signed_editions(county: ServedCounty, boxes: tuple[Path, Path]) -> None:
    _, other = boxes
    county.publish([organisation(2)])
    sign_plan(county, Plan(rings=(Ring(name="all", percent=100, edition=999),)))
    assert look(other) == 2
    status = read_status(other)
    assert status
    assert status.network == "ok"


def test_a_plan_that_is_none_stops_nothing_that_is_shown(
    county: ServedCounty, boxes: tuple[Path, Path]
) -> None:
    _, other = boxes
    county.publish([organisation(2)])
    repository = Repository(county.settings.repository)
    version = repository.rings().signed.version
    path = repository.metadata(f"{version}.rings.json")
    path.write_bytes(path.read_bytes().replace(b'"percent":100', b'"percent":101'))
    assert look(other) == 1
    status = read_status(other)
    assert status
    assert status.network == "untrusted"


def sign_plan(county: ServedCounty, plan: Plan) -> None:
    """What somebody with the server's keys can do."""
    repository = Repository(county.settings.repository)
    version = online.put_rings(county.settings, repository, plan, now(), put)
    versions = {**online.current(repository), RINGS: version}
    online.lead_to(county.settings, repository, versions, now(), put)
