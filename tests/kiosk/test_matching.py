"""Policy match on the kiosk: taps, the way through the questions, the list, the clause and what is carried away."""

import json
from dataclasses import replace

import pytest

from catalog.matching import groups
from catalog.records import Policy, PolicyClause, Tag
from kiosk.acts import ACTS, Hands
from kiosk.catalogue import Catalogue
from kiosk.navigation import Navigator
from kiosk.pages.asked import Asked
from kiosk.pages.router import shown
from kiosk.pages.taking import sheet_text
from kiosk.post import Post
from kiosk.visit import Visit
from screens.shared.words import LANGUAGES
from tests.kiosk.routes import NOW, asked, texts, ways_on

pytestmark = pytest.mark.usefixtures("plain_codes")


class County(Catalogue):
    """Policies of another county, whose groups have names that nobody foresaw."""

    policies = [
        Policy(
            id="p",
            title="政策",
            document_number="1 号",
            clauses=(
                PolicyClause(
                    title="甲", tags=("a1", "b1"), contact="科室 1", conditions=("条件",), support="补"
                ),
                PolicyClause(title="乙", tags=("b2",), closes=NOW.date()),
            ),
        )
    ]
    tags = [Tag(id=f"{group}{n}", label=f"{group}{n}", group=group) for group in "ab" for n in (1, 2)]


@pytest.fixture
def visit() -> Visit:
    return Visit(60, 20, "zh")


@pytest.fixture
def question(catalogue: Catalogue, visit: Visit) -> Asked:
    return replace(asked(catalogue, visit=visit), catalogue=County(catalogue.store))


@pytest.fixture
def hands(catalogue: Catalogue, visit: Visit) -> Hands:
    question = asked(catalogue, visit=visit)
    return Hands(visit, Navigator(), lambda _: None, Post.__new__(Post), lambda: question, None)


def test_one_group_after_the_other_and_then_the_list(question: Asked) -> None:
    first, second = (shown(f"match/person{part}", question).page for part in ("", "/2"))
    assert (first.previous_label, first.next_route) == ("", "match/person/2")
    assert (second.previous_route, second.next_route) == ("match/person", "matched/person")
    assert [choice.route for choice in first.choices] == ["do/tap/a1", "do/tap-none/a1"]
    assert first.next_label == question.words("match-skip")
    assert not first.result_label


def test_what_was_tapped_is_marked_and_counted(question: Asked) -> None:
    question.visit.tap("a", "a1")
    page = shown("match/person", question).page
    assert [choice.chosen for choice in page.choices] == [True, False]
    assert page.next_label == question.words("next")
    assert page.so_far == question.words("match-so-far", likely=0, possible=1)
    assert page.result_route == "matched/person"


def test_the_list_says_how_sure_it_is(question: Asked) -> None:
    question.visit.tap("b", "b1")
    question.visit.tap("b", "b2")
    body = shown("matched/person", question).page.body
    found = [(block.title, block.route) for block in body if hasattr(block, "route")]
    assert found == [("乙", "clause/person/p/2"), ("甲", "clause/person/p/1")]
    assert f"{NOW.date()} 截止，还有 0 天" in body[1].hint


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clause_says_what_is_met_and_whom_to_ask(question: Asked, language: str) -> None:
    spoken = asked(question.catalogue, language, question.visit)
    question.visit.tap("b", "b1")
    page = shown("clause/person/p/1", spoken).page
    words = spoken.words
    assert [(row.icon, row.note) for row in page.conditions] == [
        ("help-circle", words("match-unknown")),
        ("check-circle", words("match-met")),
        ("help-circle", words("match-check-yourself")),
    ]
    assert "科室 1" in page.conditions_hint
    assert "match/person" in [way.route for way in page.ways]


def test_without_taps_the_list_says_so_and_with_taps_why_it_is_empty(question: Asked) -> None:
    assert question.words("match-nothing-tapped") in texts(shown("matched/person", question))
    question.visit.traits = {"a": (), "b": ()}
    assert question.words("match-empty") in texts(shown("matched/person", question))
    assert {"match/person", "guide", "search"} <= ways_on("matched/person", question)


def test_a_county_without_tags_says_where_to_ask(catalogue: Catalogue) -> None:
    class Untagged(Catalogue):
        tags: list[Tag] = []

    question = replace(asked(catalogue), catalogue=Untagged(catalogue.store))
    for route in ("match/person", "matched/business"):
        assert shown(route, question).screen == "notice"
        assert shown(route, question).title == question.words("policy-match")


@pytest.mark.parametrize(
    "route",
    [
        *("match/nobody", "match/person/0", "match/person/3", "match/person/²", "match/person/x", "matched"),
        *(
            "clause/person/p/3",
            "clause/person/p/0",
            "clause/person/q/1",
            "clause/nobody/p/1",
            "clause/person/p/²",
        ),
    ],
)
def test_routes_that_lead_nowhere(question: Asked, route: str) -> None:
    assert shown(route, question).title == question.words("notice-unknown-title")


def test_the_code_names_clauses_in_the_fragment_and_no_taps(catalogue: Catalogue, visit: Visit) -> None:
    question = asked(catalogue, visit=visit)
    plain = shown("handoff/policy/elder-allowance-2026", question).page.handoff.url
    assert "#" not in plain
    for group, tag in (("年龄", "age-80"), ("身份", "id-low-income"), ("处境", "sit-care")):
        visit.tap(group, tag)
    found = shown("clause/person/elder-allowance-2026/2", question).handoff
    assert found is not None
    assert found.url == f"{plain}#c=1.2.3"
    assert shown("handoff/policy/elder-allowance-2026", question).page.handoff.url == found.url


def test_the_sheet_of_a_policy_says_what_it_grants_and_whom_to_ask(catalogue: Catalogue) -> None:
    printed = json.loads(sheet_text("policy/elder-allowance-2026", asked(catalogue)))
    text = str(printed["sections"])
    for said in ("高龄津贴：80—89 岁每月 100 元", "刷身份证或社会保障卡直接减收", "0000-7135033"):
        assert said in text


def test_touches_tap_and_go_back_through_the_questions(hands: Hands) -> None:
    for route in ("match/person", "match/person/2", "match/person/3"):
        hands.navigator.leave_part(route)
        hands.navigator.go(route)
    ACTS["tap"](hands, "id-farmer")
    ACTS["tap"](hands, "no such tag")
    ACTS["tap-none"](hands, "age-80")
    assert hands.visit.traits == {"身份": ("id-farmer",), "年龄": ()}
    trail = []
    for _ in range(3):
        ACTS["back"](hands, "")
        trail.append(hands.navigator.route)
    assert trail == ["match/person/2", "match/person", "home"]


def test_all_likely_policies_go_on_the_list_once(hands: Hands) -> None:
    ACTS["tap"](hands, "id-veteran")
    ACTS["take-found"](hands, "person")
    chosen = list(hands.visit.choices)
    assert ("policy", "veteran-support-2026") in chosen
    assert hands.navigator.route == "basket"
    ACTS["take-found"](hands, "person")
    ACTS["take-found"](hands, "nobody")
    assert hands.visit.choices == chosen


def test_persons_are_asked_four_to_six_times_and_businesses_too_of_what_concerns_them(
    catalogue: Catalogue,
) -> None:
    today = NOW.date()
    person, business = (
        list(groups(catalogue.policies, catalogue.tags, audience, today))
        for audience in ("person", "business")
    )
    assert person == ["身份", "年龄", "处境", "行业", "事项"]
    assert business == ["企业规模", "行业", "事项"]
