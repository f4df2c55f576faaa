"""The plan of the service hall: the window that is asked for is lit, on every panel."""

from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.window.conftest import STANDS
from tests.window.test_geometry import PANELS

if TYPE_CHECKING:
    from tests.window.stand import Stand


@pytest.fixture(params=[("small", "zh"), ("landscape", "en")], ids="-".join)
def panel(request: pytest.FixtureRequest, stands: STANDS) -> "Stand":
    name, language = request.param
    size, inches = PANELS[name]
    return stands(size, inches, language)


def lit(stand: "Stand") -> list[str]:
    """The names beside lit pins."""
    return [label.text for label in stand.labels() if type(label).__name__ == "LitName"]


def test_every_floor_and_kind_of_thing(panel: "Stand") -> None:
    from tests.window.geometry import faults

    kiosk = panel.kiosk
    kiosk._settings = msgspec.structs.replace(kiosk._settings, hall_floor=1, hall_x=50.0, hall_y=24.0)
    plan = panel.catalogue.plan
    assert plan
    widest = max(plan.windows, key=lambda window: len(window.handles))
    found: list[str] = []
    for route in (
        "floor",
        *(f"floor/{floor.floor}" for floor in plan.floors),
        f"floor/{widest.floor}/{widest.code}",
        f"floor/{plan.windows[0].floor}/{plan.windows[0].code}",
        f"floor/{plan.windows[-1].floor}/{plan.windows[-1].code}",
        f"floor/{plan.zones[0].floor}/{plan.zones[0].code}",
        f"floor/{plan.facilities[0].floor}/{plan.facilities[0].id}",
    ):
        panel.go(route)
        found += faults(panel)
        assert len(lit(panel)) == (route.count("/") == 2 and "/A" not in route[-2:]), route
    assert not found, "\n".join(found)


def test_from_a_zone_to_its_window(stand: "Stand") -> None:
    plan = stand.catalogue.plan
    assert plan
    zone = plan.zones[0]
    window = next(w for w in plan.windows if (w.floor, w.zone) == (zone.floor, zone.code))
    stand.go(f"floor/{zone.floor}")
    assert not lit(stand)
    stand.tap(f"floor/{zone.floor}/{zone.code}")
    assert zone.title in stand.words()
    stand.tap(f"floor/{zone.floor}/{window.code}")
    assert lit(stand) == [window.code]
    assert window.organisation in stand.words()
    stand.go("do/back")
    assert stand.route == "home"


def test_from_a_service_to_its_window_and_to_the_places_where_it_is_done(stand: "Stand") -> None:
    service = next(s for s in stand.catalogue.services if s.channel.window)
    stand.go(f"service/{service.id}")
    stand.tap(f"floor/{service.channel.floor}/{service.channel.window}")
    assert lit(stand) == [service.channel.window]
    stand.go("do/back")
    assert stand.route == f"service/{service.id}"
    places = [place.id for place in stand.catalogue.places if service.id in place.services]
    assert places
    stand.tap(f"group/{'+'.join(places)}")
    assert {tile.route for tile in stand.kiosk._frame.shown.page.places} == {f"place/{one}" for one in places}
