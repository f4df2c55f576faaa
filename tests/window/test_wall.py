"""A screen on a wall: pages in turn, nothing to touch, emergencies first."""

from typing import TYPE_CHECKING

import msgspec
import pytest

from kiosk.pages.wall import SECONDS
from tests.window.conftest import STANDS
from tests.window.test_bulletin import BLUE, RED, edition
from tests.window.test_geometry import PANELS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch, window: None) -> None:
    """Every kiosk of this test hangs on a wall."""
    import tests.window.stand

    on_wall = msgspec.structs.replace(tests.window.stand.SETTINGS, profile="wall")
    monkeypatch.setattr(tests.window.stand, "SETTINGS", on_wall)


def shows(stand: "Stand") -> str:
    page = stand.kiosk._frame.shown.page
    return str(page.heading)


@pytest.mark.usefixtures("hung")
def test_pages_take_turns_and_no_touch_counts(stand: "Stand") -> None:
    seen = []
    for _ in range(5):
        stand.elapse(SECONDS)
        seen.append(shows(stand))
    assert len(set(seen[:4])) == 4
    assert seen[4] == seen[0]
    stand.kiosk._root.on_touch_down(stand.finger(stand.root))
    assert not stand.kiosk.visit.started
    assert not stand.targets()


@pytest.mark.usefixtures("hung")
def test_emergencies_take_turns_on_a_wall_and_go(stand: "Stand") -> None:
    edition(stand, 2, [RED, BLUE])
    stand.elapse(1)
    seen = set()
    for _ in range(2):
        seen |= {title for title in (RED.title, BLUE.title) if title in stand.words()}
        assert not [t for t in stand.targets() if t.route]
        stand.elapse(SECONDS)
    assert seen == {RED.title, BLUE.title}
    edition(stand, 3, [])
    stand.elapse(1)
    assert shows(stand)
    assert RED.title not in stand.words()


@pytest.mark.usefixtures("hung")
@pytest.mark.parametrize("name", PANELS)
def test_every_page_has_its_room(stands: STANDS, name: str) -> None:
    from tests.window.geometry import faults

    for language in ("zh", "en"):
        stand = stands(*PANELS[name], language)
        found = []
        for _ in range(4):
            stand.elapse(SECONDS)
            found += faults(stand)
        assert not found, "\n".join(found)
