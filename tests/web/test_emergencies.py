"""An emergency at the desk: two people put it into force, it is signed, published and seen, then lifted."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from county import editions
from county.bulletins.emergencies import find_emergency
from county.publishing import publish
from county.signing.approval import sign
from county.signing.keys import read_signers
from tests.county.bulletins.plans import PLAN
from tests.county.web.records import RECORDS
from tests.web.desk import RunningDesk, running_desk
from tests.web.serves import grave

ADDRESS = "/admin/emergencies/plans/plan-flood"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A county with an emergency plan and two approvers."""
    with running_desk(tmp_path_factory.mktemp("hall"), (*RECORDS, PLAN)) as desk:
        desk.add("second", ["approver"])
        yield desk


@pytest.fixture(scope="module")
def first(hall: RunningDesk, browser: Browser) -> Iterator[Page]:
    context = hall.context(browser, "approver")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def second(hall: RunningDesk, browser: Browser) -> Iterator[Page]:
    context = hall.context(browser, "second")
    yield context.new_page()
    context.close()


def release(hall: RunningDesk) -> None:
    """Sign and publish what waits, as approvers do with their keys."""
    now = datetime.now(UTC)
    with hall.engine.connect() as connection:
        waiting = editions.candidate(connection)
    assert waiting is not None
    keys = read_signers(hall.settings.keys, "targets")
    sign(hall.engine, hall.settings, waiting, keys, "approver", now)
    publish(hall.engine, hall.settings, "approver", now)


def phone(hall: RunningDesk) -> str:
    """The bulletin of the first emergency as a visitor's phone shows it."""
    with hall.engine.connect() as connection:
        name = find_emergency(connection, 1).bulletin
    with hall.client("guide") as client:
        return client.get(f"/m/bulletin/{name}").text


def test_from_a_plan_to_the_phone_page_and_back(hall: RunningDesk, first: Page, second: Page) -> None:
    first.goto(ADDRESS)
    first.get_by_role("link", name="按二级起草公告").click()
    assert grave(first) == []
    first.get_by_label("可能影响的范围").fill("沿河乡镇")
    first.get_by_role("button", name="提交").click()
    expect(first.get_by_role("alert")).to_contain_text("{situation}")
    assert first.get_by_label("可能影响的范围").input_value() == "沿河乡镇"
    first.get_by_label("警示事项").fill("有大暴雨<script>alert(1)</script>,请避险。")
    first.get_by_role("button", name="提交").click()
    expect(first.get_by_text("您是申请人")).to_be_visible()
    expect(first.get_by_role("button", name="确认生效")).to_have_count(0)

    second.goto("/admin/emergencies/1")
    assert grave(second) == []
    second.get_by_label("我已逐项重读").check()
    second.get_by_role("button", name="确认生效").click()
    expect(second.get_by_text("待签名").first).to_be_visible()
    assert "暴雨橙色预警" not in phone(hall)
    release(hall)
    assert "暴雨橙色预警" in phone(hall)
    second.reload()
    expect(second.get_by_text("已随第 1 版发布")).to_be_visible()
    second.locator("#tasks").get_by_role("button", name="已公开").first.click()
    expect(second.locator("#tasks .mark-done")).to_have_count(1)
    assert grave(second) == []

    first.goto("/admin/emergencies/1/lift")
    first.get_by_role("button", name="提交").click()
    second.goto("/admin/emergencies/1")
    expect(second.locator("#confirm .mark-due_soon").first).to_have_text("有改动")
    second.get_by_label("我已逐项重读").check()
    second.get_by_role("button", name="确认生效").click()
    release(hall)
    assert "【已解除】暴雨橙色预警" in phone(hall)


def test_one_person_is_not_enough(hall: RunningDesk) -> None:
    """By any request: the asker, a supervisor, nobody who has not read it, and no other text than the one read."""
    fields = {
        "title": "t",
        "event_type": "e",
        "level": "二级",
        "area": "a",
        "body": "b",
        "measures": "m",
        "issuer": "i",
        "starts": "2026-11-22T09:00",
        "issued": "2026-11-22T09:00",
    }
    with hall.client("approver") as asker, hall.client("second") as other, hall.client("supervisor") as watch:
        address = asker.submit(ADDRESS, **fields).headers["Location"]
        with hall.engine.connect() as connection:
            step = find_emergency(connection, int(address.rsplit("/", 1)[1])).open_step
        assert step is not None
        url = f"{address}/steps/{step.number}/confirm"
        good = {"read": "1", "content_hash": step.content_hash}
        assert "1 条应急公告等您确认" in other.get("/admin/").text
        assert "等您确认" not in asker.get("/admin/").text
        assert asker.submit(url, **good).status_code == 409
        assert watch.submit(url, **good).status_code == 403
        assert other.submit(url, content_hash=step.content_hash).status_code == 409
        assert other.submit(url, read="1", content_hash="0" * 64).status_code == 409
        assert other.submit(f"{address}/steps/{step.number}/refuse").status_code == 409
        assert other.submit(f"{address}/steps/{step.number}/refuse", remark="不对").status_code == 303
        assert other.submit(url, **good).status_code == 409
        assert asker.get(f"{address}/lift").status_code == 409
