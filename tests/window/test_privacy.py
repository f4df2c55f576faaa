"""Nothing that a visitor typed, chose or answered is left after erasing: in the process's memory, on disk, in logs."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from catalog.codes import codes, listed
from catalog.guided.fragment import encode
from catalog.links import PAGES
from catalog.records import GuidedFlow, PublicService
from catalog.store import Store
from tests.sample import show_first
from tests.window.driving import Kiosk

pytestmark = pytest.mark.slow
PLANTED = "qzxjvkwyqf"
"""Typed on the pad, letter by letter. No word of the catalogue or of a library has these letters in this order."""

PIECES = [PLANTED[:6], PLANTED[4:]]


def files(state: Path) -> dict[str, bytes]:
    """Every file below the state folder but the edition."""
    return {
        str(path.relative_to(state)): path.read_bytes()
        for path in state.rglob("*")
        if path.is_file() and path.parent.name != "editions"
    }


def carried(store: Store, chosen: list[str]) -> str:
    """The codes of the chosen services as they stand in the address of their list, and nowhere else."""
    return listed([("service", service) for service in chosen], codes(store.keys(PAGES)))


TYPED = "86420975"
"""Typed on the number pad, digit by digit; no text of the catalogue has it."""


def answers(store: Store) -> list[str]:
    """What was answered, as it stands in routes and in the address of the result."""
    flow = next(flow for flow in store.all(GuidedFlow) if flow.event == "disability-services")
    return [TYPED, encode(flow, (), {"age": int(TYPED)})[4:], "19310713"]


def answering() -> list[str]:
    """Touches that answer with a number and with a date, and show what comes of the number."""
    dates = ("193", "1931", "193107", "19310713")
    return [
        "go question/life_event/retiring",
        "do/answer/scheme/unit",
        "go question/life_event/retiring/birth",
        *(f"do/answer/birth/{date}" for date in dates),
        "go question/life_event/disability-services/age",
        *(f"do/answer/age/{digit}" for digit in TYPED),
        "go result/life_event/disability-services",
    ]


def test_a_visit_leaves_nothing_in_memory_on_disk_or_in_the_log(tmp_path: Path, sample_file: Path) -> None:
    state = tmp_path / "box"
    (state / "editions").mkdir(parents=True)
    copy(sample_file, state / "editions" / "1.db")
    show_first(state, datetime.now(UTC))
    store = Store.open(sample_file)
    chosen = sorted(service.id for service in store.all(PublicService))[:2]
    needles = [*PIECES, carried(store, chosen), *answers(store)]
    store.close()
    kiosk = Kiosk(state)
    kiosk.do("home", "search", *(f"do/key/{letter}" for letter in PLANTED))
    kiosk.do("do/clear", "do/restore", "do/clear")
    kiosk.do(*(step for one in chosen for step in (f"go service/{one}", f"do/choose/service/{one}")))
    kiosk.do(*answering())
    kiosk.do("basket", "home", "rating", "do/pick/overall/1", "do/tick/bad/guide-error", "rest")
    assert not set(needles) - kiosk.memory(*needles), "the test would not see what stays"
    kiosk.do("do/erase", "rest")
    assert kiosk.memory(*needles) == set()
    said = kiosk.end()
    assert "no clipboard" in said
    assert not [needle for needle in needles if needle in said]
    left = {name: data for name, data in files(state).items() if not name.startswith("kivy/")}
    assert set(left) == {"active.json", "status.json"}
    assert not [name for name, data in files(state).items() if any(n.encode() in data for n in needles)]
