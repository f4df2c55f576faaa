"""Long texts in the window: how soon they are there, what is drawn of them, and what is left after a visit."""

import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.records import Interpretation, Policy, Question
from tests.sample import COUNTY, store_of
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
ARTICLE = (
    "为了规范政府信息公开工作，保障公民、法人和其他组织依法获取政府信息（含目录），提高透明度，制定本条例。"
)
CHARACTERS = 60_000
SLOWEST = 0.45
"""Seconds for opening, the best of a few on a machine busy with other tests. The limit itself is in bench/reader.py."""
PLANTED = "青蛙藏在这句话里"


def long_text() -> str:
    """60,000 characters in chapters and articles."""
    count = CHARACTERS // len(ARTICLE) + 1
    lines = [f"第{n}章 总则" if n % 50 == 0 else f"第{n}条 {ARTICLE}" for n in range(count)]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with one long policy that is explained, and a short one."""
    reading = Interpretation(title="解读", questions=(Question(text="多久？", answer=PLANTED),))
    policies = (
        Policy(id="long", title="长文件", text=long_text(), interpretations=(reading,)),
        Policy(id="short", title="短文件", text="只有一段。"),
    )
    path = tmp_path_factory.mktemp("library") / "library.db"
    store_of([COUNTY, *policies], path).close()
    return path


@pytest.fixture
def readers(stands: STANDS, library: Path, tmp_path: Path) -> STANDS:
    """Makes kiosks that have the long policy."""
    from tests.window.stand import deliver

    deliver(tmp_path, library, 2)
    return stands


def columns(stand: "Stand") -> list[Any]:
    from screens.shared.rows import Rows

    return [widget for widget in stand.widgets() if isinstance(widget, Rows)]


def test_a_long_regulation_opens_soon(readers: STANDS) -> None:
    stand = readers()
    stand.go("policy/short")

    def seconds() -> float:
        stand.go("home")
        began = time.perf_counter()
        stand.kiosk.go("policy/long")
        stand.settle(2)
        return time.perf_counter() - began

    assert min(seconds() for _ in range(4)) < SLOWEST
    assert "第1条" in stand.words()


def test_only_what_is_in_sight_is_drawn_and_nothing_is_higher_than_a_board_can_hold(readers: STANDS) -> None:
    stand = readers()
    stand.go("policy/long")
    column = columns(stand)[0]
    assert column.ids.inside.height > 50_000
    assert len(column.ids.inside.children) < 40
    assert max(label.texture_size[1] for label in stand.labels()) < 1024


def test_the_buttons_turn_pages_until_the_end(readers: STANDS) -> None:
    stand = readers()
    stand.go("policy/long")
    column = columns(stand)[0]
    first = stand.words()
    column.turn(1)
    stand.settle()
    second = stand.words()
    assert first != second
    assert {line for line in first.splitlines() if "条" in line} & {
        line for line in second.splitlines() if "条" in line
    }
    column.ids.view.scroll_y = 0
    stand.settle()
    assert long_text()[-20:] in stand.words().replace("\n", "")
    column.turn(-1)
    stand.settle()
    assert column.ids.view.scroll_y > 0


def test_a_finger_scrolls_without_a_jump(readers: STANDS) -> None:
    stand = readers()
    stand.go("policy/long")
    view = columns(stand)[0].ids.view
    finger = stand.finger(view)
    finger.down()
    places = []
    for _ in range(30):
        finger.slide(0, 30)
        stand.settle(1)
        places.append(view.scroll_y)
    finger.up()
    steps = [before - after for before, after in pairwise(places)]
    assert places[-1] < 1
    assert min(steps) >= 0
    assert max(steps) < 3 * sorted(steps)[len(steps) // 2] + 1e-6


def test_a_chapter_is_one_touch_from_the_contents(readers: STANDS) -> None:
    stand = readers()
    stand.go("policy/long")
    stand.tap("policy/long/contents")
    entry = next(target for target in stand.targets() if target.route == "policy/long/at/50")
    stand.tap(entry.route)
    column = columns(stand)[0]
    label = next(label for label in stand.labels() if label.text.startswith("第50章"))
    top = label.to_window(0, label.top)[1]
    assert abs(column.ids.view.to_window(0, column.ids.view.top)[1] - top) < 60
    stand.tap("do/back")
    assert stand.route == "home"


@pytest.mark.parametrize(("size", "beside"), [((1080, 1920), False), ((1920, 1080), True)])
def test_the_interpretation_stands_beside_the_text_where_there_is_room(
    readers: STANDS, size: tuple[int, int], beside: bool
) -> None:
    stand = readers(size=size)
    stand.go("policy/long")
    assert (PLANTED in stand.words(), "第1条" in stand.words()) == (beside, True)
    if not beside:
        stand.tap("policy/long/reading")
        assert (PLANTED in stand.words(), "第1条" in stand.words()) == (True, False)


def test_after_a_visit_no_row_holds_what_was_read(readers: STANDS) -> None:
    stand = readers()
    stand.tap("home")
    stand.go("policy/long/reading")
    assert PLANTED in stand.words()
    rows = [row for column in columns(stand) for row in column.ids.view.view_adapter.made]
    stand.tap("do/erase")
    stand.go("policy/short")
    held = [
        str(getattr(part, "text", "")) + str(getattr(part, "content", ""))
        for row in rows
        for part in row.walk()
    ]
    assert len(held) > 2
    assert not [text for text in held if PLANTED in text]
