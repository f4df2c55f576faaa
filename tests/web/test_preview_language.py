"""The kiosk's picture beside a form speaks the desk's language until another is chosen."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.desk import RunningDesk

FORM = "/admin/records/service/birth/edit"


@pytest.mark.parametrize(("desks", "other", "name"), [("zh", "en", "English"), ("en", "zh", "中文")])
def test_the_language_is_chosen_beside_the_picture(
    desk: RunningDesk, browser: Browser, desks: str, other: str, name: str
) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data or "")
        route.fulfill(json={"state": "failed", "latest": ""})

    with desk.context(browser, "clerk") as context:
        page = context.new_page()
        page.goto("/admin/")
        if desks == "en":
            page.get_by_role("button", name="English").click()
        context.route("**/preview", answer)
        with page.expect_response("**/preview"):
            page.goto(FORM)
        with page.expect_response("**/preview"):
            page.locator(".records-preview").get_by_role("button", name=name).click()
        expect(page.locator(f'[data-language="{other}"]')).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f'[data-language="{desks}"]')).to_have_attribute("aria-pressed", "false")
        page.locator("[data-draw]").click()
        page.wait_for_load_state("networkidle")
    assert asked == [f"language={desks}", f"language={other}", f"language={other}"]
