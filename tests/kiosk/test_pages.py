"""Every page of the demonstration county, without a window."""

import json
from dataclasses import replace

import pytest

from catalog.links import phone_url
from kiosk.catalogue import Catalogue
from kiosk.pages.asked import Asked, handoff
from kiosk.pages.router import closed, shown
from kiosk.pages.taking import sheet_text
from kiosk.visit import Visit
from screens.shared.item import Handoff
from screens.shared.words import LANGUAGES, load_words
from tests.kiosk.routes import NOTICES, asked, every_route, texts, ways_on
from tests.sample import COUNTY

pytestmark = pytest.mark.usefixtures("plain_codes")
DRAWN_BY = {
    "thanks": "notice",
    "unsaved": "notice",
    "staff": "notice",
    "answers": "events",
    "bulletins": "events",
    "matched": "reader",
    "policy": "reader",
    "participation/": "reader",
    "request-guide": "request",
    "map-kinds": "events",
    "map-features": "events",
    "group": "map",
}
"""The first part of a route, with a stroke where there are more → screen, where it is not the screen of that name."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_route_shows_its_page_with_a_title(catalogue: Catalogue, language: str) -> None:
    question = asked(catalogue, language)
    for route in every_route(catalogue):
        found = shown(route, question)
        name, more, _ = route.partition("/")
        assert found.screen == DRAWN_BY.get(name + more, DRAWN_BY.get(name, name)), route
        assert texts(found), route
        assert found.title or found.screen == "attract", route


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_on_leads_to_a_page(catalogue: Catalogue, language: str) -> None:
    question = asked(catalogue, language)
    unknown = question.words("notice-unknown-title")
    ways = {way: route for route in every_route(catalogue) for way in ways_on(route, question)}
    for way, route in ways.items():
        if not way.startswith("do/"):
            assert shown(way, question).title != unknown, f"{route} → {way}"


def test_every_service_is_at_most_three_touches_from_home(catalogue: Catalogue) -> None:
    question = asked(catalogue)
    reached = {"home"}
    for _ in range(3):
        reached |= {way for route in reached for way in ways_on(route, question)}
    missing = {f"service/{service.id}" for service in catalogue.services} - reached
    assert not missing
    assert len(catalogue.services) > 50


@pytest.mark.parametrize(
    "route",
    [
        "",
        "nowhere",
        "stage",
        "stage/nope",
        "event/nope",
        "service/nope/papers",
        "handoff/county/county",
        "handoff/service/nope",
        "notice/nope",
        "bulletin/nope",
        "service//",
        "///",
        "handoff",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_route_to_nowhere_says_so(catalogue: Catalogue, language: str, route: str) -> None:
    question = asked(catalogue, language)
    found = shown(route, question)
    assert (found.screen, found.title) == ("notice", question.words("notice-unknown-title"))
    assert ways_on(route, question) == {"home"}


def test_notices_say_where_the_guide_desk_is(catalogue: Catalogue) -> None:
    assert catalogue.guide_desk is not None
    for name in NOTICES:
        assert catalogue.guide_desk[1] in shown(f"notice/{name}", asked(catalogue)).page.text


@pytest.mark.parametrize("why", ["waiting", "out-of-service", "maintenance", "damaged"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_waiting_for_the_first_edition_needs_no_edition(language: str, why: str) -> None:
    found = closed(load_words(language), why)
    assert found.screen == "notice"
    assert not found.page.route


def test_hand_offs_lead_to_the_phone_page_of_the_same_record(catalogue: Catalogue) -> None:
    question = asked(catalogue)
    for kind, records in (("service", catalogue.services), ("life_event", catalogue.events)):
        for record in records:
            found = handoff(kind, record.id, question)
            assert found.url == phone_url(COUNTY.public_url, kind, record.id, 1)
            assert found.host == "127.0.0.1:8080"


def test_a_chosen_record_says_so_and_stands_in_the_list(catalogue: Catalogue) -> None:
    service, event = catalogue.services[0], catalogue.events[0]
    visit = Visit(60, 20, "zh")
    visit.choose("service", service.id)
    visit.choose("life_event", event.id)
    visit.choose("service", "withdrawn since")
    question = asked(catalogue, visit=visit)
    assert handoff("service", service.id, question).choose_label == question.words("in-basket")
    assert handoff("service", catalogue.services[1].id, question).choose_label == question.words(
        "add-to-basket"
    )
    entries = shown("basket", question).page.entries
    assert [entry.tile.route for entry in entries] == [
        f"handoff/service/{service.id}",
        f"handoff/life_event/{event.id}",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_one_address_one_text_and_one_sheet(catalogue: Catalogue, language: str) -> None:
    keys = [("service", catalogue.services[0].id), ("life_event", catalogue.events[0].id)]
    visit = Visit(60, 20, language, choices=[*keys, ("service", "withdrawn since")])
    question = asked(catalogue, language, visit)
    codes = [catalogue.codes[kind, record_id] for kind, record_id in keys]
    page = shown("handoff/list/all", question).page
    assert page.handoff.url == f"{COUNTY.public_url}/m/list#{'.'.join(codes)}"
    assert page.code == " ".join(codes)
    assert shown("handoff/list/all/text", question).page.dense
    printed = json.loads(sheet_text("list/all", question))
    assert printed["url"] == page.handoff.url
    assert len(printed["stops"]) > 1
    basket = shown("basket", question)
    assert basket.handoff is not None
    assert basket.handoff.url == page.handoff.url


def test_an_empty_list_is_not_printed(catalogue: Catalogue) -> None:
    question = asked(catalogue)
    assert sheet_text("list/all", question) == b""
    assert sheet_text("service/nope", question) == b""
    assert shown("basket", question).handoff == Handoff()


def test_without_a_county_record_there_is_no_code_and_no_failure(catalogue: Catalogue) -> None:
    class Nameless(Catalogue):
        county = None

    question: Asked = replace(asked(catalogue), catalogue=Nameless(catalogue.store))
    assert shown(f"service/{catalogue.services[0].id}", question).handoff is not None
    assert not handoff("service", catalogue.services[0].id, question).url
