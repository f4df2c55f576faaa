"""Every page of the desk's menu, as somebody who may open it: at two sizes, by keyboard, for everybody.

The pages come from the desk's own list, so none can be forgotten.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from county.accounts.roles import Role
from tests.web.addresses import addresses
from tests.web.desk import RunningDesk

SIZES = {"screen": (1440, 900), "tablet": (1024, 768)}
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module", params=sorted(set(addresses().values())))
def role(request: pytest.FixtureRequest) -> Role:
    found: Role = request.param
    return found


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    """What the browser had to say, such as what its content security policy forbade."""
    return []


@pytest.fixture(scope="module")
def page(desk: RunningDesk, browser: Browser, role: Role, complaints: list[str]) -> Iterator[Page]:
    context = desk.context(browser, role)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


def test_pages_fit_and_nothing_is_forbidden(page: Page, role: Role, complaints: list[str]) -> None:
    for address, reader in addresses().items():
        if reader != role:
            continue
        for name, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(address, wait_until="load")
            assert answer is not None
            assert answer.status == 200, address
            assert page.locator("h1, h2").first.inner_text().strip(), address
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{address} is {wide} px too wide for a {name}"
            assert not complaints, f"{address}: {complaints}"


def test_axe_finds_nothing_grave(page: Page, role: Role) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    found = {}
    for address, reader in addresses().items():
        if reader == role:
            page.goto(address, wait_until="load")
            violations = Axe().run(page).response["violations"]
            found[address] = [
                (one["id"], node["html"][:120])
                for one in violations
                if one["impact"] in GRAVE
                for node in one["nodes"][:3]
            ]
    assert {address: grave for address, grave in found.items() if grave} == {}


def test_the_keyboard_reaches_the_page_and_shows_where_it_is(page: Page, role: Role) -> None:
    for address, reader in addresses().items():
        if reader != role:
            continue
        page.goto(address, wait_until="load")
        assert unreachable(page) == [], address
        page.keyboard.press("Tab")
        outlined = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })()"
        )
        assert outlined, f"{address} does not show what has the focus"


def unreachable(page: Page) -> list[str]:
    """What a mouse can press and the Tab key does not come to."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll('[onclick], [role=button], a[href], button, input, select, textarea')]
        .filter(e => e.tabIndex < 0 && !e.disabled && e.type !== 'hidden' && e.checkVisibility()
                     && !e.closest('[role=menu], [role=tablist], .ts-wrapper, .select2'))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    return found


def test_what_cannot_be_reached_is_noticed(page: Page) -> None:
    page.set_content('<button tabindex="-1">a</button><button>b</button>')
    assert unreachable(page) == ['<button tabindex="-1">a</button>']
