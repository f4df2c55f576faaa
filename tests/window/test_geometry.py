"""Nothing overlaps, no text is cut, every target is large enough: every screen, size and language."""

from typing import TYPE_CHECKING, Any

import pytest

from kiosk.catalogue import Catalogue
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


def routes(catalogue: Catalogue) -> list[str]:
    """Every screen, with the records that need the most room."""
    services = longest(catalogue.services, "title", "title_en", "evidence", "description")
    events = longest(catalogue.events, "title", "title_en", "services")
    stages = [max(catalogue.stages, key=lambda s: sum(s.id in x.life_stages for x in catalogue.services)).id]
    found = ["attract", "home", "home/business", "events/person", "events/business", "basket", "search"]
    found += [f"notice/{name}" for name in NOTICES] + [f"stage/{stage}" for stage in stages]
    found += [f"bulletin/{bulletin.id}" for bulletin in catalogue.bulletins]
    found += [f"event/{event}" for event in events] + [f"handoff/life_event/{events[0]}"]
    found += [f"service/{service}" for service in services] + [f"handoff/service/{services[0]}"]
    return found + [f"service/{services[0]}/{part}" for part in ("papers", "steps", "basis", "questions")]


@pytest.fixture(params=[(name, language) for name in PANELS for language in ("zh", "en")], ids="-".join)
def panel(request: pytest.FixtureRequest, stands: STANDS) -> "Stand":
    name, language = request.param
    size, inches = PANELS[name]
    return stands(size, inches, language)


def catalogue_of(panel: "Stand") -> Catalogue:
    assert panel.kiosk._catalogue is not None
    return panel.kiosk._catalogue


def test_every_screen(panel: "Stand") -> None:
    from tests.window.geometry import faults

    found: list[str] = []
    for route in routes(catalogue_of(panel)):
        panel.go("home")
        panel.go(route)
        found += faults(panel)
    assert not found, "\n".join(found)


def test_what_a_visit_adds(panel: "Stand") -> None:
    from tests.window.geometry import faults

    catalogue = catalogue_of(panel)
    found: list[str] = []
    panel.go("search")
    for key in ("s", "f", "z", "q", "9"):
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
    panel.kiosk._on_finger(panel.root)
    panel.elapse(65)
    assert panel.kiosk._countdown.parent is not None
    found += faults(panel)
    assert not found, "\n".join(found)


def test_old_content_and_no_content(panel: "Stand") -> None:
    from datetime import timedelta

    from tests.window.geometry import faults

    panel.status(panel.now - timedelta(days=3))
    found: list[str] = []
    for route in ("home", f"service/{longest(catalogue_of(panel).services, 'title')[0]}"):
        panel.go(route)
        found += faults(panel)
    panel.kiosk._catalogue = None
    panel.kiosk.show()
    panel.settle()
    found += faults(panel)
    assert not found, "\n".join(found)
