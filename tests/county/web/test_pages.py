from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from catalog.records import PolicyClause, TimeLimit, TimeUnit
from county.clock import COUNTY_TIME
from county.web.phone.bulletin import bulletin_page
from county.web.phone.event import event_page
from county.web.phone.frame import changed_parts
from county.web.phone.participation import participation_page
from county.web.phone.parts import duration, maps, phones, place_of
from county.web.phone.place import place_page
from county.web.phone.policy import policy_page
from county.web.phone.service import service_page
from county.web.phone.words import words
from tests.county.web.records import BABY, BIRTH, BUSES, CARD, HALL, JOBS, POLICE, STATION, WATER

ZH, EN = words("zh"), words("en")
PLACES = (HALL, STATION)
TODAY = date(2026, 11, 20)


def test_a_service_says_at_a_glance_what_people_need() -> None:
    page = service_page(BIRTH, POLICE, PLACES, [BABY], ZH)
    assert [(fact.label, fact.value) for fact in page.facts] == [
        ("多久办好", "当场"),
        ("收费", "不收费"),
        ("跑几次", "1 次"),
        ("窗口", "1 楼 A06 窗口"),
    ]
    assert [fact.value for fact in service_page(CARD, None, PLACES, [], ZH).facts[:3]] == [
        "5 个工作日",
        "10 元/证",
        "不用跑",
    ]


def test_nobody_reads_that_a_service_is_free_when_nobody_said_so() -> None:
    page = service_page(replace(BIRTH, free=False), POLICE, PLACES, [BABY], ZH)
    assert "收费" not in [fact.label for fact in page.facts]


def test_a_service_leads_to_its_building_other_places_and_events() -> None:
    page = service_page(BIRTH, POLICE, PLACES, [BABY], ZH)
    assert (page.where.title, page.where.address) == ("甲县政务服务中心", "城关街道 1 号")
    assert [phone.href for phone in page.where.phones] == ["tel:00007121001", "tel:00007121002"]
    assert [link.href for link in page.elsewhere] == ["/m/place/station"]
    assert [link.href for link in page.events] == ["/m/event/baby"]


def test_steps_stand_before_during_and_after() -> None:
    page = service_page(BIRTH, POLICE, PLACES, [], ZH)
    assert [(phase.title, phase.steps) for phase in page.phases] == [
        ("办理前", (("商量用什么姓", ""),)),
        ("办理中", (("到窗口申报", "一次办完。约 3 个工作日"),)),
        ("办理后", (("领户口页", ""),)),
    ]


def test_english_comes_with_the_name_that_staff_know() -> None:
    page = service_page(BIRTH, POLICE, PLACES, [], EN)
    assert (page.title, page.other_title) == ("Birth registration", "出生登记")
    assert service_page(CARD, POLICE, PLACES, [], EN).title == "社保卡申领"


def test_an_event_leads_from_window_to_window() -> None:
    page = event_page(BABY, [CARD, BIRTH], PLACES, ZH)
    (building,) = page.buildings
    assert [(stop.window, stop.services) for stop in building.stops] == [
        ("1 楼 A06 窗口", ("出生登记",)),
        ("1 楼 B11 窗口", ("社保卡申领",)),
    ]
    assert [phone.label for phone in building.where.phones] == ["0000-7100000"]
    assert [link.label for link in page.services] == ["社保卡申领", "出生登记"]


def test_an_unknown_place_has_no_route() -> None:
    page = event_page(BABY, [BIRTH], [], ZH)
    assert page.buildings[0].where.maps == ()
    assert place_of("", PLACES) is None


def test_a_route_is_given_in_degrees_of_wgs84() -> None:
    amap, tencent, baidu, phone = (link.href for link in maps(HALL, ZH))
    assert "position=117.200000%2C36.400000" in amap
    assert "coordinate=wgs84" in amap
    assert "coord%3A36.400000%2C117.200000" in tencent
    assert "coord_type=wgs84" in baidu
    assert phone.startswith("geo:36.400000,117.200000?q=")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0951-2345678", ["tel:09512345678"]),
        ("办公室 0951-2345678 转 12", ["tel:09512345678"]),
        ("0951-2345678转12", ["tel:09512345678,12"]),
        ("+86 951 2345678；12345", ["tel:+869512345678"]),
        ("javascript:alert(1)", []),
        ("", []),
    ],
)
def test_telephone_numbers_are_found_in_an_offices_own_words(text: str, found: list[str]) -> None:
    assert [phone.href for phone in phones(text)] == found


@pytest.mark.parametrize(
    ("unit", "value", "chinese", "english"),
    [
        ("working_day", 1, "1 个工作日", "1 working day"),
        ("working_day", 20, "20 个工作日", "20 working days"),
        ("day", 3, "3 天", "3 days"),
        ("hour", 2, "2 小时", "2 hours"),
        ("minute", 30, "30 分钟", "30 minutes"),
        ("on_the_spot", None, "当场", "On the spot"),
        ("day", None, "另行通知", "另行通知"),
    ],
)
def test_a_time_limit_is_said_in_words(unit: TimeUnit, value: int | None, chinese: str, english: str) -> None:
    limit = TimeLimit(text="另行通知", value=value, unit=unit)
    assert (duration(limit, ZH), duration(limit, EN)) == (chinese, english)


def test_a_policy_is_out_of_force_after_its_last_day() -> None:
    assert not policy_page(JOBS, date(2026, 12, 31), ZH).out_of_force
    assert policy_page(JOBS, date(2027, 1, 1), ZH).out_of_force


def test_a_clause_says_when_to_apply_and_whom_to_call() -> None:
    (clause,) = policy_page(JOBS, TODAY, ZH).clauses
    assert clause.season == "2026-04-01 起"
    assert [phone.href for phone in clause.phones] == ["tel:00007133021"]
    assert PolicyClause(title="x").opens is None


def test_a_bulletin_is_over_after_its_end() -> None:
    assert WATER.ends
    assert not bulletin_page(WATER, WATER.ends, ZH).over
    assert bulletin_page(WATER, WATER.ends + timedelta(seconds=1), ZH).over


def test_participation_is_over_after_its_last_day_and_says_what_came_of_it() -> None:
    page = participation_page(BUSES, datetime(2026, 12, 9, 23, tzinfo=COUNTY_TIME), ZH)
    assert not page.over
    assert ("采纳（条）", "96") in page.feedback
    assert [phone.href for phone in page.phones] == ["tel:00007155020"]
    assert participation_page(BUSES, datetime(2026, 12, 10, tzinfo=COUNTY_TIME), ZH).over


def test_times_are_shown_as_the_countys_clocks_show_them() -> None:
    page = bulletin_page(WATER, datetime(2026, 11, 20, tzinfo=UTC), ZH)
    assert ("结束", "2026-11-26 08:00") in page.particulars


def test_a_place_lists_what_is_done_there() -> None:
    page = place_page(STATION, [BIRTH], ZH)
    assert [link.href for link in page.services] == ["/m/service/birth"]


def test_a_new_check_of_the_same_text_is_no_change() -> None:
    page = service_page(BIRTH, POLICE, PLACES, [], ZH)
    assert changed_parts(page, service_page(BIRTH, POLICE, PLACES, [], ZH)) == []
    assert changed_parts(page, service_page(CARD, POLICE, PLACES, [], ZH))[:2] == ["title", "summary"]
