"""Policy match by touches: taps are marked, nothing is cut, and what was tapped is gone with the visit."""

from typing import TYPE_CHECKING

import pytest

from tests.size import LONG
from tests.window.conftest import STANDS
from tests.window.test_geometry import PANELS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow


def test_from_home_to_a_clause_and_its_code(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("match/person")
    stand.tap("do/tap/id-low-income")
    assert "checkbox-marked" in [w.name for w in stand.widgets() if getattr(w, "name", "")]
    stand.tap("match/person/2")
    stand.tap("do/tap/age-80")
    stand.tap("matched/person")
    assert "很可能符合" in stand.words()
    stand.tap("clause/person/ageing-home-2026/1")
    assert "您点的符合这一条" in stand.words()
    assert stand.kiosk._drawn.screen("clause").handoff.url.endswith("#c=1.2.3")
    stand.tap("do/back")
    assert stand.route == "matched/person"
    stand.tap("match/person")
    assert stand.kiosk.navigator.trail == ["home", "match/person"]


def test_back_changes_an_answer_and_keeps_the_others(stand: "Stand") -> None:
    stand.tap("home")
    for route in ("match/person", "do/tap/id-farmer", "match/person/2", "do/tap/age-80", "match/person/3"):
        stand.tap(route)
    stand.tap("do/back")
    assert stand.route == "match/person/2"
    stand.tap("do/tap/age-80")
    stand.tap("do/tap-none/age-16-35")
    assert stand.kiosk.visit.traits == {"身份": ("id-farmer",), "年龄": ()}
    stand.tap("do/back")
    stand.tap("do/back")
    assert stand.route == "home"


def test_erasing_forgets_the_taps(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("match/person")
    stand.tap("do/tap/id-farmer")
    stand.tap("do/erase")
    assert stand.kiosk.visit.traits == {}
    stand.tap("do/skip")
    stand.tap("home")
    stand.tap("match/person")
    assert "checkbox-marked" not in [w.name for w in stand.widgets() if getattr(w, "name", "")]


MODES = (("none",), ("large", "low-reach"))


@pytest.mark.parametrize(("language", "turn"), [("zh", 0), ("en", 1)])
@pytest.mark.parametrize("panel", PANELS)
def test_everything_fits(stands: STANDS, panel: str, language: str, turn: int) -> None:
    """With and without modes when LONG; otherwise in one of both, in turn, so that every pair still occurs."""
    from tests.window.geometry import faults

    stand = stands(*PANELS[panel], language)
    found: list[str] = []
    turn = (turn + list(PANELS).index(panel)) % 2
    for modes in MODES if LONG else MODES[turn : turn + 1]:
        stand.go("home")
        for mode in modes:
            stand.go(f"do/mode/{mode}")
        for routes in (
            ("match/person", "do/tap/id-farmer"),
            ("match/person/2",),
            ("do/tap/age-60-79", "matched/person"),
            ("clause/person/specialty-farming-2025/1",),
        ):
            for route in routes:
                stand.go(route)
            found += [f"{'+'.join(modes)} {routes[-1]}: {fault}" for fault in faults(stand)]
        stand.kiosk.visit.traits.clear()
    assert not found, "\n".join(found)
