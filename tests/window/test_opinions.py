"""Rating, questionnaire, farewell and calls on the screen: by touches, at every size, and never in anybody's way."""

from typing import TYPE_CHECKING

import pytest

from catalog.outbox import Call, Rating, outbox_path, read_rows
from kiosk.farewell import SECONDS
from kiosk.navigation import ATTRACT, HOME
from tests.window.conftest import STANDS
from tests.window.test_geometry import PANELS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow


def kept(stand: "Stand") -> list[object]:
    return [row.value() for row in read_rows(outbox_path(stand.state), {})]


def farewell(stand: "Stand") -> bool:
    return any(target.route == "do/skip" for target in stand.targets())


def erased(stand: "Stand") -> "Stand":
    """A kiosk from which somebody has just gone away."""
    stand.tap(HOME)
    stand.tap("events/person")
    stand.tap("do/erase")
    return stand


def test_a_service_is_rated_from_its_page(stand: "Stand") -> None:
    stand.go(f"service/{stand.service_id}")
    stand.go(f"rating/service/{stand.service_id}")
    assert stand.service_title in stand.words()
    stand.tap("do/pick/overall/2")
    stand.tap("do/tick/bad/attitude")
    stand.tap("do/send")
    assert "谢谢" in stand.words()
    (row,) = kept(stand)
    assert isinstance(row, Rating)
    assert (row.about, row.answers) == (
        f"service/{stand.service_id}",
        {"overall": (2,), "bad": ("attitude",)},
    )


def test_who_erases_is_asked_once_and_everything_is_gone_already(stand: "Stand") -> None:
    erased(stand)
    assert farewell(stand)
    assert stand.kiosk.navigator.trail == [ATTRACT]
    assert not stand.kiosk.visit.started
    stand.tap("do/skip")
    assert not farewell(stand)
    assert not stand.kiosk.visit.started


def test_a_face_after_erasing_is_the_beginning_of_a_rating(stand: "Stand") -> None:
    erased(stand)
    stand.tap("do/rate/zh/overall/5")
    assert not farewell(stand)
    stand.tap("do/send")
    assert [type(row) for row in kept(stand)] == [Rating]


def test_the_next_in_the_queue_starts_with_one_touch(stand: "Stand") -> None:
    erased(stand)
    stand.tap(HOME)
    assert stand.route == HOME
    assert not farewell(stand)


def test_the_farewell_goes_by_itself_and_does_not_come_after_somebody_left(stand: "Stand") -> None:
    erased(stand)
    stand.elapse(SECONDS - 1)
    assert farewell(stand)
    stand.elapse(1)
    assert not farewell(stand)
    stand.tap(HOME)
    stand.elapse(61)
    stand.elapse(21)
    assert stand.route == ATTRACT
    assert not farewell(stand)


def test_touches_between_the_faces_do_not_fall_through(stand: "Stand") -> None:
    from tests.window.stand import Finger

    erased(stand)
    face = stand.target("do/rate/zh/overall/5")
    finger = Finger(face.parent.x / 2, face.center_y)
    finger.down()
    finger.up()
    stand.settle()
    assert stand.route == ATTRACT
    assert farewell(stand)


def test_a_call_outlives_the_visit(stand: "Stand") -> None:
    stand.tap(HOME)
    stand.tap("guide")
    stand.tap("do/call")
    assert "已经叫人" in stand.words()
    stand.tap("do/erase")
    stand.tap(HOME)
    stand.tap("guide")
    stand.tap("do/withdraw")
    assert [row.state for row in kept(stand) if isinstance(row, Call)] == ["asked", "withdrawn"]


def test_without_the_county_the_guide_page_says_where_to_walk(stand: "Stand") -> None:
    stand.status(None)
    stand.go("guide")
    assert "连不上" in stand.words()


def test_counts_are_kept_when_the_kiosk_ends(stand: "Stand") -> None:
    erased(stand)
    stand.kiosk.on_stop()
    (row,) = kept(stand)
    counts = getattr(row, "counts", {})
    assert counts["visit"] == counts["page/home"] == counts["page/events"] == counts["act/erase"] == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_everything_fits(stands: STANDS, panel: str, language: str) -> None:
    from tests.window.geometry import faults

    stand = stands(*PANELS[panel], language)
    found: list[str] = []
    for mode in ("none", "large"):
        stand.go(HOME)
        stand.go(f"do/mode/{mode}")
        for routes in (
            ("rating", "do/pick/overall/1"),
            ("do/tick/bad/level",),
            ("survey/hall-satisfaction", "do/pick/q1/self"),
            ("guide", "do/call"),
        ):
            for route in routes:
                stand.go(route)
            found += faults(stand)
        stand.go("do/withdraw")
    stand.go("do/erase")
    found += faults(stand)
    assert not found, "\n".join(found)
