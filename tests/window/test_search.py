"""The search pad by finger and by keyboard: what it finds, how soon, how large its keys are, and what stays behind."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from screens.shared.item import Tile
from screens.shared.palette import STANDARD, channels
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand
    from tests.window.storm import Keyboard

pytestmark = pytest.mark.slow
PANELS = {
    "portrait": ((1080, 1920), 43.0),
    "landscape": ((1920, 1080), 43.0),
    "narrow": ((768, 1366), 15.6),
    "low": ((1366, 768), 15.6),
}
ALL = ("large", "contrast", "low-reach")
SEEN: list[tuple[str, str, tuple[str, ...]]] = [
    ("portrait", "en", ()),
    ("portrait", "zh", ALL),
    ("landscape", "zh", ALL),
    ("narrow", "zh", ()),
    ("narrow", "en", ()),
    ("narrow", "zh", ALL),
    ("low", "zh", ()),
    ("low", "en", ()),
]
"""Panel, language and modes; tests/window/test_geometry.py sees to the rest."""
STEPS = (("do/key/s", "do/key/f"), ("do/pad/digits",), ("do/pad/away",), ("do/pad/letters", "do/ask/qzxjvk"))
ENTER, ESCAPE, BACKSPACE = 13, 27, 8


@pytest.fixture
def pad(stand: "Stand") -> "Stand":
    """A kiosk whose visitor went to the pad."""
    stand.go("home")
    stand.tap("search")
    return stand


@pytest.fixture
def keyboard(pad: "Stand") -> Iterator["Keyboard"]:
    from tests.window.storm import Keyboard

    keyboard = Keyboard()
    yield keyboard
    keyboard.remove()


def write(keyboard: "Keyboard", text: str) -> None:
    for letter in text:
        keyboard.chord(ord(letter), 0)


def tiles(stand: "Stand") -> list[Tile]:
    return [item for item in stand.kiosk._frame.shown.page.items if isinstance(item, Tile)]


def lit(stand: "Stand") -> int:
    """How many pixels have the colour of a marked part."""
    wanted = [round(part * 255) for part in channels(STANDARD.urgent)[:3]]
    return int((abs(stand.picture().astype(int) - wanted).max(axis=2) <= 8).sum())


def frames(stand: "Stand", act: Callable[[], None]) -> int:
    """Frames from an act to a screen that says what it should, and goes on saying so."""
    from kivy.base import EventLoop

    from tests.window.drawn import is_drawn

    act()
    assert not is_drawn(stand)
    count = 0
    while not is_drawn(stand):
        EventLoop.idle()
        count += 1
        assert count < 10
    for _ in range(3):
        EventLoop.idle()
        assert is_drawn(stand)
    return count


def test_a_word_in_letters_then_in_characters_then_taken_back(pad: "Stand") -> None:
    assert lit(pad) == 0
    for letter in "sfz":
        pad.tap(f"do/key/{letter}")
    assert "身份证" in tiles(pad)[0].title
    assert lit(pad) > 300
    pad.tap("do/write/3/身份证")
    assert pad.kiosk.visit.query == "身份证"
    pad.tap("do/clear")
    assert not lit(pad)
    pad.tap("do/restore")
    assert pad.kiosk.visit.query == "身份证"
    pad.tap("do/delete")
    pad.tap("do/pad/digits")
    pad.tap("do/key/7")
    assert pad.kiosk.visit.query == "身份7"


def test_the_pad_makes_room_and_comes_back(pad: "Stand") -> None:
    found: Any = pad.kiosk._frame.shown.ids.found
    height = found.height
    pad.tap("do/pad/away")
    assert found.height > 1.5 * height
    pad.tap("do/pad/letters")
    assert found.height == height


def test_nothing_found_still_leads_on(pad: "Stand") -> None:
    for letter in "qzxjvk":
        pad.tap(f"do/key/{letter}")
    assert "没有找到“qzxjvk”" in pad.words()
    pad.tap("guide")
    assert pad.route == "guide"


def test_other_results_begin_at_their_top(pad: "Stand") -> None:
    pad.go("do/key/s")
    view: Any = pad.kiosk._frame.shown.ids.found.ids.view
    view.scroll_y = 0.2
    pad.go("do/mode/more-time")
    assert view.scroll_y == 0.2
    pad.tap("do/key/f")
    assert view.scroll_y == 1


@pytest.mark.parametrize("query", ["sfz", "hukou", "passport", "qzx"])
def test_a_key_changes_the_list_within_two_frames(pad: "Stand", keyboard: "Keyboard", query: str) -> None:
    for letter in query:
        assert 1 <= frames(pad, lambda letter=letter: write(keyboard, letter)) <= 2  # type: ignore[misc]

    def touch() -> None:
        finger = pad.finger(pad.target("do/delete"))
        finger.down()
        finger.up()

    assert frames(pad, touch) <= 2
    assert pad.kiosk.visit.query == query[:-1]


def test_marks_change_neither_lines_nor_size(stand: "Stand") -> None:
    from screens.shared.widgets import Text

    for service in stand.catalogue.services[::5]:
        title = f"{service.title}[{service.id}] & more"
        plain, marked = Text(width=420), Text(width=420)
        plain.content = marked.content = title
        marked.marks = ((1, 3), (5, len(title) - 2))
        stand.settle(2)
        assert (plain.markup, marked.markup) == (False, True)
        assert plain.texture_size == pytest.approx(marked.texture_size, abs=2)
        assert "".join(part for part in marked._label.markup if part[0] != "[").count(
            "\n"
        ) == plain.text.count("\n")


def test_a_keyboard_writes_deletes_clears_and_opens(pad: "Stand", keyboard: "Keyboard") -> None:
    write(keyboard, "hukoux")
    keyboard.chord(BACKSPACE, 0)
    assert pad.kiosk.visit.query == "hukou"
    first = tiles(pad)[0].route
    keyboard.chord(ENTER, 0)
    assert pad.route == first
    keyboard.chord(ESCAPE, 0)
    write(keyboard, "a")
    pad.settle()
    assert (pad.route, pad.kiosk.visit.query) == (first, "hukou")
    pad.go("do/back")
    keyboard.chord(ESCAPE, 0)
    assert pad.kiosk.visit.query == ""


def test_a_keyboard_is_dead_while_an_emergency_covers_the_page(pad: "Stand", keyboard: "Keyboard") -> None:
    screen = pad.kiosk._frame.shown
    pad.root.remove_widget(pad.kiosk._frame)
    write(keyboard, "a")
    assert screen.page.query == pad.kiosk.visit.query == ""


def test_who_types_is_there_but_a_key_that_is_stuck_is_nobody(pad: "Stand", keyboard: "Keyboard") -> None:
    for letter in "hukouq":
        pad.elapse(50)
        write(keyboard, letter)
    assert pad.kiosk.visit.query == "hukouq"
    for _ in range(40):
        pad.elapse(5)
        write(keyboard, "a")
    assert pad.kiosk.visit.phase(pad.seconds) != "active"


@pytest.mark.parametrize(("panel", "language", "modes"), SEEN)
def test_every_state_on_every_panel(
    stands: STANDS, panel: str, language: str, modes: tuple[str, ...]
) -> None:
    from tests.window.geometry import faults

    stand = stands(*PANELS[panel], language)
    for mode in modes:
        stand.go(f"do/mode/{mode}")
    stand.go("search")
    found = faults(stand)
    for steps in STEPS:
        for step in steps:
            stand.go(step)
        found += faults(stand)
    assert not found, "\n".join(found)


def test_nothing_typed_is_left_in_any_widget(pad: "Stand") -> None:
    from tests.window.test_visit import traces

    for letter in "shenfenz":
        pad.tap(f"do/key/{letter}")
    word = pad.kiosk._frame.shown.page.candidates[0].label
    assert traces(pad, "shenfenz", word) == ["shenfenz", word]
    pad.tap("do/clear")
    assert pad.kiosk.visit.cleared == "shenfenz"
    pad.tap("do/erase")
    assert not traces(pad, "shenfenz", word)
    assert (pad.kiosk.visit.query, pad.kiosk.visit.cleared) == ("", "")
