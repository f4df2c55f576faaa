"""Nothing overlaps, no text is cut, every target is large enough: every screen, size and language."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.store import Store
from kiosk.catalogue import Catalogue
from kiosk.pages.router import shown
from screens.shared.words import LANGUAGES
from tests.kiosk.routes import asked, every_route, texts
from tests.size import LONG
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
CODE = ((True, False) * 15,) * 30


@pytest.fixture(scope="module", autouse=True)
def one_code() -> Iterator[None]:
    """The same code for every page, since making them takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.pages.asked.qr_matrix", lambda url: CODE)
        yield


PANELS = {
    "portrait": ((1080, 1920), 43.0),
    "landscape": ((1920, 1080), 43.0),
    "old": ((768, 1366), 32.0),
    "small": ((1080, 1920), 21.5),
}

MODES = ("large", "contrast", "low-reach")

Case = tuple[str, str, tuple[str, ...]]
"""Panel, language and modes."""

ALL: list[Case] = [
    (name, language, modes)
    for name in PANELS
    for language in LANGUAGES
    for count in range(len(MODES) + 1)
    for modes in combinations(MODES, count)
]
PAIRS: list[Case] = [
    ("portrait", "zh", ()),
    ("portrait", "en", ("large", "contrast", "low-reach")),
    ("landscape", "zh", ("contrast", "low-reach")),
    ("landscape", "en", ("large",)),
    ("old", "zh", ("large", "low-reach")),
    ("old", "en", ("contrast",)),
    ("small", "zh", ("large", "contrast")),
    ("small", "en", ("low-reach",)),
]
"""An orthogonal array: every pair of panel, language and each mode being on or off occurs."""
PLAIN: list[Case] = [("landscape", "en", ()), ("old", "zh", ()), ("small", "en", ())]
"""Besides, every panel as most visitors see it."""


def longest(records: Any, *fields: str) -> list[str]:
    """Ids of the records that are longest in one of `fields`."""
    return list(dict.fromkeys(max(records, key=lambda r: len(getattr(r, f))).id for f in fields))


@pytest.fixture(scope="module")
def extremes(sample_file: Path) -> dict[str, dict[str, list[str]]]:
    """Language → screen → routes of the pages that need the most room: by all text, longest text, number of texts."""
    catalogue = Catalogue(Store.open(sample_file))
    found: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        question = asked(catalogue, language)
        pages: dict[str, list[tuple[list[int], str]]] = {}
        for route in every_route(catalogue):
            page = shown(route, question)
            pages.setdefault(page.screen, []).append(([len(text) for text in texts(page)], route))
        found[language] = {
            screen: [max(those, key=lambda page: measure(page[0]))[1] for measure in (sum, max, len)]
            for screen, those in pages.items()
        }
    return found


@pytest.fixture(params=[(name, language) for name in PANELS for language in ("zh", "en")], ids="-".join)
def panel(request: pytest.FixtureRequest, stands: STANDS) -> "Stand":
    name, language = request.param
    size, inches = PANELS[name]
    return stands(size, inches, language)


EVERYWHERE = [
    pytest.param((name, language), modes, id="-".join((name, language, "+".join(modes) or "standard")))
    for name, language, modes in (ALL if LONG else PAIRS + PLAIN)
]


@pytest.mark.parametrize(("panel", "modes"), EVERYWHERE, indirect=["panel"])
def test_every_screen(
    panel: "Stand", modes: tuple[str, ...], extremes: dict[str, dict[str, list[str]]]
) -> None:
    """The three hardest pages of each screen, and the hardest in each mode; nobody sees the attract screen in one.

    On every panel, in both languages and all combinations of the modes when LONG, otherwise in `PAIRS` and `PLAIN`.
    """
    from tests.window.geometry import faults

    for mode in modes:
        panel.go(f"do/mode/{mode}")
    found: list[str] = []
    for screen, routes in extremes[panel.kiosk.visit.language].items():
        for route in dict.fromkeys(routes[: 1 if modes else 3]):
            if not modes or screen != "attract":
                panel.kiosk.navigator.go("home")
                panel.go(route)
                found += faults(panel)
    assert not found, "\n".join(found)


def test_what_a_visit_adds(panel: "Stand") -> None:
    from tests.window.geometry import faults

    catalogue = panel.catalogue
    found: list[str] = []
    panel.go("search")
    for key in ("s", "f", "q"):
        panel.go(f"do/key/{key}")
        found += faults(panel)
    for service in catalogue.services[:12]:
        panel.kiosk.visit.choose("service", service.id)
    stage = longest(catalogue.stages, "title", "title_en")[0]
    event = longest(catalogue.events, "title")[0]
    service_id = longest(catalogue.services, "title")[0]
    for route in ("home", "basket", f"stage/{stage}", f"event/{event}", f"service/{service_id}"):
        panel.go(route)
        found += faults(panel)
    panel.kiosk._on_finger(panel.root, 0, 0)
    panel.elapse(65)
    assert panel.kiosk._countdown.parent is not None
    found += faults(panel)
    assert not found, "\n".join(found)


def test_old_content_and_no_content(panel: "Stand") -> None:
    from datetime import timedelta

    from tests.window.geometry import faults

    panel.status(panel.now - timedelta(days=3))
    found: list[str] = []
    for route in ("home", f"service/{longest(panel.catalogue.services, 'title')[0]}"):
        panel.go(route)
        found += faults(panel)
    (panel.state / "maintenance").touch()
    panel.elapse(1)
    found += faults(panel)
    assert not found, "\n".join(found)
