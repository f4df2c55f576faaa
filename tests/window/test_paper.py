"""Carrying things away: the list with its one code, text without a network, a typed code, and paper."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import pytest
import zxingcpp

from catalog.codes import codes, split
from catalog.links import PAGES
from tests.kiosk.cups import Cups
from tests.sample import COUNTY
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
PANELS = [((1080, 1920), 43.0), ((1920, 1080), 43.0), ((768, 1366), 32.0)]
OFFICE = Callable[[str], "Stand"]


@pytest.fixture
def printing(printing: "Stand") -> "Stand":
    """A service on the screen of a kiosk with a printer."""
    printing.go("home")
    printing.go(f"handoff/service/{printing.service_id}")
    return printing


def until(stand: "Stand", stage: str) -> None:
    stand.until(lambda: stand.kiosk.visit.printing.stage == stage, 30)


def code_on(stand: "Stand") -> str:
    (found,) = zxingcpp.read_barcodes(cv2.cvtColor(stand.picture(), cv2.COLOR_RGB2GRAY))
    return str(found.text)


def test_a_sheet_is_printed(printing: "Stand", cups: Cups) -> None:
    route = f"do/print/service/{printing.service_id}"
    printing.tap(route)
    assert "正在打印" in printing.words()
    assert not [target for target in printing.targets() if target.route == route]
    until(printing, "done")
    assert "请从下方取走" in printing.words()
    assert cups.printed.startswith(b"%PDF-")
    printing.tap("do/erase")
    assert not cups.waiting


@pytest.mark.parametrize(("fault", "said"), [("empty", "没有纸"), ("jam", "卡纸"), ("asleep", "没有反应")])
def test_a_fault_is_told_and_the_other_ways_are_there(
    printing: "Stand", cups: Cups, monkeypatch: pytest.MonkeyPatch, fault: str, said: str
) -> None:
    monkeypatch.setattr(printing.kiosk._printer, "_maker", [cups.maker])
    cups.fault(fault)
    printing.tap(f"do/print/service/{printing.service_id}")
    began = printing.seconds
    while printing.kiosk.visit.printing.stage == "working":
        printing.elapse(0.1)
    assert printing.seconds - began <= 20
    words = printing.words()
    assert said in words
    assert "127.0.0.1:8080/k" in words
    assert "导办台" in words
    assert code_on(printing).startswith(COUNTY.public_url)
    cups.fault("fine")
    printing.until(lambda: not cups.waiting, 10)
    assert not cups.printed


def test_leaving_takes_the_sheet_back(printing: "Stand", cups: Cups, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing.kiosk._printer, "_maker", [cups.maker])
    cups.fault("asleep")
    printing.tap(f"do/print/service/{printing.service_id}")
    printing.until(lambda: cups.waiting, 30)
    printing.tap("do/erase")
    printing.until(lambda: not cups.waiting, 10)
    assert printing.kiosk.visit.printing.subject == ""


def test_without_a_printer_no_button_says_print(stand: "Stand") -> None:
    stand.go(f"handoff/service/{stand.service_id}")
    assert not [target for target in stand.targets() if target.route.startswith("do/print")]
    assert "打印明白纸" not in stand.words()


def choose_two(stand: "Stand") -> list[tuple[str, str]]:
    stand.go("home")
    for record_id in stand.services[:2]:
        stand.go(f"service/{record_id}")
        stand.tap(f"do/choose/service/{record_id}")
    return [("service", record_id) for record_id in stand.services[:2]]


def test_the_list_is_one_code_and_can_be_changed_and_put_back(stand: "Stand") -> None:
    one, two = choose_two(stand)
    known = codes(stand.catalogue.store.keys(PAGES))
    stand.tap("basket")
    assert code_on(stand) == f"{COUNTY.public_url}/m/list#{known[one]}.{known[two]}"
    stand.tap(f"do/remove/service/{one[1]}")
    assert stand.kiosk.visit.choices == [two]
    stand.tap("do/undo-list")
    assert stand.kiosk.visit.choices == [one, two]
    stand.tap("do/clear-list")
    assert "清单还是空的" in stand.words()
    stand.tap("do/undo-list")
    stand.tap("handoff/list/all")
    assert split(next(label.content for label in stand.labels() if known[one] in label.text)) == [
        known[one],
        known[two],
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("size", "inches"), PANELS)
def test_the_text_can_be_read_without_a_network(
    stands: STANDS, size: tuple[int, int], inches: float, language: str
) -> None:
    stand = stands(size, inches, language)
    service = max(stand.catalogue.services, key=lambda one: len(one.evidence))
    stand.go(f"handoff/service/{service.id}")
    stand.tap(f"handoff/service/{service.id}/text")
    text = code_on(stand)
    assert text.startswith(service.title_en or service.title if language == "en" else service.title)
    assert service.channel.phone in text
    assert not text.startswith("http")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("size", "inches"), PANELS)
def test_everything_fits(stands: STANDS, size: tuple[int, int], inches: float, language: str) -> None:
    from screens.handoff.page import Printing
    from tests.window.geometry import faults

    stand = stands(size, inches, language)
    choose_two(stand)
    service = max(stand.catalogue.services, key=lambda one: len(one.title))
    found = []
    for stage in ("absent", "ready", "working", "done"):
        stand.kiosk.visit.printing = Printing(stage, f"service/{service.id}")
        stand.go("home")
        stand.go(f"handoff/service/{service.id}")
        found += faults(stand)
    for reason in ("paper", "jam", "off", "slow"):
        stand.kiosk.visit.printing = Printing("failed", "list/all", reason)
        stand.go(f"handoff/list/all{'/text' if reason == 'jam' else ''}")
        found += faults(stand)
        stand.go("home")
    for route in ("basket", f"do/remove/service/{stand.services[0]}", "do/clear-list"):
        stand.go(route)
        found += faults(stand)
    assert not found, "\n".join(found)
