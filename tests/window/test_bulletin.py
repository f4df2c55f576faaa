"""Emergencies over an idle and an active kiosk, put away, lifted and expired; and a kiosk out of service."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catalog.box import Status, status_path
from catalog.records import Bulletin, County, LifeStage, Record
from catalog.text import encode
from kiosk.shelf import MAINTENANCE
from tests.kiosk.routes import NOW
from tests.sample import COUNTY, store_of
from tests.window.conftest import STANDS
from tests.window.test_geometry import PANELS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow
STAGE = LifeStage(id="x", title="新版", audience="person", order=1)
LONG = "受强降雨影响，东河水位快速上涨，沿河和低洼地区发生洪涝的风险很高。" * 3


def emergency(name: str, level: str = "一级", **given: object) -> Bulletin:
    return Bulletin(
        **{  # type: ignore[arg-type]
            "id": name,
            "bulletin_kind": "emergency",
            "title": f"{name}预警：沿河乡镇人员转移",
            "takeover": True,
            "level": level,
            "event_type": "暴雨洪涝",
            "area": LONG[:40],
            "body": LONG,
            "measures": (LONG[:30],) * 4,
            "issuer": "县应急管理局、县防汛抗旱指挥部",
            "issued": NOW,
            "starts": NOW,
            "ends": NOW + timedelta(hours=1),
            "phone": "0000-7149119",
            **given,
        }
    )


RED, BLUE = emergency("red"), emergency("blue", "四级")


def edition(stand: "Stand", number: int, records: Sequence[Record], county: County = COUNTY) -> None:
    """Another edition arrives."""
    from tests.window.stand import deliver

    path = stand.state / f"{number}.new"
    store_of([county, STAGE, *records], path, number).close()
    deliver(stand.state, path, number)


def up(stand: "Stand", title: str) -> bool:
    """Whether the bulletin is over the screen, with nothing else there."""
    return title in stand.words() and not any(t.route in ("home", "do/back") for t in stand.targets())


def reading(stand: "Stand") -> list[str]:
    """A visitor in the middle of something; where they came along."""
    stand.tap("home")
    stand.go("search")
    stand.go("do/key/s")
    stand.go(f"service/{stand.service_id}")
    stand.go(f"do/choose/service/{stand.service_id}")
    return list(stand.kiosk.navigator.trail)


def test_an_idle_kiosk_shows_it_and_a_touch_puts_it_away(stand: "Stand") -> None:
    edition(stand, 2, [RED])
    stand.elapse(1)
    assert up(stand, RED.title)
    stand.tap(next(t.route for t in stand.targets() if t.route.startswith("do/heard/")))
    assert stand.route == "home"
    assert f"突发：{RED.title}" in stand.words()
    stand.go("basket")
    stand.tap("do/unheard")
    assert up(stand, RED.title)


def test_a_visitor_finds_everything_as_it_was(stand: "Stand") -> None:
    trail = reading(stand)
    before = stand.words()
    edition(stand, 2, [RED])
    stand.elapse(1)
    assert up(stand, RED.title)
    visit = stand.kiosk.visit
    stand.tap(next(t.route for t in stand.targets() if t.route.startswith("do/heard/")))
    assert stand.kiosk.navigator.trail == trail
    assert (visit.query, visit.choices) == ("s", [("service", stand.service_id)])
    assert set(before.split("\n")) <= set(stand.words().split("\n"))
    edition(stand, 3, [])
    stand.elapse(1)
    assert stand.words() == before
    assert stand.catalogue.manifest.edition == 1


@pytest.mark.parametrize("visiting", [False, True])
def test_it_goes_when_it_expires_and_when_it_is_lifted(stand: "Stand", visiting: bool) -> None:
    if visiting:
        reading(stand)
    here = stand.route
    edition(stand, 2, [emergency("brief", ends=NOW + timedelta(seconds=10))])
    stand.elapse(1)
    assert up(stand, "brief")
    stand.elapse(9)
    assert "brief" not in stand.words()
    edition(stand, 3, [RED])
    stand.elapse(1)
    assert up(stand, RED.title)
    edition(stand, 4, [])
    stand.elapse(1)
    assert RED.title not in stand.words()
    assert stand.route == here


def test_one_that_starts_later_comes_by_the_clock_alone(stand: "Stand") -> None:
    edition(stand, 2, [emergency("later", starts=NOW + timedelta(seconds=5))])
    stand.elapse(1)
    assert "later" not in stand.words()
    stand.elapse(4)
    assert up(stand, "later")


def test_several_are_turned_over(stand: "Stand") -> None:
    edition(stand, 2, [BLUE, RED, emergency("orange", "二级")])
    stand.elapse(1)
    assert up(stand, RED.title)
    for title in ("orange", "blue", "red"):
        stand.tap([t.route for t in stand.targets() if t.route.startswith("do/alarm/")][1])
        assert up(stand, title)
    assert "第 1 条，共 3 条" in stand.words()


def test_the_next_visitor_and_a_changed_bulletin_are_told_again(stand: "Stand") -> None:
    edition(stand, 2, [RED])
    stand.elapse(1)
    stand.tap(next(t.route for t in stand.targets() if t.route.startswith("do/heard/")))
    edition(stand, 3, [emergency("red", body="水位继续上涨")])
    stand.elapse(1)
    assert up(stand, "水位继续上涨")
    stand.tap(next(t.route for t in stand.targets() if t.route.startswith("do/heard/")))
    stand.tap("guide")
    stand.tap("do/erase")
    stand.elapse(1)
    assert up(stand, RED.title)


def test_a_guide_can_be_called_and_nothing_below_can_be_touched(stand: "Stand") -> None:
    edition(stand, 2, [RED])
    stand.elapse(1)
    assert stand.root.children[0].page.bulletin.title == RED.title
    assert not [t for t in stand.targets() if t.route.startswith(("stage/", "service/"))]
    stand.tap("guide")
    assert stand.route == "guide"
    assert f"突发：{RED.title}" in stand.words()


def test_a_damaged_edition_lifts_nothing(stand: "Stand", tmp_path: Path) -> None:
    from tests.window.stand import deliver

    edition(stand, 2, [RED])
    stand.elapse(1)
    (tmp_path / "bad.db").write_bytes(b"no database")
    deliver(stand.state, tmp_path / "bad.db", 3)
    stand.elapse(1)
    assert up(stand, RED.title)


@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize(("language", "modes"), [("zh", ()), ("en", ("large", "contrast", "low-reach"))])
def test_everything_has_its_room(stands: STANDS, name: str, language: str, modes: tuple[str, ...]) -> None:
    from tests.window.geometry import faults

    stand = stands(*PANELS[name], language)
    edition(stand, 2, [RED, BLUE])
    stand.kiosk.visit.touch(stand.seconds)
    for mode in modes:
        stand.go(f"do/mode/{mode}")
    stand.elapse(1)
    found = faults(stand)
    assert up(stand, RED.title)
    stand.tap(next(t.route for t in stand.targets() if t.route.startswith("do/heard/")))
    stand.go("home")
    found += faults(stand)
    assert not found, "\n".join(found)


def test_ordinary_bulletins_go_by_the_clock(stand: "Stand") -> None:
    notice = emergency("notice", bulletin_kind="notice", takeover=False, ends=NOW + timedelta(seconds=20))
    edition(stand, 2, [notice, emergency("other", bulletin_kind="notice", takeover=False)])
    stand.elapse(1)
    stand.tap("home")
    stand.tap("bulletins")
    assert notice.title in stand.words()
    stand.elapse(20)
    assert notice.title not in stand.words()


def test_staff_take_the_kiosk_out_of_service_by_a_file(stand: "Stand") -> None:
    (stand.state / MAINTENANCE).touch()
    stand.elapse(1)
    assert "本机正在维护" in stand.words()
    (stand.state / MAINTENANCE).unlink()
    stand.elapse(1)
    assert "轻触屏幕开始" in stand.words()


def test_a_damaged_first_edition_is_said(stands: STANDS, tmp_path: Path) -> None:
    from tests.window.stand import deliver

    (tmp_path / "bad.db").write_bytes(b"no database")
    (tmp_path / "box").mkdir()
    deliver(tmp_path / "box", tmp_path / "bad.db", 1)
    assert "内容读不出来" in stands(state=tmp_path / "box").words()


@pytest.mark.parametrize("network", ["untrusted", "unfit"])
def test_refused_content_is_said(stand: "Stand", network: str) -> None:
    status = Status(tried=stand.now, confirmed=stand.now, network=network)  # type: ignore[arg-type]
    status_path(stand.state).write_bytes(encode(status))
    stand.tap("home")
    stand.elapse(0.5)
    assert "没有通过核验" in stand.words()
