"""What time does to the kiosk: the countdown, a new edition, old content, and months of use."""

import gc
import weakref
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catalog.box import active_path
from catalog.records import LifeStage
from kiosk.handoff import qr_matrix
from kiosk.navigation import ATTRACT
from tests.sample import COUNTY, store_of
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
PLANTED = "qzx"


def counting(stand: "Stand") -> bool:
    return stand.kiosk._countdown.parent is not None


def visit(stand: "Stand") -> None:
    """A visitor who chose, searched and read."""
    stand.tap("home")
    stand.tap("search")
    for letter in PLANTED:
        stand.tap(f"do/key/{letter}")
    stand.go(f"service/{stand.service_id}")
    stand.tap(f"do/choose/service/{stand.service_id}")


def traces(stand: "Stand", *texts: str) -> list[str]:
    """Texts that any widget of any screen still holds."""
    widgets = [stand.root, *stand.kiosk._drawn.screens.values()]
    held = [
        str(getattr(w, name, "")) for root in widgets for w in root.walk() for name in ("text", "content")
    ]
    return [text for text in texts if any(text in one for one in held)]


def nothing_is_left(stand: "Stand", title: str) -> bool:
    asked = stand.kiosk.visit
    left = [asked.choices, asked.query, asked.started, asked.extensions, qr_matrix.cache_info().currsize]
    return not any(left) and stand.kiosk.navigator.trail == [ATTRACT] and not traces(stand, title, PLANTED)


def test_the_countdown_appears_and_one_touch_goes_on(stand: "Stand") -> None:
    stand.tap("home")
    stand.elapse(59)
    assert not counting(stand)
    stand.elapse(2)
    assert counting(stand)
    assert "20 秒后" in stand.words()
    stand.tap("do/continue")
    stand.elapse(1)
    assert not counting(stand)
    assert stand.route == "home"


def test_after_the_countdown_nothing_of_the_visit_is_left(stand: "Stand") -> None:
    visit(stand)
    title = stand.service_title
    assert traces(stand, title, PLANTED) == [title, PLANTED]
    stand.elapse(65)
    assert counting(stand)
    stand.elapse(20)
    assert not counting(stand)
    assert nothing_is_left(stand, title)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_erase_button_erases_and_resets_the_language(stand: "Stand", language: str) -> None:
    visit(stand)
    if language == "en":
        stand.tap("do/language")
    title = stand.service_title
    stand.tap("do/erase")
    assert stand.kiosk.visit.language == "zh"
    assert nothing_is_left(stand, title)


def test_there_is_nothing_to_erase_at_first(stand: "Stand") -> None:
    stand.tap("home")
    assert not [t for t in stand.targets() if t.route == "do/erase"]


def other_edition(folder: Path) -> Path:
    """An edition with one stage, 新版."""
    path = folder / "other.db"
    store_of([COUNTY, LifeStage(id="x", title="新版", audience="person", order=1)], path, 2).close()
    return path


def test_a_new_edition_waits_until_nobody_is_there(stand: "Stand", tmp_path: Path) -> None:
    from tests.window.stand import deliver

    stand.tap("home")
    deliver(stand.state, other_edition(tmp_path), 2)
    stand.elapse(1)
    assert "新版" not in stand.words()
    stand.tap("events/person")
    stand.tap("do/erase")
    stand.elapse(0.5)
    stand.tap("home")
    assert "新版" in stand.words()


def test_a_new_edition_is_shown_within_one_tick_while_resting(stand: "Stand", tmp_path: Path) -> None:
    from tests.window.stand import deliver

    deliver(stand.state, other_edition(tmp_path), 2)
    stand.elapse(0.5)
    assert stand.kiosk._catalogue is not None
    assert stand.kiosk._catalogue.manifest.edition == 2


def test_a_new_edition_is_read_while_nobody_waits(stand: "Stand", tmp_path: Path) -> None:
    """One part a tick and none in a visit, so that no touch waits for all of it."""
    from kiosk.catalogue import AHEAD
    from tests.window.stand import deliver

    def read() -> set[str]:
        return vars(stand.catalogue).keys() & AHEAD

    deliver(stand.state, other_edition(tmp_path), 2)
    stand.elapse(0.5)
    before = len(read())
    assert before < len(AHEAD)
    stand.elapse(0.5)
    assert len(read()) == before + 1
    stand.kiosk.visit.touch(stand.seconds)
    stand.elapse(0.5)
    assert len(read()) == before + 1
    stand.kiosk.erase()
    for _ in AHEAD:
        stand.elapse(0.5)
    assert read() == set(AHEAD)


def test_the_clock_ticks_by_itself(stand: "Stand", tmp_path: Path) -> None:
    from tests.window.stand import deliver

    deliver(stand.state, other_edition(tmp_path), 2)
    stand.until(lambda: stand.kiosk._catalogue is not None and stand.kiosk._catalogue.manifest.edition == 2)


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_edition_leaves_the_old_one(stand: "Stand", tmp_path: Path, damage: bytes) -> None:
    from tests.window.stand import deliver

    bad = tmp_path / "bad.db"
    bad.write_bytes(damage)
    deliver(stand.state, bad, 3)
    stand.elapse(1)
    stand.elapse(1)
    stand.tap("home")
    stand.tap("events/person")
    assert "新生儿出生" in stand.words()


def test_half_a_pointer_changes_nothing(stand: "Stand") -> None:
    active_path(stand.state).write_bytes(b'{"edition": 2, "dig')
    stand.elapse(1)
    stand.tap("home")
    assert stand.route == "home"


def test_without_an_edition_the_kiosk_waits_and_then_shows_it(
    stands: STANDS, sample_file: Path, tmp_path: Path
) -> None:
    from tests.window.stand import deliver

    empty = tmp_path / "empty"
    empty.mkdir()
    stand = stands(state=empty)
    assert "内容正在准备" in stand.words()
    stand.elapse(10)
    assert "内容正在准备" in stand.words()
    deliver(empty, sample_file, 1)
    stand.elapse(0.5)
    assert "轻触屏幕开始" in stand.words()


@pytest.mark.parametrize(
    ("hours", "said", "unsaid"),
    [
        (0, "内容更新于", "与县里核对"),
        (2, "2 小时前与县里核对", "没有与县服务器核对"),
        (30, "30 小时没有与县服务器核对", "尚未"),
    ],
)
def test_the_frame_says_how_old_the_content_is(stand: "Stand", hours: int, said: str, unsaid: str) -> None:
    stand.status(stand.now - timedelta(hours=hours))
    stand.tap("home")
    stand.elapse(0.5)
    assert said in stand.words()
    assert unsaid not in stand.words()


def test_showing_every_screen_again_and_again_makes_no_more_widgets(stand: "Stand") -> None:
    from kivy.uix.widget import Widget

    routes = ["home", "home/business", f"stage/{stand.longest_stage}", "events/person", "search", "basket"]
    routes += [f"service/{stand.service_id}", f"handoff/service/{stand.service_id}", "guide"]
    routes += ["event/having-a-baby", "question/life_event/having-a-baby", "result/life_event/having-a-baby"]

    def widgets() -> int:
        gc.collect()
        return sum(issubclass(type(thing), Widget) for thing in gc.get_objects())

    def rounds(count: int) -> None:
        for _ in range(count):
            for route in routes:
                stand.kiosk.go(route)
                stand.settle(1)
        stand.kiosk.erase()
        stand.kiosk.show()

    rounds(2)
    rounds(2)  # after an erasure pools of rows are as large as they get
    before = widgets()
    rounds(8)
    assert widgets() <= before


def test_a_closed_kiosk_is_gone(stands: STANDS) -> None:
    """At the latest some frames later, when the clock has let go of what it was asked to do in them."""
    stand = stands()
    stand.go("home")
    alive = [weakref.ref(stand.root), *(weakref.ref(s) for s in stand.kiosk._drawn.screens.values())]
    other = stands()
    del stand
    left = len(alive)
    for _ in range(20):
        gc.collect()
        left = sum(ref() is not None for ref in alive)
        if not left:
            break
        other.elapse(0.5)
    assert left == 0


def test_scrolling_for_years_keeps_nothing(stand: "Stand") -> None:
    from kivy.uix.scrollview import ScrollView

    stand.go(f"stage/{stand.longest_stage}")
    (scroll,) = [widget for widget in stand.widgets() if isinstance(widget, ScrollView)]

    def bound(steps: int) -> int:
        for step in range(steps):
            scroll.scroll_y = 1 - step / steps
            stand.settle(1)
        return len(scroll.get_property_observers("bar_color"))

    few = bound(10)
    assert bound(200) == few
    ScrollView.update_from_scroll(scroll)
    assert bound(1) > few, "control: Kivy's own keeps a callback"


def whole_collections(stand: "Stand") -> int:
    """How often the collector looked through everything while a visitor turned pages."""
    looked: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looked.append(info["generation"])

    gc.collect()
    gc.callbacks.append(note)
    for service in stand.services[:16]:
        for route in (
            f"service/{service}",
            f"handoff/service/{service}",
            "events/person",
            "map",
            "disclosure",
        ):
            stand.kiosk.go(route)
            stand.settle(1)
    gc.callbacks.remove(note)
    return looked.count(2)


def test_no_visitor_waits_for_the_collector(stand: "Stand") -> None:
    assert whole_collections(stand) == 0
    usual = 10
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], usual)
    try:
        stand.kiosk._drawn.make_again()
        assert whole_collections(stand) > 0, "control: with Python's own numbers"
    finally:
        gc.set_threshold(*before)
