"""A policy that was matched in the hall: its clauses come first, and their numbers stay on the phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
POLICY = "/m/policy/steady-jobs-2026"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A visitor's phone, the same for all tests."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def clauses(page: Page) -> list[str | None]:
    """Numbers of the clauses as they stand on the page."""
    return [one.get_attribute("data-clause") for one in page.locator("[data-clause]").all()]


@pytest.mark.parametrize(
    ("fragment", "order"),
    [
        ("", ["1", "2", "3", "4"]),
        ("#c=3.1", ["3", "1", "2", "4"]),
        ("#c=4.3.2.1", ["4", "3", "2", "1"]),
        ("#c=9.2.0", ["2", "1", "3", "4"]),
        ("#c=2.2", ["2", "1", "3", "4"]),
        ("#c=<b>", ["1", "2", "3", "4"]),
        ("#other", ["1", "2", "3", "4"]),
    ],
)
def test_matched_clauses_come_first_and_none_is_lost(
    page: Page, address: str, fragment: str, order: list[str]
) -> None:
    page.goto("about:blank")  # else only the fragment would change
    page.goto(address + POLICY + fragment)
    assert clauses(page) == order
    matched = "." in fragment
    assert page.locator("[data-chosen]").is_visible() is matched
    assert page.locator("[data-clauses]").is_visible() is (fragment != "#c=4.3.2.1")


def test_another_code_shows_other_clauses(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{address}{POLICY}#c=3")
    page.evaluate("location.hash = 'c=2'")
    page.wait_for_function("document.querySelector('[data-chosen] [data-clause]').dataset.clause === '2'")
    assert clauses(page) == ["2", "1", "3", "4"]


def test_numbers_are_not_sent_and_outlive_a_change_of_language(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{POLICY}?e=3#c=3.1")
    page.locator("a.language").click()
    page.wait_for_url("**lang=en**")
    assert clauses(page) == ["3", "1", "2", "4"]
    assert not [url for url in asked if "c=3" in url.partition("#")[0]]


def test_without_script_every_clause_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{POLICY}#c=3")
    assert clauses(page) == ["1", "2", "3", "4"]
    assert not page.locator("[data-chosen]").is_visible()
    context.close()
