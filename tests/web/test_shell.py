"""The desk's shell in a browser and over HTTP."""

from playwright.sync_api import Browser, expect
from sqlalchemy import delete

from county.database.accounts import desk_session
from county.database.engine import writing
from tests.web.desk import RunningDesk, title

TYPED = "门前的台阶缺一块砖"


def test_the_start_page_opens_for_every_role(desk: RunningDesk, browser: Browser) -> None:
    context = desk.context(browser, "reviewer")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/admin/")
    assert page.locator("h1").inner_text() == "工作台"
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Start", exact=True).wait_for()
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="工作台", exact=True).wait_for()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/admin/login")
    context.close()
    assert complaints == []


def test_a_client_is_signed_in(desk: RunningDesk) -> None:
    with desk.client("clerk") as clerk:
        assert title(clerk.get("/admin/")) == "工作台"
        assert clerk.submit("/admin/language", language="en", back="/admin/").status_code == 303
        assert title(clerk.get("/admin/")) == "Start"


def test_what_was_typed_outlives_the_session(desk: RunningDesk, browser: Browser) -> None:
    """A refused form has its texts again, for who typed them and for nobody else; what was taken comes not back."""
    desk.add("another", ["supervisor"])
    with desk.context(browser, "supervisor") as context:
        page = context.new_page()
        note, send = page.locator('[name="note"]'), page.locator("main form .btn-primary")
        back, heading = page.get_by_role("link", name="您填写的还在"), page.locator("h1")
        page.goto("/admin/zones/new")
        note.fill(TYPED)
        page.locator('[name="id"]').fill("north-gate")
        page.locator('[name="title"]').fill("北门体验区")
        with writing(desk.engine) as connection:
            connection.execute(delete(desk_session).where(desk_session.c.person == "supervisor"))
        send.click()
        expect(heading).to_contain_text("您已退出登录")
        back.click()
        page.wait_for_url("**/admin/login?next=/admin/zones/new")
        desk.sign_in(context, "supervisor")
        page.goto("/admin/zones/new")
        expect(note).to_have_value(TYPED)
        expect(page.get_by_role("status")).to_contain_text("已恢复您刚才填写的内容")
        send.click()
        page.wait_for_url("**/admin/zones/north-gate")
        page.goto("/admin/zones/new")
        expect(note).to_have_value("")
        note.fill(TYPED)
        page.locator('[name="id"]').fill("south-gate")
        page.locator('[name="title"]').fill("南门体验区")
        desk.sign_in(context, "another")
        send.click()
        expect(heading).to_contain_text("页面已过期")
        back.click()
        expect(note).to_have_value("")
