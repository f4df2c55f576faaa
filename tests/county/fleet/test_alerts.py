"""Alerts are raised once, stay a while, and are cleared; kiosks out of service raise none."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from catalog import fleet
from catalog.fleet import Report
from county.database.engine import writing
from county.errors import Refused
from county.fleet import alerts, kiosks, rollouts
from county.fleet.spreading import Stage
from tests.county.catalogue import NOW
from tests.county.fleet.box import TalkingBox
from tests.county.fleet.conftest import Clock

GOOD = Report(at=NOW, program="1", confirmed=NOW, disk_free=8 << 30)
BAD = replace(GOOD, failures=3)


def look(county: Engine, clock: Clock) -> set[str]:
    with writing(county) as connection:
        alerts.look(connection, clock())
        return {one.code for one in alerts.open_alerts(connection)}


def say(box: TalkingBox, said: Report, clock: Clock) -> None:
    box.send(fleet.REPORT, replace(said, at=clock(), confirmed=clock()))


def test_an_alert_is_raised_once_and_stays_a_while(county: Engine, box: TalkingBox, clock: Clock) -> None:
    say(box, GOOD, clock)
    assert look(county, clock) == set()
    for said, wrong in ((BAD, True), (GOOD, True), (BAD, True), (GOOD, True)):
        clock.advance(minutes=1)
        say(box, said, clock)
        assert (look(county, clock) == {"failing"}) == wrong
    clock.advance(minutes=2)
    say(box, GOOD, clock)
    assert look(county, clock) == set()
    with county.connect() as connection:
        (one,) = alerts.history(connection, box.kiosk)
    assert one.cleared == NOW + timedelta(minutes=6)


def test_silence_is_noticed_and_forgiven(county: Engine, box: TalkingBox, clock: Clock) -> None:
    say(box, GOOD, clock)
    clock.advance(minutes=6)
    assert look(county, clock) == {"silent"}
    clock.advance(minutes=6)
    say(box, GOOD, clock)
    assert look(county, clock) == set()


def test_a_kiosk_out_of_service_raises_nothing(county: Engine, box: TalkingBox, clock: Clock) -> None:
    say(box, BAD, clock)
    assert look(county, clock) == {"failing"}
    with writing(county) as connection:
        kiosks.put_in(connection, box.kiosk, "maintenance", "admin", clock())
    clock.advance(minutes=6)
    assert look(county, clock) == set()


@pytest.mark.parametrize(
    "stages",
    [
        [Stage("a", 1, 5), Stage("a", 10, 5)],
        [Stage("", 1, 5)],
        [Stage("a", 101, 5)],
        [Stage("a", -1, 5)],
        [Stage("a", 1, -5)],
        [Stage("a", 0, 5)],
    ],
)
def test_unusable_rings_are_refused(county: Engine, stages: list[Stage]) -> None:
    with pytest.raises(Refused), writing(county) as connection:
        rollouts.set_stages(connection, stages, "admin", NOW)


def test_rings_are_kept_in_their_order(county: Engine) -> None:
    stages = [Stage("pilot", 0, 5, "试点"), Stage("ten", 10, 60), Stage("half", 50, 60)]
    with writing(county) as connection:
        rollouts.set_stages(connection, stages, "admin", NOW)
        assert rollouts.stages(connection) == stages
        rollouts.set_stages(connection, [], "admin", NOW)
        assert rollouts.stages(connection) == []
    with pytest.raises(Refused), writing(county) as connection:
        rollouts.halt(connection, "admin", "", NOW)
