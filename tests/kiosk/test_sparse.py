"""A county that has hardly anything yet: every page is calm, says only what is known and leads on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue import Catalogue
from kiosk.pages.router import shown
from screens.service.page import PARTS, ServicePage
from screens.shared.words import load_words
from tests.kiosk.routes import asked, texts, ways_on
from tests.kiosk.sparse import ADDRESS, EMPTY, RECORDS
from tests.sample import store_of

ZH = load_words("zh")


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    store = store_of(RECORDS, Path(tmp_path_factory.mktemp("sparse")) / "edition.db")
    yield Catalogue(store)
    store.close()


def _page(sparse: Catalogue, record_id: str, part: str = "") -> ServicePage:
    page = shown("/".join(filter(None, ("service", record_id, part))), asked(sparse)).page
    assert isinstance(page, ServicePage)
    return page


def _facts(page: ServicePage) -> list[str]:
    return [fact.value for fact in page.facts]


@pytest.mark.parametrize("route", EMPTY)
def test_an_empty_page_leads_to_search_and_to_a_guide(sparse: Catalogue, route: str) -> None:
    assert {"search", "guide"} <= ways_on(route, asked(sparse))
    assert route not in ways_on(route, asked(sparse))


def test_home_leads_to_nothing_that_the_county_does_not_have(sparse: Catalogue) -> None:
    offered = {way.route for way in shown("home", asked(sparse)).page.shortcuts}
    assert offered == {"request-guide", "rating"}


def test_nothing_is_counted_that_is_not_there(sparse: Catalogue) -> None:
    said = {text for route in EMPTY for text in texts(shown(route, asked(sparse)))}
    assert not [text for text in said if "0 " in text]
    assert ZH("search-nearby") not in texts(shown("search", asked(sparse)))
    attract = shown("attract", asked(sparse)).page
    assert not attract.often_title
    assert not attract.newest_title


def test_a_service_claims_nothing_that_nobody_said(sparse: Catalogue) -> None:
    page = _page(sparse, "bare")
    assert page.chips == ()
    assert page.papers_hint == ZH("papers-none")
    assert _facts(page)[:2] == [ZH("ask"), ZH("ask")]


def test_what_is_done_on_the_spot_takes_no_time(sparse: Catalogue) -> None:
    page = _page(sparse, "online")
    assert _facts(page)[0] == ZH("on-the-spot")
    assert page.papers_hint == ZH("papers-optional", count=1)


def test_the_statutory_time_stands_where_none_is_promised_and_a_long_address_below(sparse: Catalogue) -> None:
    page = _page(sparse, "far")
    assert _facts(page)[0] == ZH("limit-day", count=20)
    assert _facts(page)[-1] == ZH("see-below")
    assert ADDRESS in texts(shown("service/far", asked(sparse)))


def test_empty_parts_of_a_service_are_not_offered_and_say_so_all_the_same(sparse: Catalogue) -> None:
    assert [tab.route for tab in _page(sparse, "bare").tabs] == ["service/bare", "service/bare/papers"]
    for part in PARTS[2:]:
        page = _page(sparse, "bare", part)
        assert ZH("part-empty") in {row.text for row in page.texts}
        assert [tab.route for tab in page.tabs if tab.chosen] == [f"service/bare/{part}"]
