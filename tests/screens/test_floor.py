"""The floor plan without a window: what is lit and said, and where names find room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import FloorPlan
from catalog.records.county import Facility, Floor, HallZone, Window
from screens.floor.page import FloorPage, floor_page, window_route
from screens.floor.scale import PlanFit, room, strips, touchable
from screens.shared.item import Paragraph, Tile
from screens.shared.words import load_words

WORDS = load_words("zh")
PLAN = FloorPlan(
    id="hall",
    title="某县政务服务中心",
    width=60,
    depth=40,
    opening_hours="9:00-17:00",
    floors=(Floor(floor=1, title="1 楼"), Floor(floor=2, title="2 楼")),
    zones=(
        HallZone(floor=1, code="A", title="户政区", x=2, y=2, width=27, depth=12),
        HallZone(floor=2, code="B", title="住房区", x=2, y=2, width=27, depth=12),
    ),
    windows=(
        Window(floor=1, zone="A", code="A02", x=5, y=7, organisation="公安局", handles="身份证"),
        Window(floor=1, zone="A", code="A01", x=3, y=7, organisation="公安局", handles="户口"),
        Window(floor=2, zone="B", code="A01", x=3, y=7, organisation="住建局"),
    ),
    facilities=(
        Facility(id="lift", floor=1, kind="电梯", title="无障碍电梯", x=30, y=20, accessible=True),
        Facility(id="desk", floor=2, kind="导办台", title="导办台", x=30, y=20, note="有老花镜"),
    ),
)
HERE = (1, 30.0, 20.0)


def said(page: FloorPage | None) -> str:
    """Everything that the page says."""
    assert page
    parts = (item.text if isinstance(item, Paragraph) else f"{item.title} {item.hint}" for item in page.items)
    return "\n".join(parts)


def test_the_asked_window_is_lit_alone_and_said_in_words() -> None:
    page = floor_page(PLAN, 1, "A02", HERE, WORDS)
    assert page
    assert page.drawing
    assert [(pin.x, pin.y) for pin in page.drawing.pins if pin.lit] == [(5, 7)]
    assert [zone.code for zone in page.drawing.zones if zone.lit] == ["A"]
    assert page.drawing.lit == "A02"
    for words in ("1 楼 · A02 窗口", "A 区 户政区", "从左数第 2 个", "约 30 米", "公安局", "身份证"):
        assert words in said(page)


def test_a_window_on_another_floor_says_how_to_get_there() -> None:
    assert "请乘无障碍电梯到 2 楼" in said(floor_page(PLAN, 2, "A01", HERE, WORDS))
    assert "请到 1 楼" in said(floor_page(PLAN, 1, "A01", (2, 1, 1), WORDS))
    assert "楼" not in said(floor_page(PLAN, 2, "A01", None, WORDS)).replace("2 楼 ·", "")


def test_a_floor_shows_where_the_kiosk_stands_only_when_it_is_there() -> None:
    for floor, here in ((1, (30.0, 20.0)), (2, None)):
        page = floor_page(PLAN, floor, "", HERE, WORDS)
        assert page
        assert page.drawing
        assert page.drawing.here == here


def test_zones_lead_to_their_windows_and_facilities_light_up() -> None:
    page = floor_page(PLAN, 1, "", None, WORDS)
    assert page
    routes = [item.route for item in page.items if isinstance(item, Tile)]
    assert routes == ["floor/1/A", "floor/1/lift"]
    zone = floor_page(PLAN, 1, "A", None, WORDS)
    assert zone
    assert [item.route for item in zone.items if isinstance(item, Tile)] == ["floor/1/A02", "floor/1/A01"]
    assert "有老花镜" in said(floor_page(PLAN, 2, "desk", None, WORDS))


@pytest.mark.parametrize(("floor", "code"), [(3, ""), (1, "A09"), (2, "A02"), (1, "desk")])
def test_what_is_not_there_is_no_page(floor: int, code: str) -> None:
    assert floor_page(PLAN, floor, code, HERE, WORDS) is None


@pytest.mark.parametrize(
    ("address", "floor", "window", "route"),
    [
        ("政务服务中心 1 楼 A02", 1, "A02", "floor/1/A02"),
        ("某县政务服务中心 1 楼 A02", 1, "A02", "floor/1/A02"),
        ("车辆管理所 1 楼 A02", 1, "A02", ""),
        ("政务服务中心 1 楼 A07", 1, "A07", ""),
        ("政务服务中心", None, "", ""),
        ("", 1, "A02", "floor/1/A02"),
    ],
)
def test_only_windows_of_this_hall_are_shown(
    address: str, floor: int | None, window: str, route: str
) -> None:
    assert window_route(PLAN, address, floor, window) == route
    assert window_route(None, address, floor, window) == ""


def test_the_plan_fills_the_picture_with_north_above() -> None:
    fit = PlanFit(60, 40, 1000, 1000, 20)
    assert fit.scale == 16
    assert fit.point(30, 20) == (500, 500)
    assert fit.box(0, 0, 60, 40) == (20, 180, 980, 820)


def test_zones_are_touched_only_when_all_can_be() -> None:
    apart = [(0.0, 0.0, 40.0, 40.0), (50.0, 0.0, 90.0, 40.0)]
    assert touchable(apart, 30, 6)
    assert not touchable(apart, 50, 6)
    assert not touchable(apart, 30, 12)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 100)), max_size=12), st.floats(1, 15))
def test_a_zone_s_name_covers_none_of_its_windows(points: list[tuple[float, float]], half: float) -> None:
    box = (0.0, 0.0, 300.0, 100.0)
    found = strips(box, points, half)
    heights = [high - low for low, high in found]
    assert all(one >= other for one, other in pairwise(heights))
    for low, high in found:
        if free := room((0, low, 300, high), (120, 20), []):
            assert not any(free[1] - half < y < free[3] + half for _, y in points)


def test_a_name_moves_aside_before_it_gives_up() -> None:
    assert room((0, 0, 100, 20), (40, 20), []) == (30, 0, 70, 20)
    assert room((0, 0, 100, 20), (40, 20), [(45, 0, 60, 20)]) == (0, 0, 40, 20)
    assert room((0, 0, 100, 20), (40, 20), [(10, 0, 60, 20)]) == (60, 0, 100, 20)
    assert room((0, 0, 100, 20), (40, 20), [(30, 0, 70, 20)]) is None
    assert room((0, 0, 30, 20), (40, 20), []) is None
