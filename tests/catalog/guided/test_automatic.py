"""Flows that every service with papers for certain cases has by itself."""

import msgspec

from catalog.guided.automatic import automatic
from catalog.guided.result import result
from catalog.records import GuidedFlow
from catalog.text import encode
from tests.catalog.guided.flows import paper, service

SERVICE = service(
    "licence",
    paper("申请表"),
    paper("委托书", "代办时", order=3),
    paper("身份证", " 代办时 ", order=2),
    paper("户口簿", "迁入时", order=4, waiver="data_sharing"),
    paper("旧证", "换发时", order=5, necessity="optional"),
)


def papers(**answers: str) -> dict[str, str]:
    found = automatic(SERVICE)
    assert found is not None
    outcome = result(found, answers, {SERVICE.id: SERVICE})
    return {wanted.paper.title: wanted.paper.group for wanted in outcome.papers}


def test_one_question_for_each_case_that_is_worth_asking() -> None:
    found = automatic(SERVICE)
    assert found is not None
    assert [(question.id, question.text) for question in found.questions] == [
        ("case-1", "您的情况是“代办时”吗？"),
        ("case-2", "您的情况是“换发时”吗？"),
    ]
    assert [option.id for option in found.questions[0].options] == ["yes", "no", "unsure"]


def test_yes_requires_the_papers_no_drops_them_not_sure_leaves_them() -> None:
    rest = {"申请表": "bring", "户口簿": "waived"}
    unsure = rest | {"身份证": "in_case", "委托书": "in_case", "旧证": "in_case"}
    assert papers() == unsure
    assert papers(**{"case-1": "unsure"}) == unsure
    assert papers(**{"case-1": "yes", "case-2": "no"}) == rest | {"身份证": "bring", "委托书": "bring"}
    assert papers(**{"case-1": "no", "case-2": "yes"}) == rest | {"旧证": "bring"}


def test_a_service_without_cases_needs_no_questions() -> None:
    assert automatic(service("a", paper("申请表"), paper("户口簿", "迁入时", waiver="data_sharing"))) is None


def test_it_is_a_flow_like_any_other() -> None:
    found = automatic(SERVICE)
    assert msgspec.json.decode(encode(found), type=GuidedFlow) == found
