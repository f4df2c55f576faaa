"""Guided questions on the kiosk, without a window: touches, ways, what is shown, printed and carried away."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace as changed

from catalog.guided.answers import LARGEST, UNSURE
from catalog.guided.engine import counted
from catalog.guided.fragment import decode
from catalog.records import GuidedFlow
from catalog.records.flow import FlowOption, FlowQuestion
from kiosk.acts import ACTS
from kiosk.answering import touched
from kiosk.catalogue import Catalogue
from kiosk.navigation import HOME, Navigator
from kiosk.pages.router import shown
from kiosk.pages.taking import sheet_text
from kiosk.visit import ANSWERS
from kiosk.walk import Walk
from kiosk.walks import flow_of, outcome, walk_of
from screens.shared.words import LANGUAGES
from tests.kiosk.routes import asked

pytestmark = pytest.mark.usefixtures("plain_codes")


class Person:
    """Somebody at a kiosk without a window: the part of the hands that answering needs."""

    def __init__(self, catalogue: Catalogue, language: str = "zh") -> None:
        self.question = asked(catalogue, language)
        self.visit, self.navigator = self.question.visit, Navigator([HOME])
        self.hands: Any = SimpleNamespace(
            visit=self.visit, navigator=self.navigator, asked=lambda: self.question
        )

    def goes(self, *routes: str) -> None:
        """Follow routes as `kiosk.app` does."""
        for route in routes:
            _, act, rest = (*route.split("/", 2), "")[:3]
            if route.startswith("do/"):
                ACTS[act](self.hands, rest)
            else:
                self.navigator.leave_part(route)
                self.navigator.go(route)

    def answers(self, *values: str) -> None:
        """Give each of these answers on the question on the screen, and go on after each."""
        for value in values:
            self.goes(f"do/answer/{self.at}/{value}")
            self.goes(self.page.next_route)

    @property
    def at(self) -> str:
        """The question on the screen."""
        return str(self.page.options[-1].route.split("/")[2])

    @property
    def page(self) -> Any:
        return shown(self.navigator.route, self.question).page


def options(*names: str) -> tuple[FlowOption, ...]:
    return tuple(FlowOption(id=name, text=name) for name in names)


ONE = FlowQuestion(id="one", kind="single", text="?", options=options("a", "b"))
MANY = FlowQuestion(id="many", kind="multi", text="?", options=options("a", "b", "none"))
COUNT = FlowQuestion(id="count", kind="number", text="?")
DAY = FlowQuestion(id="day", kind="date", text="?")
FLOW = GuidedFlow(id="f", event="e", title="F", questions=(ONE, MANY, COUNT, DAY))


def after(question: FlowQuestion, *touches: str) -> Any:
    """The answer after these touches."""
    walk = Walk(FLOW)
    for touch in touches:
        walk = touched(walk, question, touch)
    return walk.answers.get(question.id)


@pytest.mark.parametrize(
    ("question", "touches", "answer"),
    [
        (ONE, ["a"], "a"),
        (ONE, ["a", "b"], "b"),
        (ONE, ["a", "nothing of the kind"], "a"),
        (ONE, [UNSURE], UNSURE),
        (MANY, ["b", "a"], ("a", "b")),
        (MANY, ["b", "b"], None),
        (MANY, ["a", "none"], ("none",)),
        (MANY, ["none", UNSURE], (UNSURE,)),
        (MANY, [UNSURE, "a"], ("a",)),
        (COUNT, ["3", "6"], 36),
        (COUNT, ["0", "6"], 6),
        (COUNT, ["3", "6", "delete"], 3),
        (COUNT, ["3", "delete"], None),
        (COUNT, ["3", "clear"], None),
        (COUNT, [UNSURE, "3"], 3),
        (COUNT, ["9"] * 12, LARGEST),
        (COUNT, ["-1"], None),
        (DAY, ["196"], None),
        (DAY, ["196", "1966", "196602", "19660228"], date(1966, 2, 28)),
        (DAY, ["19660228", "1966"], None),
        (DAY, ["19660228", "clear"], None),
        (DAY, ["19660228", "19660231"], date(1966, 2, 28)),
        (DAY, [UNSURE], UNSURE),
    ],
)
def test_touches_make_answers(question: FlowQuestion, touches: Sequence[str], answer: Any) -> None:
    assert after(question, *touches) == answer


def test_a_number_keeps_no_other_signs() -> None:
    for hostile in ("٣", "1_0", " 1", "1e3", "+5", ""):
        assert after(COUNT, "7", hostile) == 7


@pytest.fixture
def person(catalogue: Catalogue) -> Person:
    return Person(catalogue)


def test_back_keeps_later_answers_and_a_change_asks_only_what_it_opens(person: Person) -> None:
    baby = "question/life_event/having-a-baby"
    person.goes("event/having-a-baby", baby)
    person.answers("none", "here", "married", "mother", "employee", "parents")
    assert person.navigator.route == "result/life_event/having-a-baby"
    before = dict(person.visit.walks["life_event", "having-a-baby"].answers)
    person.goes("do/back", "do/back", "do/back")
    assert person.navigator.route == f"{baby}/hukou"
    assert person.page.options[0].chosen
    assert dict(person.visit.walks["life_event", "having-a-baby"].answers) == before
    person.goes("answers/life_event/having-a-baby", f"{baby}/done/change", "do/answer/done/cert")
    assert person.page.next_route == "result/life_event/having-a-baby"
    person.goes("do/answer/done/cert", "do/answer/done/none")
    assert dict(person.visit.walks["life_event", "having-a-baby"].answers) == before


def test_a_change_that_opens_a_question_asks_it(person: Person) -> None:
    baby = "question/life_event/having-a-baby"
    person.goes(baby)
    person.answers("cert", "married", "mother", "employee", "parents")
    assert person.navigator.route == "result/life_event/having-a-baby"
    person.goes(f"{baby}/done/change", "do/answer/done/cert", "do/answer/done/none")
    person.goes(person.page.next_route)
    assert person.navigator.route == f"{baby}/birth_place/change"
    person.answers("here")
    assert person.navigator.route == "result/life_event/having-a-baby"


def test_back_from_the_first_question_leads_out_and_starting_over_forgets(person: Person) -> None:
    person.goes("event/having-a-baby", "question/life_event/having-a-baby", "do/answer/done/none", "do/back")
    assert person.navigator.route == "event/having-a-baby"
    assert person.page.ask[0].route == "question/life_event/having-a-baby/birth_place"
    person.goes("do/restart/life_event/having-a-baby")
    assert person.visit.walks == {}
    assert not any(option.chosen for option in person.page.options)


def flowing(catalogue: Catalogue) -> list[str]:
    """The life events that have questions."""
    return [event.id for event in catalogue.events if event.flow]


def test_every_flow_can_be_walked_to_its_result_by_touches(catalogue: Catalogue) -> None:
    """The first option of every question, or the middle key of a pad; every page has a way on."""
    for number, event in enumerate(flowing(catalogue)):
        person = Person(catalogue, LANGUAGES[number % 2])
        person.goes(f"event/{event}", f"question/life_event/{event}")
        while person.navigator.route.startswith("question/"):
            while not person.page.next_route:
                keys = person.page.keys or person.page.options
                person.goes(keys[len(keys) // 2 if person.page.keys else 0].route)
            person.goes(person.page.next_route)
        assert person.navigator.route == f"result/life_event/{event}"
        assert person.page.facts or person.page.notes


def test_not_sure_is_always_an_answer(catalogue: Catalogue) -> None:
    for event in flowing(catalogue):
        person = Person(catalogue)
        person.goes(f"question/life_event/{event}")
        while person.navigator.route.startswith("question/"):
            person.answers(UNSURE)
        assert person.navigator.route == f"result/life_event/{event}"


def wander(person: Person, random: Random) -> None:
    """Answer by any touches that the pages offer, back and forth, until the result."""
    for _ in range(200):
        if not person.navigator.route.startswith("question/"):
            return
        page = person.page
        if page.next_route and random.random() < 0.6:
            person.goes(page.next_route)
        elif page.previous_route and random.random() < 0.1:
            person.goes("do/back")
        else:
            person.goes(random.choice([*page.options, *page.keys, *page.tabs]).route)


def test_page_sheet_and_code_of_random_walks_say_the_same(catalogue: Catalogue) -> None:
    random = Random(4)
    for event in flowing(catalogue):
        key, subject = ("life_event", event), f"life_event/{event}"
        person = Person(catalogue)
        person.goes(f"question/{subject}")
        wander(person, random)
        walk = walk_of(key, catalogue, person.visit)
        assert walk is not None
        result = outcome(walk, catalogue)
        page = shown(f"result/{subject}", person.question)
        printed = json.loads(sheet_text(f"{ANSWERS}/{subject}", person.question))
        named = {
            group: [one.paper.title for one in result.papers if one.paper.group == group]
            for group in ("bring", "in_case")
        }
        on_paper = {group["name"]: [line["title"] for line in group["lines"]] for group in printed["groups"]}
        assert [row.title for row in page.page.papers] == named["bring"] == on_paper.get("bring", [])
        assert on_paper.get("in_case", []) == named["in_case"]
        assert page.handoff is not None
        assert printed["url"] == page.handoff.url
        carried = page.handoff.url.partition("#a=")[2]
        assert decode(walk.flow, catalogue.towns, carried) == counted(walk.flow, walk.answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_carries_answers_beside_other_things(catalogue: Catalogue, language: str) -> None:
    person = Person(catalogue, language)
    service = catalogue.services[0].id
    person.goes("question/life_event/having-a-baby")
    person.answers("none", "here", "married", "mother", "employee", "parents")
    person.goes(f"do/choose/{ANSWERS}/life_event/having-a-baby", f"do/choose/service/{service}")
    page = shown("handoff/list/all", person.question).page
    answered, plain = page.handoff.url.partition("#")[2].split(".")
    code, _, carried = answered.partition("-")
    flow = flow_of(("life_event", "having-a-baby"), catalogue)
    assert flow is not None
    assert (code, plain) == (
        catalogue.codes["life_event", "having-a-baby"],
        catalogue.codes["service", service],
    )
    assert decode(flow, catalogue.towns, carried)["maternity"] == "employee"
    assert page.privacy == person.question.words("scan-privacy-answers")
    printed = json.loads(sheet_text("list/all", person.question))
    assert len({group["title"].split("\n")[0] for group in printed["groups"]}) == 2
    assert shown("handoff/list/all/text", person.question).page.dense


def test_answers_to_questions_that_changed_are_not_taken_for_answers(person: Person) -> None:
    key = ("life_event", "having-a-baby")
    person.goes("question/life_event/having-a-baby", "do/answer/done/none")
    walk = person.visit.walks[key]
    older = changed(walk.flow, questions=walk.flow.questions[:2])
    person.visit.walks[key] = replace(walk, flow=older)
    assert person.page.warning == person.question.words("ask-outdated")
    assert not any(option.chosen for option in person.page.options)
    person.goes("do/answer/done/none")
    assert not person.page.warning


def test_erasing_forgets_answers(person: Person) -> None:
    person.goes("question/life_event/having-a-baby", "do/answer/done/none")
    person.visit.erase("zh")
    assert person.visit.walks == {}


def test_a_service_with_conditions_asks_about_them(catalogue: Catalogue, person: Person) -> None:
    own = [service for service in catalogue.services if flow_of(("service", service.id), catalogue)]
    assert len(own) > 20
    service = own[0]
    page = shown(f"service/{service.id}", person.question).page
    assert page.ask[0].route == f"question/service/{service.id}"
    person.goes(f"question/service/{service.id}")
    while person.navigator.route.startswith("question/"):
        person.answers("no")
    assert not person.page.cases


@pytest.mark.parametrize(
    "route",
    [
        "question/life_event/nope",
        "question/policy/x",
        "result/x",
        "answers/service/nope",
        "question/life_event/having-a-baby/nope",
    ],
)
def test_questions_that_are_not_there_lead_to_a_notice(catalogue: Catalogue, route: str) -> None:
    assert shown(route, asked(catalogue)).screen == "notice"
