"""The map without a window: distances, crowds, names, filters, and geometry that people draw."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import Outline, Place
from screens.map.chart import Chart, Fit, Mark, free_spot, overlap, spots
from screens.map.ground import Ground, Plane, View, around, ground
from screens.map.page import (
    CLOSEST,
    Choice,
    distance_text,
    features_page,
    group_page,
    kinds_page,
    map_page,
    nearest,
    parsed,
    zoom_of,
)
from screens.shared.words import load_words

WORDS = load_words("zh")
SQUARE = [[117.0, 36.0], [117.2, 36.0], [117.2, 36.2], [117.0, 36.2], [117.0, 36.0]]
COUNTY = Outline(
    id="c", outline_kind="county", title="县", geometry={"type": "Polygon", "coordinates": [SQUARE]}
)
TOWN = Outline(
    id="t",
    outline_kind="town",
    title="镇",
    seat=(117.1, 36.1),
    geometry={"type": "MultiPolygon", "coordinates": [[SQUARE]]},
)


def place(name: str, latitude: float = 36.1, longitude: float = 117.1, **given: Any) -> Place:
    return Place(
        id=name,
        title=name,
        category=given.pop("category", "医院"),
        latitude=latitude,
        longitude=longitude,
        **given,
    )


def test_distances_are_right_to_a_few_metres() -> None:
    plane = Plane(117.1, 36.1)
    assert plane.point(117.1, 36.2) == pytest.approx((0, 11.12), abs=0.01)
    assert plane.point(117.2, 36.1) == pytest.approx((8.985, 0), abs=0.01)


def test_a_ground_has_its_shapes_names_and_view() -> None:
    found = ground([TOWN, COUNTY], [])
    assert [shape.kind for shape in found.shapes] == ["county", "town"]
    assert found.view
    assert found.view.height == pytest.approx(22.24, abs=0.01)
    assert found.names[0].text == "镇"
    assert (found.names[0].x, found.names[0].y) == pytest.approx((0, 0))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(-200, 200) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=20,
)
KINDS = st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "MultiLineString", "?"])


@given(KINDS, JSON)
def test_any_geometry_is_drawn_or_left_out(kind: str, coordinates: Any) -> None:
    outline = Outline(
        id="x", outline_kind="road", title="", geometry={"type": kind, "coordinates": coordinates}
    )
    for shape in ground([outline], []).shapes:
        assert all(len(line) > 1 for line in shape.lines)


def test_without_outlines_there_is_no_view_and_distances_still_hold() -> None:
    far = place("far", 36.2)
    found = ground([], [place("near"), far])
    assert found.view is None
    assert distance_text(far, found, (0.0, 0.0), WORDS) == "约 11 公里"


def test_distance_in_words() -> None:
    plain = Ground(Plane(117.1, 36.1))

    def said(kilometres: float) -> str:
        return distance_text(place("a", 36.1 + kilometres / 111.195), plain, (0.0, 0.0), WORDS)

    assert [said(k) for k in (0, 0.35, 0.994, 1.23, 9.96, 30.2)] == [
        "就在这里",
        "约 350 米",
        "约 990 米",
        "约 1.2 公里",
        "约 10 公里",
        "约 30 公里",
    ]
    assert distance_text(place("a"), plain, None, WORDS) == ""


POINTS = st.lists(st.tuples(st.floats(-12, 12), st.floats(-12, 12)), min_size=1, max_size=60)


@given(POINTS, st.integers(0, CLOSEST), st.floats(300, 1800), st.floats(200, 1200))
def test_marks_never_come_closer_than_the_gap_and_nobody_is_lost(
    points: list[tuple[float, float]], zoom: int, width: float, height: float
) -> None:
    side, gap = 60.0, 7.0
    marks = tuple(Mark(str(n), "", x, y) for n, (x, y) in enumerate(points))
    view = View(0, 0, 24, 24).zoomed(zoom, points[0])
    fit = Fit(view, width, height, side / 2 + gap)
    found = spots(Chart(Ground(Plane(0, 0)), view, marks), fit, side, gap)
    for one, other in combinations(found, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= side + gap
    for spot in found:
        assert fit.holds((spot.x, spot.y), side / 2)
    in_sight = sum(fit.holds(fit.pixel(point), side / 2) for point in points)
    assert sum(spot.count for spot in found) == in_sight
    assert zoom or in_sight == len(points)


def test_a_group_that_cannot_be_told_apart_is_not_to_be_touched_again() -> None:
    marks = (Mark("a", "", 0, 0), Mark("b", "", 0, 0))
    fit = Fit(View(0, 0, 1, 1), 500, 500, 30)
    chart = Chart(Ground(Plane(0, 0)), fit.view, marks)
    assert [spot.route for spot in spots(chart, fit, 60, 7)] == ["group/a+b"]
    again = Chart(Ground(Plane(0, 0)), fit.view, marks, shown=frozenset("ab"))
    assert [spot.route for spot in spots(again, fit, 60, 7)] == [""]


BOXES = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)).map(lambda p: (*p, p[0] + 60, p[1] + 60)))


@given(st.tuples(st.floats(-50, 450), st.floats(-50, 450)), BOXES)
def test_a_name_touches_nothing_and_stays_on_the_map(
    at: tuple[float, float], taken: list[tuple[float, float, float, float]]
) -> None:
    box = free_spot(at, (90, 30), taken, (400, 400), (7, 40))
    if box:
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 400 and box[3] <= 400  # noqa: PT018
        assert not any(overlap(box, other) for other in taken)


def test_a_view_stays_inside_the_one_it_enlarges() -> None:
    found = View(0, 0, 40, 30).zoomed(1, (100, -100))
    assert found == View(10, -7.5, 20, 15)
    assert around([(1, 2)], 0.4) == View(1, 2, 0.4, 0.4)


WORD = st.text(min_size=1, max_size=8).filter(lambda word: word != "all")


@given(WORD, WORD, st.integers(0, CLOSEST))
def test_a_route_says_what_is_wanted(kind: str, feature: str, zoom: int) -> None:
    choice = Choice(kind, feature, zoom)
    assert parsed(choice.route().partition("/")[2]) == choice


def test_unreadable_routes_want_everything() -> None:
    assert parsed("") == parsed("all/all/99") == parsed("//x") == Choice()
    assert [zoom_of(text) for text in ("²", "-1", "5", "4")] == [0, 0, 0, 4]


PLACES = [
    place("far", 36.15, accessibility=("坡道",)),
    place("near", 36.1001, category="学校", accessibility=("坡道", "坡道", "电梯")),
    place("outside", 39.0),
]


def test_the_nearest_first_and_by_name_when_nobody_knows_where_the_kiosk_is() -> None:
    county = ground([COUNTY], PLACES)
    assert [p.id for p in nearest(PLACES, county, (0.0, 0.0))] == ["near", "far", "outside"]
    assert [p.id for p in nearest(PLACES, county, None)] == ["far", "near", "outside"]


def test_filters_keep_each_other() -> None:
    county = ground([COUNTY], PLACES)
    page = map_page(Choice("all", "坡道", 1), PLACES, county, (0.0, 0.0), "floor", WORDS)
    assert [tile.route for tile in page.places] == ["place/near", "place/far"]
    assert [tile.route for tile in page.filters] == ["map-kinds/all/坡道", "map-features/all/坡道"]
    assert [tile.route for tile in page.buttons] == ["map/all/坡道/2", "map/all/坡道", "floor"]
    kinds = kinds_page(Choice("医院", "坡道"), PLACES, WORDS).events
    assert [(tile.title, tile.route) for tile in kinds[1:]] == [
        ("医院", "map/医院/坡道"),
        ("学校", "map/学校/坡道"),
    ]
    features = features_page(Choice("学校", "坡道"), PLACES, WORDS).events
    assert [(tile.title, tile.hint) for tile in features[1:]] == [("坡道", "1 处"), ("电梯", "1 处")]


def test_nothing_found_and_no_outlines_still_lead_on() -> None:
    page = map_page(Choice("没有"), PLACES, ground([], PLACES), None, "", WORDS)
    assert (page.chart, page.buttons) == (None, ())
    assert [tile.route for tile in page.places] == ["map"]
    group = group_page(PLACES[:2], 0, ground([], PLACES), None, WORDS)
    assert [tile.route for tile in group.buttons] == ["map"]
