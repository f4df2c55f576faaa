"""What a visitor may switch, and the page that switches it."""

from dataclasses import astuple
from itertools import product

import pytest

from screens.accessibility.page import accessibility_page
from screens.frame.page import CRUMB_COLUMNS
from screens.shared.modes import NAMES, Modes
from screens.shared.shorten import shortened
from screens.shared.words import LANGUAGES, load_words

EVERY = [Modes(*on) for on in product((False, True), repeat=len(NAMES))]


@pytest.mark.parametrize("modes", EVERY)
def test_switching_twice_changes_nothing(modes: Modes) -> None:
    for name in NAMES:
        once = modes.toggled(name.replace("_", "-"))
        assert sum(a != b for a, b in zip(astuple(once), astuple(modes), strict=True)) == 1
        assert once.toggled(name) == modes
    assert modes.toggled("none") == Modes()
    assert modes.toggled("no such mode") == modes


def test_more_time_changes_nothing_that_is_drawn() -> None:
    assert Modes().same_look(Modes(more_time=True))
    assert not any(Modes().same_look(Modes().toggled(name)) for name in NAMES[:3])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("modes", EVERY)
def test_every_switch_says_its_state_in_words(modes: Modes, language: str) -> None:
    words = load_words(language)
    page = accessibility_page(modes, False, "desk", words)
    assert [s.on for s in page.switches if "mode" in s.route] == list(astuple(modes))
    assert {s.state for s in page.switches if s.on} <= {words("mode-on")}
    assert {s.state for s in page.switches if not s.on} == {words("mode-off")}
    assert bool(page.plain_label) == (modes != Modes())


@pytest.mark.parametrize(("aloud", "route"), [(False, "do/read"), (True, "do/read/off")])
def test_reading_aloud_is_switched_here_too(aloud: bool, route: str) -> None:
    page = accessibility_page(Modes(), aloud, "desk", load_words("zh"))
    assert [s.on for s in page.switches if s.route == route] == [aloud]


@pytest.mark.parametrize(
    ("title", "short"),
    [("出生登记", "出生登记"), ("长" * 30, "长" * 18 + "…"), ("a" * 36, "a" * 36), ("", "")],
)
def test_long_titles_are_cut_in_the_breadcrumb(title: str, short: str) -> None:
    assert shortened(title, CRUMB_COLUMNS) == short
