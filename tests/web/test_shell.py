"""The desk's shell in a browser and over HTTP."""

from playwright.sync_api import Browser

from tests.web.desk import RunningDesk, title


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
