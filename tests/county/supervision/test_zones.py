"""Zones, inspections and visitors, on both databases."""

import msgspec
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from county.database.engine import writing
from county.errors import Refused
from county.supervision.zones import (
    STANDARDS,
    Sight,
    Zone,
    count_visitors,
    daily_visitors,
    inspect,
    inspections,
    keep_zone,
    met,
    newest,
    resolve,
    visitors,
    zones,
)
from tests.county.catalogue import NOW
from tests.county.supervision.grounds import TODAY

ZONE = Zone(id="zone-1", title="县体验区", level="county", longitude=116.0, latitude=36.0)
ALL = dict.fromkeys(STANDARDS, (True, ""))


@pytest.fixture
def register(engine: Engine) -> Engine:
    """A county with one zone."""
    with writing(engine) as connection:
        keep_zone(connection, ZONE, "watch", NOW)
    return engine


def test_a_zone_is_changed_and_closed_but_stays(register: Engine) -> None:
    closed = Zone(id="zone-1", title="新名称", level="town", closed=TODAY)
    with writing(register) as connection:
        keep_zone(connection, closed, "watch", NOW)
        keep_zone(connection, Zone(id="zone-2", title="村", level="village"), "watch", NOW)
    with register.connect() as connection:
        assert [zone.title for zone in zones(connection)] == ["村", "新名称"]
    with pytest.raises(DBAPIError), writing(register) as connection:
        connection.execute(text("DELETE FROM zone"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "../x"},
        {"id": "Zone"},
        {"id": ""},
        {"title": " "},
        {"title": "长" * 121},
        {"latitude": None},
        {"latitude": 91.0},
        {"longitude": float("nan")},
        {"opened": TODAY, "closed": TODAY.replace(year=2025)},
    ],
)
def test_what_is_no_zone(engine: Engine, wrong: dict[str, object]) -> None:
    given = {name: getattr(ZONE, name) for name in Zone.__slots__} | wrong
    with pytest.raises(Refused), writing(engine) as connection:
        keep_zone(connection, Zone(**given), "watch", NOW)


def test_an_inspection_and_its_follow_up(register: Engine) -> None:
    lacking = {**ALL, "signs": (False, "没有标志牌")}
    sight = Sight(zone="zone-1", day=TODAY, standards=lacking, follow_up="补标志牌", due=TODAY)
    with writing(register) as connection:
        number = inspect(connection, sight, "watch", NOW)
        (seen,) = inspections(connection, "zone-1")
        assert (met(seen), seen.open, seen.standards["signs"]) == (4, True, (False, "没有标志牌"))
        with pytest.raises(Refused, match="怎样整改"):
            resolve(connection, number, " ", "watch", NOW)
        resolve(connection, number, "已补", "watch", NOW)
        with pytest.raises(Refused, match="办结"):
            resolve(connection, number, "再补", "watch", NOW)
        inspect(connection, Sight(zone="zone-1", day=TODAY, standards=ALL), "watch", NOW)
        seen_all = inspections(connection)
    assert met(newest(seen_all)["zone-1"]) == 5
    assert met(None) == 0
    assert not any(one.open for one in seen_all)
    for attempt in ("UPDATE inspection SET note = 'x'", "DELETE FROM inspection"):
        with pytest.raises(DBAPIError), writing(register) as connection:
            connection.execute(text(attempt))


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "zone-9"},
        {"day": TODAY.replace(year=2027)},
        {"follow_up": "补"},
        {"follow_up": "补", "due": TODAY.replace(year=2025)},
    ],
)
def test_what_is_no_inspection(register: Engine, wrong: dict[str, object]) -> None:
    given = {"zone": "zone-1", "day": TODAY, "standards": ALL, **wrong}
    with pytest.raises(Refused), writing(register) as connection:
        inspect(connection, Sight(**given), "watch", NOW)  # type: ignore[arg-type]


def test_visitors_of_a_day_are_corrected_not_added(register: Engine) -> None:
    with writing(register) as connection:
        count_visitors(connection, "zone-1", TODAY, 40, "guide", NOW)
        count_visitors(connection, "zone-1", TODAY, 30, "guide", NOW)
        count_visitors(connection, "zone-1", TODAY.replace(day=1), 5, "guide", NOW)
        for number in (-1, 10**6):
            with pytest.raises(Refused):
                count_visitors(connection, "zone-1", TODAY, number, "guide", NOW)
        assert visitors(connection, TODAY, TODAY) == {"zone-1": 30}
        assert visitors(connection, TODAY.replace(day=1), TODAY) == {"zone-1": 35}
        assert daily_visitors(connection, "zone-1", TODAY, 7) == {TODAY: 30}


def test_standards_are_read_back(register: Engine) -> None:
    assert msgspec.json.decode(msgspec.json.encode(ALL), type=dict[str, tuple[bool, str]]) == ALL
