"""Guided questions on the phone: from the kiosk's code to the same list, and on from there, with nothing sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from catalog.guided.engine import answer
from catalog.guided.fragment import decode, encode
from catalog.records import GuidedFlow
from kiosk.catalogue import Catalogue
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.router import shown
from kiosk.visit import Visit
from kiosk.walk import Walk
from kiosk.walks import flow_of
from tests.kiosk.routes import asked
from tests.sample import sample_store
from tests.web.serves import complaints

pytestmark = pytest.mark.slow

KEY = ("life_event", "having-a-baby")
EVENT = "/m/event/having-a-baby?e=3"
PLAIN: dict[str, Any] = {"done": ("none",), "birth_place": "here", "parents": "married", "hukou": "mother"}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 780}}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue(sample_store(tmp_path_factory.mktemp("box") / "1.db", 3))


class Phones:
    """A phone of each language, with one page that is kept from test to test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._pages: dict[str, Page] = {}

    @contextmanager
    def phone(self, locale: str = "zh-CN") -> Iterator[tuple[BrowserContext, Page, list[str]]]:
        """A phone that remembers nothing, its page, and what it asks of any server meanwhile.

        Complaints of the browser fail the test.
        """
        if locale not in self._pages:
            self._pages[locale] = self._browser.new_context(**PHONE, locale=locale).new_page()
        page, sent = self._pages[locale], list[str]()

        def hear(request: Request) -> None:
            sent.append(request.url + (request.post_data or ""))

        page.context.on("request", hear)
        try:
            with complaints(page) as said:
                yield page.context, page, sent
            assert said == []
        finally:
            page.context.remove_listener("request", hear)
            page.context.set_offline(False)
            page.emulate_media(media="null")
            page.set_viewport_size(PHONE["viewport"])
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.goto("about:blank")


@pytest.fixture(scope="module")
def phones(browser: Browser) -> Phones:
    return Phones(browser)


def flow_at(catalogue: Catalogue, key: tuple[str, str] = KEY) -> GuidedFlow:
    flow = flow_of(key, catalogue)
    assert flow
    return flow


def kiosk(catalogue: Catalogue, answers: dict[str, Any], language: str = "zh", part: str = "") -> Shown:
    """The kiosk's page of what these answers lead to."""
    visit = Visit(60, 20, language)
    visit.walks[KEY] = Walk(flow_at(catalogue), answers)
    question: Asked = asked(catalogue, language, visit)
    found = shown(f"result/{'/'.join(KEY)}{part}", question)
    assert found
    return found


def fragment(catalogue: Catalogue, answers: dict[str, Any]) -> str:
    return encode(flow_at(catalogue), catalogue.towns, answers)


def papers(page: Page) -> list[str]:
    """Titles of the papers to tick."""
    titles: list[str] = page.locator("[data-guide] .ticks label b").evaluate_all(
        "all => all.map(one => one.firstChild.textContent.trim())"
    )
    return titles


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("changed", [{}, {"birth_place": "abroad", "parents": "unmarried_mother"}])
def test_the_kiosks_code_opens_the_kiosks_list(
    phones: Phones, address: str, catalogue: Catalogue, language: str, changed: dict[str, Any]
) -> None:
    answers = PLAIN | changed
    found = kiosk(catalogue, answers, language)
    windows = kiosk(catalogue, answers, language, "/windows").page
    assert found.handoff
    scanned = urlsplit(found.handoff.url)
    with phones.phone({"zh": "zh-CN", "en": "en-GB"}[language]) as (_, page, sent):
        page.goto(f"{address}{scanned.path}?{scanned.query}#{scanned.fragment}")
        assert papers(page) == [row.title for row in (*found.page.papers, *found.page.cases)]
        stops = page.locator("[data-guide] .stops dd").all_inner_texts()
        assert stops == [tile.hint for tile in windows.tiles]
        assert page.locator("[data-guide] .numbered a").count() > 3
        assert scanned.fragment.startswith("a=")
        assert not [url for url in sent if scanned.fragment[2:] in url or "#" in url]


def test_an_answer_changed_on_the_phone_changes_the_list_and_the_address(
    phones: Phones, address: str, catalogue: Catalogue
) -> None:
    flow, carried = flow_at(catalogue), fragment(catalogue, PLAIN)
    with phones.phone() as (context, page, sent):
        page.goto(f"{address}{EVENT}#a={carried}")
        before = len(sent)
        context.set_offline(True)
        page.locator(".change button").nth(1).click()
        assert page.locator("input:checked").get_attribute("value") == "here"
        page.locator("[data-guide] label", has_text="国外").click()
        page.locator("form .strong").click()
        changed = answer(flow, PLAIN, "birth_place", "abroad")
        assert page.evaluate("location.hash") == "#a=" + fragment(catalogue, dict(changed))
        assert papers(page) == [
            row.title
            for row in (
                *kiosk(catalogue, dict(changed)).page.papers,
                *kiosk(catalogue, dict(changed)).page.cases,
            )
        ]
        assert len(sent) == before


def test_all_questions_are_asked_one_by_one_without_a_network(
    phones: Phones, address: str, catalogue: Catalogue
) -> None:
    flow = flow_at(catalogue)
    with phones.phone() as (context, page, sent):
        page.goto(address + EVENT)
        before = len(sent)
        context.set_offline(True)
        page.locator("[data-guide] button").click()
        asked_texts = []
        while page.locator("#asked").count():
            asked_texts.append(page.locator("#asked").inner_text())
            assert page.evaluate("document.activeElement.id") == "asked"
            page.locator("[data-guide] label").first.click()
            page.locator("form .strong").click()
        assert asked_texts[0] == flow.questions[0].text
        assert len(asked_texts) == len(set(asked_texts)) > 3
        carried = page.evaluate("location.hash").removeprefix("#a=")
        assert decode(flow, catalogue.towns, carried)["done"] == ("fertility",)
        assert len(sent) == before
        for text in reversed(asked_texts):
            assert page.locator("dt", has_text=text).count() == 1


def test_back_keeps_later_answers_and_unsure_stands_alone(phones: Phones, address: str) -> None:
    with phones.phone() as (_, page, _):
        page.goto(address + EVENT)
        page.locator("[data-guide] button").click()
        boxes = page.locator("[data-guide] input")
        boxes.nth(0).check()
        boxes.nth(6).check()
        assert page.locator("input:checked").count() == 1
        boxes.nth(1).check()
        assert [box.is_checked() for box in boxes.all()] == [False, True, *[False] * 5]
        for _ in range(2):
            page.locator("form .strong").click()
            page.locator("[data-guide] label").first.click()
        page.locator("form .button").first.click()
        page.locator("form .button").first.click()
        assert page.locator("input:checked").get_attribute("value") == "cert"
        page.locator("form .strong").click()
        assert page.locator("input:checked").count() == 1


def test_ticks_go_with_the_address_and_nowhere_else(
    phones: Phones, address: str, catalogue: Catalogue
) -> None:
    with phones.phone() as (context, page, sent):
        page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN)}")
        page.locator("[data-guide] .ticks label").nth(2).click()
        carried = page.evaluate("location.href")
        assert "&t=" in carried
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        assert [box.is_checked() for box in page.locator("[data-guide] .ticks input").all()[:4]] == [
            *(False, False, True, False)
        ]
        assert page.locator("a.language").get_attribute("href") == "?lang=en&e=3#" + carried.partition("#")[2]
        page.locator("[data-guide] button[type=reset]").click()
        assert "&t=" not in page.evaluate("location.href")
        assert not [url for url in sent if "t=" in url.partition("?")[2]]
        assert context.cookies() == []


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        ("a=", "读不出来"),
        ("a=1", "读不出来"),
        ("a=%3Cimg%20src=x%20onerror=alert(1)%3E", "读不出来"),
        ("a=<script>alert(1)</script>", "读不出来"),
        ("a=__proto__", "读不出来"),
        ("a=" + "V" * 5000, "读不出来"),
        ("a=1VVV" + "0" * 20, "改过了"),
        ("a=%F0%28%8C", "读不出来"),
        ("main", ""),
        ("constructor=1&__proto__=2", ""),
        ("t=1", ""),
    ],
)
def test_any_other_fragment_shows_the_full_list(
    phones: Phones, address: str, hostile: str, said: str
) -> None:
    with phones.phone() as (_, page, sent):
        page.goto(f"{address}{EVENT}#{hostile}")
        assert page.locator("form[data-ticks]").is_visible()
        assert page.locator("[data-guide] button").is_visible()
        notices = page.locator("[data-guide] [role=alert]").all_inner_texts()
        assert [said in text for text in notices] == ([True] if said else [])
        assert page.locator("[data-guide] img, [data-guide] script").count() == 0
        assert not [url for url in sent if "alert" in url]


def test_ticks_that_cannot_be_read_are_none(phones: Phones, address: str, catalogue: Catalogue) -> None:
    with phones.phone() as (_, page, _):
        page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN).lower()}&t=%00<b>")
        assert page.locator("[data-guide] .stops").is_visible()
        assert page.locator("[data-guide] input:checked").count() == 0


def test_what_a_screen_reader_hears(phones: Phones, address: str, catalogue: Catalogue) -> None:
    with phones.phone() as (_, page, _):
        page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN)}")
        said = page.locator("[data-guide] > [role=status]").inner_text()
        assert "个事项" in said
        assert "份材料" in said
        levels = page.locator("main h1, main h2, main h3").evaluate_all(
            "all => all.filter(one => one.offsetParent).map(one => Number(one.tagName[1]))"
        )
        assert levels[0] == 1
        assert set(levels[1:]) == {2}
        page.locator(".change button").first.click()
        assert page.locator("[role=group][aria-labelledby=asked] label").count() == 7
        unnamed = page.locator("[data-guide] button, [data-guide] input").evaluate_all(
            "all => all.filter(one => !(one.labels || []).length && !one.textContent"
            " && !one.getAttribute('aria-label')).length"
        )
        assert unnamed == 0


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_letters_of_twice_the_size_lose_nothing(
    phones: Phones, address: str, catalogue: Catalogue, language: str
) -> None:
    with phones.phone(language) as (_, page, _):
        for width in (360, 412):
            page.set_viewport_size({"width": width, "height": 780})
            page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN)}")
            page.reload()
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            for _ in range(2):
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                cut = page.locator("[data-guide] *").evaluate_all(
                    "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)"
                    ".map(one => one.outerHTML.slice(0, 80))"
                )
                assert cut == []
                page.locator(".change button, form .strong").first.click()


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_targets_are_large_and_letters_readable(
    phones: Phones, address: str, catalogue: Catalogue, language: str
) -> None:
    with phones.phone(language) as (_, page, _):
        page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN)}")
        for _ in range(2):
            small = (
                page.locator("[data-guide]")
                .locator("a, button, label, summary")
                .evaluate_all(
                    """all => all.map(one => [one.innerText, one.getBoundingClientRect()])
                    .filter(([, box]) => box.width && (box.width < 44 || box.height < 44))
                    .map(([text, box]) => [text, box.width, box.height])"""
                )
            )
            assert small == []
            sizes = page.locator("[data-guide] *:not(input)").evaluate_all(
                "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
            )
            assert min(sizes) >= 14
            page.locator(".change button, form .strong").first.click()


def test_sharing_gives_away_no_answer(phones: Phones, address: str, catalogue: Catalogue) -> None:
    with phones.phone() as (_, page, _):
        page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN)}")
        page.evaluate("delete Navigator.prototype.share")
        page.locator("button", has_text="分享").click()
        assert page.locator("input.address").input_value() == address + EVENT
        page.locator("button", has_text="看完整清单").click()
        assert "#" not in page.url
        assert page.locator("form[data-ticks]").is_visible()


def test_a_printed_list_has_papers_and_answers_and_no_button(
    phones: Phones, address: str, catalogue: Catalogue
) -> None:
    with phones.phone() as (_, page, _):
        page.goto(f"{address}{EVENT}#a={fragment(catalogue, PLAIN)}")
        page.emulate_media(media="print")
        assert page.locator("[data-guide] .ticks label").first.is_visible()
        assert not page.locator("[data-guide] button >> visible=true").count()
        assert not page.locator("form[data-ticks]").is_visible()


def test_numbers_days_and_towns_are_answered(phones: Phones, address: str) -> None:
    with phones.phone() as (_, page, _):
        page.goto(f"{address}/m/event/retiring?e=3")
        page.locator("[data-guide] button").click()
        wrong = {"date": "", "text": "x"}
        right = {"date": "1966-03-05", "text": "20"}
        kinds = set()
        while page.locator("#asked").count():
            field = page.locator("input.code")
            if field.count():
                kind = field.get_attribute("type") or ""
                kinds.add(kind)
                if wrong[kind]:
                    field.fill(wrong[kind])
                    page.locator("form .strong").click()
                    assert page.locator("form [role=alert]").is_visible()
                field.fill(right[kind])
            else:
                page.locator("[data-guide] label").first.click()
            page.locator("form .strong").click()
        assert kinds == {"date", "text"}
        given = page.locator(".answered dd").all_inner_texts()
        assert {"1966-03-05", "20"} <= set(given)
        carried = page.evaluate("location.href")
        page.goto("about:blank")
        page.goto(carried)
        assert page.locator(".answered dd").all_inner_texts() == given


def test_a_service_asks_about_its_own_cases(phones: Phones, address: str, catalogue: Catalogue) -> None:
    flow = flow_at(catalogue, ("service", "birth-registration"))
    carried = encode(flow, (), {flow.questions[0].id: "yes", flow.questions[1].id: "no"})
    with phones.phone() as (_, page, _):
        page.goto(f"{address}/m/service/birth-registration?e=3#a={carried}")
        data = json.loads(page.locator("#guide").text_content() or "")
        assert len(data["services"]) == 1
        assert page.locator(".answered").count() == len(flow.questions)
        assert not page.locator("form[data-ticks]").is_visible()
        assert page.locator("main h2", has_text="到哪里办").is_visible()


def test_a_list_leads_to_the_pages_with_their_answers(
    phones: Phones, address: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    code, other = catalogue.codes[KEY], catalogue.codes["service", "birth-registration"]
    carried = fragment(catalogue, PLAIN)
    with phones.phone() as (_, page, sent):
        page.goto(f"{address}/m/list#{other}.{code}-{carried}".lower().replace("/m/", "/m/"))
        links = page.locator("[data-list] a")
        assert [link.get_attribute("href") for link in links.all()] == [
            "/m/service/birth-registration",
            f"/m/event/having-a-baby#a={carried}",
        ]
        links.nth(1).click()
        page.wait_for_url("**/m/event/having-a-baby#*")
        assert page.locator("[data-guide] .stops").is_visible()
        assert not [url for url in sent if carried in url]
