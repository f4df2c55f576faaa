"""The eighteen things that a visitor can do, each by touches from the attract screen and back to a clean one."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catalog.records import Bulletin
from kiosk.navigation import ATTRACT
from kiosk.visit import Visit
from tests.sample import COUNTY, store_of

if TYPE_CHECKING:
    from tests.window.hand import Hand
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow

PERSON = ("出生", "教育", "就业", "生活", "置业", "出行", "就医", "救助", "养老", "身后")
BUSINESS = ("准入准营", "招聘用工", "纳税缴费", "经营发展", "工程建设", "注销退出")


@pytest.fixture
def hand(stand: "Stand", monkeypatch: pytest.MonkeyPatch) -> Iterator["Hand"]:
    """A visitor before the attract screen. Whatever they did, it is clean for the next one afterwards."""
    monkeypatch.setenv("PATH", "/nowhere")  # no voice
    from tests.window.hand import Hand

    hand = Hand(stand)
    assert_clean(stand)
    yield hand
    leave(hand)
    assert_clean(stand)


def leave(hand: "Hand") -> None:
    """Erase by the button, or walk away where there is nothing to erase."""
    stand = hand.stand
    if "do/erase" in hand.ways():
        hand.touch("do/erase")
        if "do/skip" in hand.ways():
            hand.touch("do/skip")
    else:
        for _ in range(3):
            stand.elapse(61)
    stand.elapse(20)


def assert_clean(stand: "Stand") -> None:
    settings = stand.kiosk._settings
    new = Visit(settings.idle_seconds, settings.countdown_seconds, settings.language)
    now = asdict(stand.kiosk.visit)
    assert {name: now[name] for name in now if name != "printing"} == {
        name: value for name, value in asdict(new).items() if name != "printing"
    }
    assert stand.kiosk.navigator.trail == [ATTRACT]
    assert "轻触屏幕开始" in stand.words()


def open_service(hand: "Hand") -> str:
    """Home, a stage, a service: three touches. The service's id."""
    for step in ("home", "stage/", "service/"):
        route = hand.touch(step)
    return route.partition("/")[2]


def test_01_the_attract_screen_says_what_it_is_and_one_touch_opens_it(hand: "Hand") -> None:
    hand.reads("09:30", "一件事一次办", "最新政策", "轻触屏幕开始", "Touch")
    before = hand.stand.picture()
    hand.stand.settle(30)
    assert (hand.stand.picture() == before).all(), "nothing moves by itself"
    from tests.window.stand import Finger

    for place in ((5, 5), (540, 960)):
        finger = Finger(*place)
        finger.down()
        finger.up()
        hand.stand.settle(20)
        assert hand.route == "home", "anywhere"


def test_02_home_has_everything(hand: "Hand") -> None:
    hand.touch("home")
    hand.reads(*PERSON)
    ways = ("search", "events/", "map", "disclosure", "request-guide", "participation")
    for way in ways:
        assert [route for route in hand.ways() if route.startswith(way)], way
    hand.reads("政策匹配")
    hand.touch("home/business")
    hand.reads(*BUSINESS)


def test_03_a_service_is_three_touches_away(hand: "Hand") -> None:
    for step in ("home", "stage/", "service/"):
        hand.touch(step)
    assert hand.route.startswith("service/")
    hand.touch("home")
    for step in ("stage/", "event/", "service/"):
        hand.touch(step)
    assert hand.route.startswith("service/")
    hand.reads("常一起办")
    assert [route for route in hand.ways() if route.startswith("event/")], "the way to what is done with it"


def test_04_a_service_says_all_of_it(hand: "Hand") -> None:
    service = hand.stand.catalogue.store
    from catalog.records import PublicService

    found = service.get(PublicService, open_service(hand))
    assert found is not None
    hand.reads(found.title, "多久办好", "收费", "跑几次", "窗口")
    for part, said in (("papers", "要带什么"), ("steps", "办理"), ("basis", "依据"), ("questions", "问")):
        if [route for route in hand.ways() if route.endswith(part)]:
            hand.touch(f"service/{found.id}/{part}")
            hand.reads(said)
    hand.touch(f"service/{found.id}")
    hand.reads("核对", "监督投诉")
    hand.touch("floor/")
    hand.reads(found.channel.window)


def test_05_guided_questions_have_a_place_with_a_next_step(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("events/")
    hand.touch("event/")
    hand.reads("按先后办", "一起要带")
    assert [route for route in hand.ways() if route.startswith("service/")]


def test_06_the_take_away_list_mixes_what_it_takes(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("stage/")
    hand.touch("event/")
    event = hand.touch("do/choose/life_event/")
    service = hand.touch("service/")
    hand.touch("do/choose/service/")
    hand.touch("basket")
    hand.reads("带走清单 2")
    kept = hand.stand.kiosk.visit.choices
    assert kept == [("life_event", event.rpartition("/")[2]), ("service", service.partition("/")[2])]


def test_07_it_can_be_taken_away_in_every_way(hand: "Hand") -> None:
    record = open_service(hand)
    hand.touch("handoff/")
    hand.reads("127.0.0.1:8080", hand.stand.catalogue.codes[("service", record)][:4], "导办台")
    hand.touch(f"handoff/service/{record}/text")
    assert hand.route.endswith("/text")


def test_08_pinyin_finds_and_an_empty_result_helps(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("search")
    for letter in "sfz":
        hand.touch(f"do/key/{letter}")
    hand.reads("身份证")
    hand.touch("service/")
    hand.touch("do/back")
    for letter in "qqq":
        hand.touch(f"do/key/{letter}")
    assert hand.ways() & {"guide"}
    assert [route for route in hand.ways() if route.startswith(("event/", "service/"))], "never empty"


def test_09_policy_match_has_a_place_with_a_next_step(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch_word("政策匹配")
    assert hand.route != "home"
    hand.reads("政策")
    assert hand.ways() - {"do/back", "do/language", "do/erase", "home"}


def test_10_the_map_a_place_and_the_plan_of_the_hall(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("map")
    hand.touch("map-kinds")
    hand.touch_word("医院")
    hand.touch("place/")
    hand.reads("地址", "扫码")
    hand.touch("home")
    hand.touch("map")
    hand.touch("floor")
    hand.reads("1 楼")


def test_11_the_directory_its_entries_and_the_documents(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("disclosure")
    for view in ("disclosure/offices", "disclosure/levels"):
        hand.touch(view)
        assert hand.route == view
    hand.touch("disclosure/level/")
    hand.touch("disclosure/item/")
    hand.reads("公开依据", "多快公开", "在哪里看", "谁来公开")


def test_11_a_policy_stands_beside_its_interpretation(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("search")
    for letter in "gljt":
        hand.touch(f"do/key/{letter}")
    hand.touch("policy/")
    hand.reads("原文", "解读")


def test_12_how_to_ask_the_government(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("request-guide")
    hand.reads("能申请什么", "怎么申请", "20 个工作日")
    hand.touch("request-guide/form")
    hand.reads("申请")
    assert not [route for route in hand.ways() if route.startswith("do/key")], "nothing personal is typed"


def test_13_taking_part(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("participation")
    hand.reads("正在征求意见", "政府开放日", "旁听和列席会议", "还剩")
    hand.touch("participation/")
    hand.reads("扫码")


def test_14_rating_and_a_questionnaire_without_a_name(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("rating")
    hand.touch("do/pick/overall/5")
    hand.touch("do/send")
    hand.reads("谢谢")
    hand.touch("home")
    hand.touch("rating")
    hand.reads("谢谢")


def test_15_a_bulletin_is_a_touch_away(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("bulletin")
    hand.reads("预警")


def test_15_an_emergency_takes_over_and_leaves_the_visit_as_it_was(hand: "Hand", tmp_path: Path) -> None:
    from tests.window.stand import deliver

    service = f"service/{open_service(hand)}"
    title = "暴雨红色预警"
    flood = Bulletin(
        id="flood", bulletin_kind="emergency", title=title, level="红色", measures=("转移",), takeover=True
    )
    for number, bulletins in ((2, [flood]), (3, [])):
        path = tmp_path / f"{number}.db"
        store_of([COUNTY, *bulletins], path, number).close()
    deliver(hand.stand.state, tmp_path / "2.db", 2)
    hand.stand.elapse(1)
    hand.stand.elapse(0.5)
    hand.reads(title, "转移")
    assert not [route for route in hand.ways() if route.startswith("service/")]
    hand.touch("do/read")
    hand.reads("放不出声音")
    hand.touch("do/heard/")
    hand.reads(title)
    assert hand.route == service
    assert "多久办好" in hand.stand.words()
    deliver(hand.stand.state, tmp_path / "3.db", 3)
    hand.stand.elapse(1)
    hand.stand.elapse(0.5)
    assert title not in hand.stand.words()
    assert hand.route == service


def test_16_the_other_language_everywhere(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("do/language")
    hand.reads("Qinghe County", "Birth")
    hand.touch("stage/")
    hand.touch("service/")
    hand.reads("How long", "Fee", "Window")
    hand.touch("guide")
    hand.reads("guide")


def test_17_large_contrast_low_reach_more_time_and_read_aloud(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("accessibility")
    assert_switched(hand, 0)
    for number, mode in enumerate(("large", "contrast", "low-reach", "more-time"), start=1):
        hand.touch(f"do/mode/{mode}")
        assert_switched(hand, number)
    hand.touch("do/read")
    assert_switched(hand, 5)
    hand.touch("do/read/louder")
    hand.reads("4/5")
    hand.stand.elapse(150)
    assert hand.stand.kiosk._countdown.parent is None, "three times as patient"
    hand.touch("home")
    hand.touch("do/read")
    hand.touch("do/read/off")
    hand.touch("accessibility")
    assert_switched(hand, 4)


def assert_switched(hand: "Hand", count: int) -> None:
    """So many switches say that they are on."""
    assert hand.stand.words().count("已开") == count


def test_18_a_guide_comes_and_nothing_stays(hand: "Hand") -> None:
    hand.touch("home")
    hand.touch("guide")
    hand.touch("do/call")
    hand.reads("已经叫人")
    hand.touch("do/withdraw")
    hand.reads("请人过来")
    hand.touch("do/erase")
    hand.reads("已全部清除")
    hand.touch("do/skip")
    assert hand.route == ATTRACT


def test_18_whoever_walks_away_is_forgotten_after_a_visible_countdown(hand: "Hand") -> None:
    open_service(hand)
    hand.touch("do/choose/")
    hand.stand.elapse(61)
    hand.reads("20 秒后")
    hand.touch("do/continue")
    assert hand.stand.kiosk.visit.choices
    hand.stand.elapse(61)
    hand.stand.elapse(20)
    assert hand.route == ATTRACT


def test_the_next_visitor_starts_clean_with_one_touch(hand: "Hand") -> None:
    open_service(hand)
    hand.touch("do/language")
    hand.touch("do/choose/")
    hand.touch("do/erase")
    hand.touch("do/skip")
    hand.touch("home")
    hand.reads("我是个人", "带走清单")
    assert "带走清单 1" not in hand.stand.words()
