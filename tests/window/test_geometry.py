"""Nothing overlaps, no text is cut, every target is large enough: every screen, size and language."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.kiosk.routes import NOTICES
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
PANELS = {
    "portrait": ((1080, 1920), 43.0),
    "landscape": ((1920, 1080), 43.0),
    "old": ((768, 1366), 32.0),
    "small": ((1080, 1920), 21.5),
}


def longest(records: Any, *fields: str) -> list[str]:
    """Ids of the records that are longest in one of `fields`."""
    return list(dict.fromkeys(max(records, key=lambda r: len(getattr(r, f))).id for f in fields))


def routes(panel: "Stand") -> list[str]:
    """Every screen, with the records that need the most room."""
    catalogue = panel.catalogue
    services = longest(catalogue.services, "title", "title_en", "evidence", "description")
    events = longest(catalogue.events, "title", "title_en", "services")
    found = ["attract", "home", "home/business", "events/person", "events/business", "basket", "search"]
    found += [f"notice/{name}" for name in NOTICES] + [f"stage/{panel.longest_stage}"]
    found += [f"bulletin/{bulletin.id}" for bulletin in catalogue.bulletins]
    found += [f"event/{event}" for event in events] + [f"handoff/life_event/{events[0]}"]
    found += [f"service/{service}" for service in services] + [f"handoff/service/{services[0]}"]
    return found + [f"service/{services[0]}/{part}" for part in ("papers", "steps", "basis", "questions")]


@pytest.fixture(params=[(name, language) for name in PANELS for language in ("zh", "en")], ids="-".join)
def panel(request: pytest.FixtureRequest, stands: STANDS) -> "Stand":
    name, language = request.param
    size, inches = PANELS[name]
    return stands(size, inches, language)


def test_every_screen(panel: "Stand") -> None:
    from tests.window.geometry import faults

    found: list[str] = []
    for route in routes(panel):
        panel.kiosk.go("home")
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
    panel.kiosk._catalogue = None
    panel.kiosk.show()
    panel.settle()
    found += faults(panel)
    assert not found, "\n".join(found)
