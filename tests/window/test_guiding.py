"""Guided questions by touch, from the attract screen to paper and back; how they fit on every panel."""

from typing import TYPE_CHECKING, Any

import cv2
import pytest
import zxingcpp

from catalog.guided.engine import counted
from catalog.guided.fragment import decode
from kiosk.walks import outcome
from tests.kiosk.cups import Cups
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
BABY = "life_event/having-a-baby"
PANELS = {"portrait": ((1080, 1920), 43.0), "landscape": ((1920, 1080), 43.0), "old": ((768, 1366), 32.0)}
EVERYTHING = ("large", "contrast", "low-reach")


def page(stand: "Stand") -> Any:
    return stand.kiosk._frame.shown.page


def answer(stand: "Stand", *values: str) -> None:
    """Touch an option and go on, on each of the next questions."""
    for value in values:
        question = page(stand).options[-1].route.split("/")[2]
        stand.tap(f"do/answer/{question}/{value}")
        stand.tap(page(stand).next_route)


def test_a_visitor_answers_scans_prints_and_leaves_nothing(printing: "Stand", cups: Cups) -> None:
    stand = printing
    stand.tap("home")
    stand.go("event/having-a-baby")
    stand.tap(f"question/{BABY}")
    stand.tap("do/answer/done/vaccine")
    stand.tap("do/answer/done/none")
    assert not page(stand).options[3].chosen
    stand.tap(page(stand).next_route)
    answer(stand, "here", "married", "mother", "employee", "parents")
    assert stand.route == f"result/{BABY}"
    walk = stand.kiosk.visit.walks["life_event", "having-a-baby"]
    (seen,) = zxingcpp.read_barcodes(cv2.cvtColor(stand.picture(), cv2.COLOR_RGB2GRAY))
    carried = seen.text.partition("#a=")[2]
    assert decode(walk.flow, stand.catalogue.towns, carried) == counted(walk.flow, walk.answers)
    titles = [one.paper.title for one in outcome(walk, stand.catalogue).papers if one.paper.group == "bring"]
    assert [title for title in titles if title not in stand.words()] == []
    stand.tap(f"do/choose/answers/{BABY}")
    stand.tap(f"handoff/answers/{BABY}")
    stand.go(f"do/print/answers/{BABY}")
    stand.until(lambda: stand.kiosk.visit.printing.stage == "done", 60)
    assert cups.printed.startswith(b"%PDF-")
    stand.tap("do/erase")
    stand.elapse(13)
    assert stand.route == "attract"
    assert not stand.kiosk.visit.walks
    stand.tap("home")
    stand.go("event/having-a-baby")
    assert stand.target(f"question/{BABY}")


def test_back_and_change_by_touch(stand: "Stand") -> None:
    stand.tap("home")
    stand.go("event/having-a-baby")
    stand.tap(f"question/{BABY}")
    answer(stand, "none", "here", "married")
    stand.tap("do/back")
    stand.tap("do/back")
    assert "已选" in stand.words()
    stand.tap("do/answer/birth_place/home")
    stand.tap(page(stand).next_route)
    stand.tap(page(stand).next_route)
    answer(stand, "mother", "employee", "parents")
    stand.tap(f"answers/{BABY}")
    stand.tap(f"question/{BABY}/maternity/change")
    stand.tap("do/answer/maternity/resident")
    stand.tap(f"result/{BABY}")
    answers = stand.kiosk.visit.walks["life_event", "having-a-baby"].answers
    assert (answers["birth_place"], answers["maternity"], answers["who"]) == ("home", "resident", "parents")
    stand.tap(f"result/{BABY}/windows")
    stand.tap(page(stand).tiles[0].route)
    assert stand.route.startswith("floor/")


def test_a_number_and_a_date_by_touch(stand: "Stand") -> None:
    stand.go("home")
    stand.go("question/life_event/retiring")
    stand.tap("do/answer/scheme/unit")
    stand.go("question/life_event/retiring/birth")
    for digits in ("196", "1966", "196603", "19660309"):
        stand.tap(f"do/answer/birth/{digits}")
    assert "1966年3月9日" in stand.words()
    stand.go("question/life_event/retiring/years")
    for digit in "31":
        stand.tap(f"do/answer/years/{digit}")
    assert "31" in stand.words().splitlines()


def states(stand: "Stand") -> list[str]:
    """What the geometry finds on pages that answers make."""
    from tests.window.geometry import faults

    found: list[str] = []

    def look(*routes: str) -> None:
        for route in routes:
            stand.go(route)
        found.extend(faults(stand))

    look("home", f"question/{BABY}/done", "do/answer/done/cert", "do/answer/done/vaccine")
    look("home", "question/life_event/disability-services/age", "do/answer/age/7", "do/answer/age/1")
    look("home", "question/life_event/low-income-help/town", "do/answer/town/unsure")
    look(
        "home", "question/life_event/retiring", "do/answer/scheme/unit", "question/life_event/retiring/birth"
    )
    for digits in ("196", "1966", "196603", "19660309"):
        look(f"do/answer/birth/{digits}")
    look("home", f"result/{BABY}")
    for part in ("windows", "services", "not-needed"):
        look(f"result/{BABY}/{part}")
    look("home", f"answers/{BABY}", f"handoff/answers/{BABY}")
    return found


@pytest.mark.parametrize(("name", "language"), [("portrait", "en"), ("landscape", "zh"), ("old", "en")])
def test_what_answers_make_fits(stands: STANDS, name: str, language: str) -> None:
    """As it is, and with all modes at once."""
    stand = stands(*PANELS[name], language)
    found = states(stand)
    for mode in EVERYTHING:
        stand.go(f"do/mode/{mode}")
    found += states(stand)
    assert not found, "\n".join(found)
