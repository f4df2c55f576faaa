"""What a visitor's phone does with the pages: a real browser, with the script and without it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from catalog.codes import codes
from catalog.links import PAGES
from catalog.records import KIND_OF, DisclosureItem
from tests.sample import sample_records

pytestmark = pytest.mark.slow

EVENT, SERVICE = "/m/event/having-a-baby?e=3", "/m/service/birth-registration?e=3"
PATHS = (
    "/",
    EVENT,
    SERVICE,
    "/m/policy/steady-jobs-2026",
    "/m/place/chengguan-service",
    "/m/bulletin/notice-water-donghe",
    "/m/participation/parking-rule",
    f"/m/disclosure/{next(one.id for one in sample_records() if isinstance(one, DisclosureItem))}",
    "/m/directory",
    "/m/directory/level/村级",
    "/m/window/1/A06",
    "/k",
    "/m/list#T78R5",
    "/m/service/nothing",
)
Phone = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    """Opens a phone of 390×844 with what is given, such as `java_script_enabled=False`."""
    with ExitStack() as stack:

        def new(**given: Any) -> BrowserContext:
            options = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN"} | given
            context = browser.new_context(**options)
            stack.callback(context.close)
            return context

        yield new


def _open(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("path", [EVENT, SERVICE])
def test_ticks_stay_on_the_phone(phone: Phone, address: str, path: str) -> None:
    context = phone()
    page = _open(context, address + path)
    page.locator(".ticks label").nth(1).click()
    page.reload()
    assert [box.is_checked() for box in page.locator("input").all()[:3]] == [False, True, False]
    page.locator("button[type=reset]").click()
    page.reload()
    assert page.locator("input:checked").count() == 0
    assert context.cookies() == []


def test_ticks_of_one_page_are_not_those_of_another(phone: Phone, address: str) -> None:
    context = phone()
    _open(context, address + EVENT).locator("input").first.check()
    assert _open(context, address + SERVICE).locator("input:checked").count() == 0


def test_a_browser_without_storage_still_ticks(phone: Phone, address: str) -> None:
    context = phone()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    )
    page = context.new_page()
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(address + SERVICE)
    page.locator("input").first.check()
    assert page.locator("input:checked").count() == 1
    assert errors == []


def test_without_script_everything_is_there_and_ticks_are_counted(phone: Phone, address: str) -> None:
    page = _open(phone(java_script_enabled=False), address + SERVICE)
    page.locator(".ticks label").first.click()
    assert page.locator("input:checked").count() == 1
    question = page.locator("details.question").first
    question.locator("summary").click()
    assert question.locator(".answer").is_visible()
    with_script = _open(phone(), address + SERVICE)
    sections = "main section:not([data-guide] section)"
    assert page.locator(sections).count() == with_script.locator(sections).count()


@pytest.mark.parametrize("scripted", [True, False])
def test_nothing_is_asked_of_another_host_and_nothing_is_refused(
    phone: Phone, address: str, scripted: bool
) -> None:
    page = phone(java_script_enabled=scripted).new_page()
    requests: list[tuple[str, str]] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append((request.method, request.url)))
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS[:-1]:
        page.goto(address + path + "#answers=kept")
    asked = [(method, url) for method, url in requests if not url.startswith("data:")]
    assert asked
    assert all(method == "GET" and url.startswith(f"{address}/") for method, url in asked)
    assert complaints == []


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_no_page_scrolls_sideways(phone: Phone, address: str, language: str) -> None:
    page = phone(locale=language).new_page()
    for path in PATHS:
        page.goto(address + path)
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_target_is_large_enough_for_a_thumb(phone: Phone, address: str, language: str) -> None:
    page = phone(locale=language).new_page()
    for path in PATHS:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        small = page.evaluate(
            """() => [...document.querySelectorAll('a:not(.skip), button, summary, label')]
                .map(one => [one.innerText, one.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.width < 44 || box.height < 44))
                .map(([text, box]) => [text, box.width, box.height])"""
        )
        assert small == [], path


def test_text_is_at_least_sixteen_pixels_and_notes_fourteen(phone: Phone, address: str) -> None:
    page = phone().new_page()
    sizes = """selector => [...document.querySelectorAll(selector)]
        .map(one => parseFloat(getComputedStyle(one).fontSize))"""
    for path in PATHS:
        page.goto(address + path)
        assert (
            min(page.evaluate(sizes, "body, main > p:not(.notice), label, .links a, .plain li, dd")) >= 16
        ), path
        assert min(page.evaluate(sizes, "body *:not(input)")) >= 14, path


def test_the_dark_mode_is_dark(phone: Phone, address: str) -> None:
    light = _open(phone(color_scheme="light"), address + SERVICE)
    dark = _open(phone(color_scheme="dark"), address + SERVICE)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert (light.evaluate(ground), dark.evaluate(ground)) == ("rgb(241, 245, 250)", "rgb(14, 22, 33)")


def test_on_paper_every_answer_and_number_is_there_and_no_button(phone: Phone, address: str) -> None:
    page = _open(phone(), address + SERVICE)
    page.emulate_media(media="print")
    assert page.locator("a[href^='tel:']:not(.button)").first.is_visible()
    assert [page.locator(one).first.is_visible() for one in (".actions", ".language", ".maps")] == [False] * 3
    assert page.locator(".answer").first.bounding_box()["height"] > 0  # type: ignore[index]


def test_the_keyboard_reaches_the_content_first(phone: Phone, address: str) -> None:
    page = _open(phone(), address + SERVICE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


@pytest.fixture(scope="module")
def list_codes() -> tuple[str, str]:
    """Codes of two records of the demonstration county."""
    keys = [(KIND_OF[type(r)], r.id) for r in sample_records() if KIND_OF[type(r)] in PAGES]
    known = codes(keys)
    return known["service", "birth-registration"], known["life_event", "having-a-baby"]


def test_a_list_is_shown_without_being_sent(phone: Phone, address: str, list_codes: tuple[str, str]) -> None:
    context = phone()
    sent: list[str] = []
    context.on("request", lambda request: sent.append(request.url))
    page = _open(context, f"{address}/m/list#{'.'.join(list_codes)}.22222")
    links = page.locator("[data-list] a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "/m/service/birth-registration",
        "/m/event/having-a-baby",
    ]
    assert "有 1 项" in page.locator("[data-lost]").inner_text()
    assert page.locator("a.language").first.get_attribute("href") == f"?lang=en#{'.'.join(list_codes)}.22222"
    links.first.click()
    page.wait_for_url("**/m/service/birth-registration")
    assert not [url for url in sent if list_codes[0] in url.partition("#")[0]]


def test_an_address_without_a_list_says_so(phone: Phone, address: str) -> None:
    page = _open(phone(), f"{address}/m/list")
    assert page.locator("[data-none]").is_visible()
    assert not page.locator("[data-list]").is_visible()


def test_without_scripts_the_list_says_how_to_open_each(phone: Phone, address: str) -> None:
    page = _open(phone(java_script_enabled=False), f"{address}/m/list#T78R5")
    assert "逐个输入" in page.locator("main").inner_text()
    page.locator("main a.line").click()
    page.locator("#code").fill("t78r5")
    page.locator("form button").click()
    page.wait_for_url("**/m/service/birth-registration")


def test_several_codes_typed_at_once_stay_on_the_phone(
    phone: Phone, address: str, list_codes: tuple[str, str]
) -> None:
    context = phone()
    sent: list[str] = []
    page = _open(context, f"{address}/k")
    context.on("request", lambda request: sent.append(request.url))
    page.locator("#code").fill(" ".join(list_codes).lower())
    page.locator("form button").click()
    page.wait_for_url(f"**/m/list#{'.'.join(list_codes)}")
    assert page.locator("[data-list] a").count() == 2
    assert not [url for url in sent if "code=" in url]
