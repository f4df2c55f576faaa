"""The map of the county: what is touched where, on every panel, and counties with less than the demonstration's."""

from dataclasses import replace
from typing import TYPE_CHECKING

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


def test_marks_are_large_and_apart_and_nothing_is_cut(panel: "Stand") -> None:
    from tests.window.geometry import faults

    places = panel.catalogue.places
    longest = max(places, key=lambda place: len(place.title)).id
    fullest = max(places, key=lambda place: len(place.services)).id
    crowd = "+".join(place.id for place in places[:9])
    found: list[str] = []
    for route in (
        "map",
        "map/all/all/2",
        "map/all/all/4",
        "map/nothing",
        f"group/{crowd}",
        "map-kinds/all/all",
        "map-features/all/all",
        f"place/{longest}",
        f"place/{fullest}",
    ):
        panel.kiosk.go("home")
        panel.go(route)
        found += faults(panel)
    assert not found, "\n".join(found)


def test_a_visitor_finds_a_place_by_touches_alone(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("map")
    crowds = [w.route for w in stand.targets() if w.route.startswith("group/")]
    assert crowds
    stand.tap(crowds[0])
    ids = crowds[0].partition("/")[2].split("+")
    listed = {w.route for w in stand.targets() if w.route.startswith("place/")}
    assert listed
    assert listed <= {f"place/{one}" for one in ids}
    first = stand.kiosk._frame.shown.page.places[0].route
    stand.tap(first)
    assert stand.route == first
    assert stand.kiosk._frame.shown.handoff.url
    stand.go("do/back")
    stand.go("do/back")
    assert stand.route == "map"


def test_touching_crowds_comes_to_single_places(stand: "Stand") -> None:
    stand.go("map")
    while crowds := [w.route for w in stand.targets() if type(w).__name__ == "CrowdMark"]:
        before = len(stand.kiosk.navigator.trail)
        stand.go(max(crowds, key=len))
        assert len(stand.kiosk.navigator.trail) == before + 1 < 12


def test_filters_and_zoom_stay_one_step_on_the_trail(stand: "Stand") -> None:
    kind = stand.catalogue.places[0].category
    for route in ("map", "map-kinds/all/all", f"map/{kind}", f"map/{kind}/all/1", f"map/{kind}/all/2"):
        stand.go(route)
    assert stand.kiosk.navigator.trail == ["home", f"map/{kind}/all/2"]


def test_the_ground_is_drawn_once_while_only_the_filter_changes(stand: "Stand") -> None:
    stand.go("map")
    view = next(w for w in stand.widgets() if type(w).__name__ == "MapView")
    ground = list(view.ids.paper.children)
    assert ground
    stand.go(f"map/{stand.catalogue.places[0].category}")
    assert list(view.ids.paper.children) == ground


def test_a_county_without_outlines_has_the_list(stand: "Stand") -> None:
    from tests.window.geometry import faults

    catalogue = stand.catalogue
    catalogue.__dict__["ground"] = replace(catalogue.ground, view=None, shapes=(), names=())
    stand.go("map")
    assert not [w for w in stand.widgets() if type(w).__name__ == "MapView"]
    assert [w for w in stand.targets() if w.route.startswith("place/")]
    assert [w for w in stand.targets() if w.route == "floor"]
    assert not faults(stand)
    catalogue.__dict__.update(plan=None, places=[])
    stand.go("home")
    stand.go("map")
    assert not [w for w in stand.targets() if w.route == "floor"]
    assert "还没有登记便民点" in stand.words()
    assert "换个条件" not in stand.words()
    assert {"search", "guide"} <= {w.route for w in stand.targets()}
