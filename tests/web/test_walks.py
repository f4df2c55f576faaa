"""The script of the phone page and the kiosk's engine come to the same list, whatever is answered."""

import json
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from catalog.guided.automatic import automatic
from catalog.guided.towns import towns_of
from catalog.records import FloorPlan, GuidedFlow, Outline, Place, PublicService
from county.web.phone.words import words
from tests.catalog.guided.test_any_flow import SERVICES, flows
from tests.sample import sample_records
from tests.size import LONG
from tests.web.walks import County, engine, faults

pytestmark = pytest.mark.slow

ZH, EN = words("zh"), words("en")
MANY = 100 if LONG else 20
"""Walks of each flow; `python -m bench.walks` takes 10,000."""


QUESTIONS = {
    "mark": "ABC",
    "questions": [
        {"id": "a", "kind": "single", "options": [{"id": name} for name in "xyz"]},
        {"id": "b", "kind": "multi", "options": [{"id": name} for name in ("x", "none", "unsure")]},
        {"id": "c", "kind": "date", "options": [{"id": "unsure"}]},
        {"id": "d", "kind": "number", "options": [{"id": "unsure"}]},
    ],
}
digits = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ%&=#-", max_size=16)
hostile = digits.map(lambda text: "1ABC" + text) | digits | st.text(max_size=8)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    page = browser.new_page()
    engine(page)
    return page


@pytest.fixture(scope="module")
def county() -> County:
    records = sample_records()
    return County(
        {one.id: one for one in records if isinstance(one, PublicService)},
        next(one for one in records if isinstance(one, FloorPlan)),
        towns_of(
            (one for one in records if isinstance(one, Outline)),
            (one for one in records if isinstance(one, Place)),
        ),
    )


def test_every_flow_comes_to_the_same_list(page: Page, county: County) -> None:
    random = Random(7)
    for flow in (one for one in sample_records() if isinstance(one, GuidedFlow)):
        for chosen in (ZH, EN):
            assert next(faults(page, flow, county, chosen, MANY, random), "") == ""


def test_every_service_with_cases_comes_to_the_same_list(page: Page, county: County) -> None:
    random = Random(7)
    asking = [flow for service in county.services.values() if (flow := automatic(service))]
    assert asking
    for flow in asking:
        assert next(faults(page, flow, county, ZH, 5, random), "") == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flows(), st.integers(0, 1000))
def test_any_flow_comes_to_the_same_list(page: Page, any_flow: GuidedFlow, seed: int) -> None:
    county = County(SERVICES, None, ("x", "城关镇"))
    assert next(faults(page, any_flow, county, EN, 4, Random(seed)), "") == ""


def test_a_difference_is_found(page: Page, county: County) -> None:
    flow = next(one for one in sample_records() if isinstance(one, GuidedFlow))
    page.evaluate(
        "() => { const kept = Guided.result; Guided.result = (...a) => ({ ...kept(...a), notes: [] }); }"
    )
    assert next(faults(page, flow, county, ZH, 20, Random(7)), "")
    engine(page)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(hostile, min_size=50, max_size=50))
def test_no_text_but_answers_is_read_as_answers(page: Page, texts: list[str]) -> None:
    """What is read is written again as it was, in capitals; everything else is an error of its own, and no crash."""
    script = """
    (text) => {
      const [guide, texts] = JSON.parse(text);
      return texts.map((one) => {
        try { return Guided.encode(guide, Guided.decode(guide, one)); } catch (error) {
          return ["unreadable", "other questions", "not an answer"].includes(error.message) ? null : String(error);
        }
      });
    }"""
    for text, read in zip(texts, page.evaluate(script, json.dumps([QUESTIONS, texts])), strict=True):
        assert read in (None, text.upper())
