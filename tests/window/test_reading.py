"""Reading aloud by touches: what is read is framed, and only while somebody wants it is anything said."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.speech import pronounced
from kiosk.spoken import spoken
from tests.window.conftest import STANDS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow

FAKE = """#!/bin/sh
echo "$@ $(cat)" >> {folder}/log
read -r _ < {folder}/bell
"""


class Voice:
    """Stands in for espeak-ng: a sentence lasts until `next`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        self.log.touch()
        os.mkfifo(folder / "bell")
        self.bell = os.open(folder / "bell", os.O_RDWR)
        self.install(FAKE.format(folder=folder))

    def install(self, script: str) -> None:
        program = self.folder / "espeak-ng"
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)

    def next(self) -> None:
        os.write(self.bell, b"\n")

    def heard(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Voice]:
    folder = tmp_path / "voice"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    made = Voice(folder)
    yield made
    os.close(made.bell)


@pytest.fixture
def stand(voice: Voice, stands: STANDS) -> "Stand":
    """A kiosk with a voice."""
    return stands()


def aloud(stand: "Stand") -> Any:
    found = stand.kiosk._aloud
    assert found is not None
    return found


def framed(stand: "Stand") -> Any:
    return aloud(stand)._mark._widget


def read(stand: "Stand", voice: Voice) -> None:
    """Open a service and have it read."""
    stand.tap("home")
    stand.go(f"service/{stand.service_id}")
    stand.go("do/read")
    stand.until(lambda: len(voice.heard()) == 1)


def following(stand: "Stand", voice: Voice, sentences: int) -> None:
    """Let so many sentences pass."""
    for _ in range(sentences):
        count = len(voice.heard())
        voice.next()
        stand.until(lambda count=count: len(voice.heard()) > count)  # type: ignore[misc]


def jump(stand: "Stand", at: int) -> None:
    """Say another sentence of the page."""
    aloud(stand)._speech._end()
    aloud(stand)._speech._say(at)
    stand.until(lambda: aloud(stand)._shown == at)


def silent(stand: "Stand") -> bool:
    found = aloud(stand)
    return not found.reading and found._speech._running is None and framed(stand) is None


def test_a_page_is_read_from_its_title_on_and_framed(stand: "Stand", voice: Voice) -> None:
    read(stand, voice)
    assert voice.heard()[0].endswith(pronounced(spoken(stand.service_title, "zh")))
    assert framed(stand).content == stand.service_title
    assert "正在朗读" in stand.words()
    first = framed(stand)
    following(stand, voice, 1)
    stand.until(lambda: framed(stand) is not first)


def test_what_is_read_comes_into_sight(stand: "Stand", voice: Voice) -> None:
    read(stand, voice)
    jump(stand, 30)
    from kivy.uix.scrollview import ScrollView

    words = framed(stand)
    view = next(w for w in words.walk_reverse() if isinstance(w, ScrollView))
    low, high = words.to_window(*words.pos)[1], words.to_window(0, words.top)[1]
    assert view.to_window(*view.pos)[1] <= low < high <= view.to_window(0, view.top)[1]
    assert view.scroll_y < 1


def test_a_long_text_is_read_to_its_end_and_scrolls_along(stand: "Stand", voice: Voice) -> None:
    stand.go(f"policy/{max(stand.catalogue.policies, key=lambda p: len(p.text)).id}")
    stand.go("do/read")
    stand.until(lambda: len(voice.heard()) == 1)
    said = [sentence for sentence, _, _ in aloud(stand)._said]
    assert len(said) > 20
    for at in (5, len(said) // 2, len(said) - 1):
        jump(stand, at)
        shown = framed(stand)
        words = "".join(
            getattr(w, "content", "") or getattr(w, "text", "") for w in shown.walk(restrict=True)
        )
        assert "".join(said[at].split())[:4] in "".join(words.split())
        assert shown.to_window(0, shown.top)[1] > 0
        assert shown.to_window(*shown.pos)[1] < stand.root.height


def test_a_second_press_stops_and_the_frame_goes(stand: "Stand", voice: Voice) -> None:
    read(stand, voice)
    plain = stand.picture()
    stand.tap("do/read")
    assert silent(stand)
    assert "可以为您朗读" in stand.words()
    assert (stand.picture() != plain).any()
    stand.tap("do/read")
    assert aloud(stand).reading
    stand.tap("do/read/off")
    assert silent(stand)
    assert not [t for t in stand.targets() if t.route.startswith("do/read")]


LEAVING: list[Callable[["Stand"], None]] = [
    lambda stand: stand.tap("do/back"),
    lambda stand: stand.tap("home"),
    lambda stand: stand.tap("do/language"),
    lambda stand: stand.tap("do/erase"),
    lambda stand: stand.kiosk.stop(),
]


@pytest.mark.parametrize("leave", LEAVING, ids=["back", "home", "language", "erase", "exit"])
def test_reading_ends_with_its_page(stand: "Stand", voice: Voice, leave: Callable[["Stand"], None]) -> None:
    read(stand, voice)
    running = aloud(stand)._speech._running
    leave(stand)
    if aloud(stand).reading:
        stand.kiosk.on_stop()
    assert silent(stand)
    assert running.returncode == -9


def test_volume_and_its_buttons_are_gone_for_the_next_visitor(stand: "Stand", voice: Voice) -> None:
    read(stand, voice)
    stand.tap("do/read/louder")
    assert "音量 4/5" in stand.words()
    stand.until(lambda: len(voice.heard()) == 2)
    assert "-a160" in voice.heard()[1]
    for _ in range(5):
        stand.tap("do/read/quieter")
    assert "音量 1/5" in stand.words()
    stand.tap("do/erase")
    assert (stand.kiosk.visit.volume, stand.kiosk.visit.aloud) == (3, False)
    assert aloud(stand)._said == []


@pytest.mark.parametrize("script", ["#!/bin/sh\necho 'error: no device' >&2\n", None], ids=["deaf", "none"])
def test_without_sound_the_visitor_is_told(
    stand: "Stand", voice: Voice, script: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script:
        voice.install(script)
    else:
        monkeypatch.setenv("PATH", "/nowhere")
    stand.go("home")
    stand.go("do/read")
    stand.until(lambda: not aloud(stand).reading)
    stand.elapse(0.5)
    assert "放不出声音" in stand.words()
    stand.tap("do/language")
    assert "no sound" in stand.words()


def test_nobody_who_is_read_to_is_asked_whether_they_are_there(stand: "Stand", voice: Voice) -> None:
    read(stand, voice)
    for _ in range(8):
        stand.elapse(15)
        assert stand.kiosk._countdown.parent is None
        following(stand, voice, 1)
    stand.tap("do/read")
    stand.elapse(61)
    assert stand.kiosk._countdown.parent is not None


def test_a_long_reading_pauses_and_can_go_on(
    stand: "Stand", voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.aloud.LONGEST", 20.0)
    read(stand, voice)
    following(stand, voice, 2)
    stand.elapse(21)
    voice.next()
    stand.until(lambda: not aloud(stand).reading)
    stand.elapse(61)
    assert stand.kiosk._countdown.parent is not None
    stand.tap("do/continue")
    before = voice.heard()
    stand.tap("do/read")
    stand.until(lambda: len(voice.heard()) > len(before))
    assert voice.heard()[-1] not in before


@pytest.mark.parametrize(
    ("size", "language"), [((1080, 1920), "zh"), ((768, 1366), "en"), ((1920, 1080), "en")]
)
def test_the_buttons_fit(voice: Voice, stands: STANDS, size: tuple[int, int], language: str) -> None:
    from tests.window.geometry import faults

    stand = stands(size, 43 if min(size) == 1080 else 21.5, language)
    read(stand, voice)
    assert faults(stand) == []
