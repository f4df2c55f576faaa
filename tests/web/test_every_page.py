"""Every page of the desk's menu, as somebody who may open it: at two sizes, by keyboard, for everybody.

The pages come from the desk's own list, so none can be forgotten. Each is opened once and asked for everything.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.web.addresses import addresses
from tests.web.desk import RunningDesk
from tests.web.serves import complaints, grave, too_wide, unreachable

OUTLINED = """(() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
})()"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a page. `complaints` are the browser's, such as what its security policy forbade."""

    status: int
    heading: str
    unreachable: list[str]
    outlined: bool
    too_wide: dict[int, int]
    grave: list[str]
    complaints: list[str]


def look(page: Page, address: str) -> Seen:
    """Open a page and ask it for everything."""
    with complaints(page) as said:
        answer = page.goto(address, wait_until="load")
        assert answer is not None
        hidden = unreachable(page)
        page.keyboard.press("Tab")
        return Seen(
            status=answer.status,
            heading=page.locator("h1").inner_text().strip(),
            unreachable=hidden,
            outlined=page.evaluate(OUTLINED),
            too_wide=too_wide(page),
            grave=grave(page),
            complaints=said,
        )


@pytest.fixture(scope="module")
def seen(desk: RunningDesk, browser: Browser) -> dict[str, Seen]:
    """Address → what was seen there by the first of the roles that may open it."""
    found = {}
    with desk.context(browser, "clerk") as context:
        page = context.new_page()
        for address, role in addresses().items():
            desk.sign_in(context, role)
            found[address] = look(page, address)
    return found


@pytest.mark.parametrize("address", addresses())
def test_it_fits_and_serves_everybody(seen: dict[str, Seen], address: str) -> None:
    page = seen[address]
    assert page.status == 200
    assert page.heading
    assert page.complaints == []
    assert page.too_wide == {}
    assert page.grave == []


@pytest.mark.parametrize("address", addresses())
def test_the_keyboard_reaches_it_and_shows_where_it_is(seen: dict[str, Seen], address: str) -> None:
    assert seen[address].unreachable == []
    assert seen[address].outlined


def test_what_is_wrong_with_a_page_is_noticed(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<button tabindex="-1">a</button><button>b</button><input><p style="width: 1100px">c')
    assert unreachable(page) == ['<button tabindex="-1">a</button>']
    assert list(too_wide(page)) == [1024]
    assert any(found.startswith("label <input>") for found in grave(page))
    page.close()
