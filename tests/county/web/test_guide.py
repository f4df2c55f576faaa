"""The data of guided questions in a page."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.answers import Answer
from catalog.guided.conditions import holds
from catalog.records import GuidedFlow
from catalog.records.condition import Condition
from catalog.records.flow import EvidenceEffect, FlowAction, FlowEffect, FlowOption, FlowQuestion
from county.web.app import create_app
from county.web.phone.event import event_page
from county.web.phone.guide import guide, short
from county.web.phone.words import words
from tests.catalog.guided.test_any_flow import condition
from tests.county.web.client import ask
from tests.county.web.markup import read_page
from tests.county.web.records import BABY, BIRTH, CARD, HALL, RECORDS
from tests.county.web.state import MORNING, publish
from tests.county.web.test_hostile import draw, hostile
from tests.sample import COUNTY

ZH, EN = words("zh"), words("en")
SERVICES = {service.id: service for service in (BIRTH, CARD)}


def flow(text: str = "爸爸户口？", reason: str = "随父落户") -> GuidedFlow:
    paper = EvidenceEffect(
        service="birth", evidence="亲子鉴定意见书", reason=reason, reason_en="Father's register"
    )
    return GuidedFlow(
        id="flow",
        event="baby",
        title="题",
        questions=(
            FlowQuestion(id="whose", kind="single", text=text, options=(FlowOption(id="father", text=text),)),
            FlowQuestion(id="town", kind="place", text=text),
        ),
        effects=(
            FlowEffect(do=FlowAction(include_services=("birth", "card", "gone"), note=text)),
            FlowEffect(
                when=Condition(q="whose", is_="father"),
                do=FlowAction(require_evidence=(paper,), exclude_services=("gone",)),
            ),
        ),
    )


def data(found: GuidedFlow, language: str = "zh") -> dict[str, Any]:
    text = guide(found, SERVICES, None, ("北镇", "南镇"), {"zh": ZH, "en": EN}[language])
    read: dict[str, Any] = json.loads(text)
    return read


def test_services_and_papers_are_named_by_their_place() -> None:
    found = data(flow())
    assert [one["id"] for one in found["services"]] == ["birth", "card"]
    assert found["effects"][0]["include"] == [0, 1]
    assert found["effects"][1]["require"] == [[0, found["titles"].index("亲子鉴定意见书"), 0]]
    assert "exclude" not in found["effects"][1]
    assert found["titles"][:2] == ["出生医学证明", "居民户口簿"]


def test_every_question_can_be_left_open_and_towns_are_the_countys() -> None:
    whose, town = data(flow())["questions"]
    assert [option[0] for option in whose["options"]] == ["father", "unsure"]
    assert [option[1] for option in town["options"]] == ["北镇", "南镇", "说不清"]


def test_english_comes_with_the_chinese_for_what_has_no_english() -> None:
    assert data(flow())["reasons"] == [["随父落户"]]
    assert data(flow(), "en")["reasons"] == [["随父落户", "Father's register"]]
    assert data(flow(), "en")["services"][0]["title"] == "Birth registration"


@pytest.mark.slow
@given(hostile)
def test_no_text_ends_the_element_that_it_stands_in(text: str) -> None:
    attacked = guide(flow(text, text), SERVICES, None, (text,), ZH)
    page = read_page(draw("event", event_page(BABY, [BIRTH], [HALL], ZH, attacked)))
    plain = read_page(
        draw("event", event_page(BABY, [BIRTH], [HALL], ZH, guide(flow(), SERVICES, None, (), ZH)))
    )
    assert page.tags == plain.tags
    assert json.loads(attacked)["questions"][0]["text"] == text


@pytest.mark.slow
@given(
    condition, st.dictionaries(st.sampled_from(["one", "many", "town"]), st.sampled_from(["x", "y", "none"]))
)
def test_a_condition_in_fewer_words_is_the_same(typed: dict[str, Any], chosen: dict[str, str]) -> None:
    long = msgspec.convert(typed, Condition)
    answers: dict[str, Answer] = {name: (one,) if name == "many" else one for name, one in chosen.items()}
    assert holds(short(long), answers) == holds(long, answers)


@pytest.mark.parametrize(("named", "there"), [("flow", True), ("gone", False), ("", False)])
def test_only_an_event_with_questions_asks_them(tmp_path: Path, named: str, there: bool) -> None:
    event = msgspec.structs.replace(BABY, flow=named)
    records = [event if record is BABY else record for record in RECORDS]
    publish(tmp_path, [COUNTY, flow(), *records], 8)
    app = create_app(tmp_path, lambda: MORNING)
    text = ask(app, "/m/event/baby").text
    assert ('id="guide"' in text, "/guide." in text) == (there, there)
    assert text == ask(app, "/m/event/baby").text


def test_a_service_asks_about_the_cases_of_its_papers(app: Any) -> None:
    assert '"questions":[{"id":"case-1"' in ask(app, "/m/service/birth").text
    assert 'id="guide"' not in ask(app, "/m/service/card").text
