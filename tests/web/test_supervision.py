"""Supervision at the desk in a browser: what is entered stands there, and nothing is lost on bad input."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from county.clock import local
from county.editing.drafting import current
from tests.web.desk import RunningDesk
from tests.web.serves import complaints, grave

TODAY = local(datetime.now(UTC)).date()


@pytest.fixture(scope="module")
def tab(desk: RunningDesk, browser: Browser) -> Iterator[Page]:
    """The supervisor's page, the same for all tests."""
    with desk.context(browser, "supervisor") as context:
        yield context.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The supervisor's page, with nothing for the browser to complain of."""
    with complaints(tab) as said:
        yield tab
    assert [one for one in said if "409" not in one] == []


def test_a_publication_is_entered_corrected_and_voided(page: Page) -> None:
    page.goto("/admin/supervision/publications/new")
    page.locator(".list-group-item").first.click()
    page.get_by_label("公开了什么").fill("落户办理结果")
    page.get_by_label("形成日期").fill((TODAY - timedelta(days=3)).isoformat())
    page.get_by_label("公开日期").fill((TODAY - timedelta(days=9)).isoformat())
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("早于形成日期")
    expect(page.get_by_label("公开了什么")).to_have_value("落户办理结果")
    assert grave(page) == []
    page.get_by_label("公开日期").fill(TODAY.isoformat())
    page.get_by_role("button", name="保存").click()
    row = page.get_by_role("row").filter(has_text="落户办理结果")
    row.get_by_role("link", name="更正").click()
    page.get_by_label("公开了什么").fill("落户办理结果(更正)")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("row").filter(has_text="落户办理结果")).to_have_count(1)
    page.get_by_role("row").filter(has_text="更正)").get_by_role("link", name="更正").click()
    page.get_by_text("作废", exact=True).click()
    page.get_by_role("button", name="作废").click()
    expect(page.get_by_role("row").filter(has_text="落户办理结果")).to_have_count(0)


def test_the_calendar_is_ticked_by_keyboard_and_becomes_a_draft(desk: RunningDesk, page: Page) -> None:
    year = TODAY.year + 1
    page.goto(f"/admin/calendar/{year}")
    expect(page.locator(".mark-estimate")).to_be_visible()
    assert grave(page) == []
    box = page.locator(f'[name="d-{year}-03-03"]')
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="保存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    expect(page.locator(f'[name="d-{year}-03-03"]')).to_be_checked()
    with desk.engine.connect() as connection:
        saved = current(connection, "calendar_year", str(year))
    assert saved.state == "draft"
    assert saved.author == "supervisor"


def test_a_notice_is_shown_before_it_is_kept(page: Page) -> None:
    year = TODAY.year + 1
    days = [{"name": "x", "date": f"{year}-05-04", "isOffDay": True}]
    page.goto(f"/admin/calendar/{year}")
    page.get_by_label("JSON 内容").fill("nonsense")
    page.get_by_role("button", name="导入放假安排").click()
    expect(page.get_by_role("alert")).to_contain_text("读不懂")
    page.get_by_label("JSON 内容").fill(json.dumps({"year": year, "days": days}))
    page.get_by_role("button", name="导入放假安排").click()
    expect(page.get_by_text("已读入")).to_be_visible()
    page.get_by_role("button", name="保存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    page.goto(f"/admin/calendar/{year}")
    weekend = datetime(year, 5, 4).weekday() >= 5
    assert page.locator(f'[name="d-{year}-05-04"]').is_checked() is not weekend


def test_a_zone_is_entered_inspected_and_counted(page: Page) -> None:
    page.goto("/admin/zones/new")
    page.get_by_label("编号").fill("zone-01")
    page.get_by_label("名称").fill("<b>县体验区</b>")
    page.get_by_label("纬度").fill("36.1")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("一起填")
    expect(page.get_by_label("名称")).to_have_value("<b>县体验区</b>")
    page.get_by_label("经度").fill("116.1")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("<b>县体验区</b>")
    for name in ("venue", "staff", "rules", "materials"):
        page.locator(f'[name="met-{name}"][value="yes"]').check()
    page.locator('[name="met-signs"][value="no"]').check()
    page.get_by_label("需要整改的事").fill("补装标志牌")
    page.get_by_role("button", name="登记巡查").click()
    expect(page.get_by_role("alert")).to_contain_text("整改期限")
    page.get_by_label("整改期限").fill(TODAY.isoformat())
    page.get_by_role("button", name="登记巡查").click()
    page.get_by_label("怎样整改的").fill("已补装")
    page.get_by_role("button", name="整改完成").click()
    expect(page.get_by_text("已补装")).to_be_visible()
    page.get_by_role("spinbutton", name="人次").fill("37")
    page.get_by_role("button", name="登记到访人次").click()
    expect(page.get_by_text("合计 37 人次")).to_be_visible()
    assert grave(page) == []
    page.goto("/admin/zones")
    expect(page.get_by_role("row").filter(has_text="县体验区")).to_contain_text("4 / 5")
    page.goto("/admin/zones/zone-01/edit")
    assert grave(page) == []


def test_a_report_is_made_and_taken_along(desk: RunningDesk, page: Page) -> None:
    page.goto("/admin/reports")
    page.get_by_label("报告时期").fill("上个月")
    page.get_by_role("button", name="生成报告").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择")
    page.get_by_label("报告时期").fill(f"{TODAY:%Y-%m}")
    page.get_by_role("button", name="生成报告").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{TODAY.year}年{TODAY.month}月")
    assert grave(page) == []
    with desk.client("auditor") as auditor:
        for name, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
            answer = auditor.get(f"/admin/reports/1.{name}")
            assert answer.content.startswith(start)
            assert "attachment" in answer.headers["Content-Disposition"]
        assert auditor.get("/admin/reports/2").status_code == 409


def test_rules_that_cannot_be_are_not_lost(page: Page) -> None:
    page.goto("/admin/supervision/rules")
    page.locator('[name="pattern-0"]').fill("(")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("正则表达式")
    expect(page.locator('[name="pattern-0"]')).to_have_value("(")
    page.locator('[name="pattern-0"]').fill("")
    page.locator('[name="max_days-0"]').fill("21")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("规则已保存")).to_be_visible()
    expect(page.locator('[name="max_days-0"]')).to_have_value("21")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_list_is_drawn_in_both_languages(desk: RunningDesk, language: str) -> None:
    with desk.client("supervisor") as client:
        client.submit("/admin/language", language=language, back="/admin/")
        for path in (
            "/admin/supervision",
            "/admin/supervision/faults?sort=useless",
            "/admin/supervision/coverage?by=field",
            "/admin/supervision/freshness?age=fresh&page=99999",
            "/admin/supervision/publications?state=overdue&q=x&organisation=police&page=-1",
            "/admin/calendar/2026",
        ):
            assert client.get(path).status_code == 200, path
        assert client.get("/admin/calendar/1").status_code == 409
        client.submit("/admin/language", language="zh", back="/admin/")
