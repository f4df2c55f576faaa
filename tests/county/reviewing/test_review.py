"""Three people, in order, none of whom wrote it; an edit voids what was said."""

import pytest
from sqlalchemy import Engine

from catalog.records import PublicService
from county import audit, revisions
from county.accounts.people import Person
from county.database.engine import writing
from county.errors import Refused
from county.reviewing.review import review_texts, say, submit
from county.reviewing.rules import rules, set_rules
from county.reviewing.steps import DEFAULT, STEPS, Rule
from county.reviewing.texts import reviews_of
from county.reviewing.texts import submitted as waiting
from county.revisions import Change
from tests.county.catalogue import NOW, approve, enter, organisation
from tests.county.reviewing.cases import (
    FINAL,
    FIRST,
    SECOND,
    THIRD,
    drafted,
    reviewer,
    state,
    submitted,
    take,
)


def published_phones(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [record.phone for record in revisions.published(connection) if hasattr(record, "phone")]


def test_three_people_approve(engine: Engine) -> None:
    number = submitted(engine, Change.to(organisation(1, "1")))
    for by, after in ((FIRST, "submitted"), (SECOND, "submitted"), (FINAL, "approved")):
        assert take(engine, [number], by) == []
        assert state(engine, number) == after
    assert published_phones(engine) == ["1"]
    with engine.connect() as connection:
        said = [(review.step, review.reviewer) for review in reviews_of(connection, number)]
        assert [entry.action for entry in audit.entries(connection)] == ["submit", *["review"] * 3]
    assert said == [("初审", "赵一"), ("复审", "钱二"), ("终审", "李批")]


def test_a_withdrawal_is_reviewed_like_a_text(engine: Engine) -> None:
    approve(engine, [organisation(1)])
    number = submitted(engine, Change("organisation", "office-1", None))
    with engine.connect() as connection:
        (text,) = waiting(connection)
    assert (text.record, text.before, text.owners) == (None, organisation(1), frozenset({"office-1"}))
    for by in (FIRST, SECOND, FINAL):
        assert take(engine, [number], by) == []
    assert published_phones(engine) == []


@pytest.mark.parametrize(
    ("steps", "by", "reason"),
    [
        ([], reviewer("clerk"), "起草"),
        ([], reviewer("editor"), "起草"),
        ([], FINAL, "审核员"),
        ([FIRST], FIRST, "三个人"),
        ([FIRST, SECOND], THIRD, "审批员"),
        ([FIRST, SECOND], reviewer("钱二", "approver"), "三个人"),
        ([], reviewer("外单位", "reviewer", "office-2"), "其他单位"),
        ([FIRST, SECOND, FINAL], THIRD, "已办结"),
    ],
)
def test_who_may_not(engine: Engine, steps: list[Person], by: Person, reason: str) -> None:
    drafted(engine, Change.to(organisation(1, "1")), "editor")
    number = submitted(engine, Change.to(organisation(1, "2")))
    for step in steps:
        assert take(engine, [number], step) == []
    (declined,) = take(engine, [number], by)
    assert reason in declined.reason


def test_who_wrote_an_earlier_published_text_may_review(engine: Engine) -> None:
    enter(engine, [Change.to(organisation(1, "1"))], author=FIRST.name)
    number = submitted(engine, Change.to(organisation(1, "2")))
    assert take(engine, [number], FIRST) == []


def test_an_edit_voids_every_step(engine: Engine) -> None:
    old = submitted(engine, Change.to(organisation(1, "1")))
    for by in (FIRST, SECOND):
        take(engine, [old], by)
    new = submitted(engine, Change.to(organisation(1, "2")))
    (declined,) = take(engine, [old], FINAL)
    assert "取代" in declined.reason
    (declined,) = take(engine, [new], FINAL)
    assert "初审" in declined.reason
    assert published_phones(engine) == []


def test_returning_needs_a_reason_and_ends_the_review(engine: Engine) -> None:
    number = submitted(engine, Change.to(organisation(1)))
    with pytest.raises(Refused, match="理由"):
        take(engine, [number], FIRST, "returned", " ")
    assert take(engine, [number], FIRST, "returned", "电话不对") == []
    assert state(engine, number) == "returned"
    assert take(engine, [number], SECOND) != []


def test_another_text_than_was_read_is_not_approved(engine: Engine) -> None:
    number = submitted(engine, Change.to(organisation(1)))
    with writing(engine) as connection:
        (declined,) = review_texts(connection, {number: "0" * 64}, "approved", FIRST, "", NOW)
    assert "重新核对" in declined.reason


def test_a_batch_takes_what_it_can_and_needs_a_reason(engine: Engine) -> None:
    numbers = [submitted(engine, Change.to(organisation(number))) for number in (1, 2)]
    own = submitted(engine, Change.to(organisation(3)), FIRST.name)
    with pytest.raises(Refused, match="理由"):
        take(engine, numbers, FIRST, note="")
    assert [declined.number for declined in take(engine, [*numbers, own], FIRST)] == [own]
    with engine.connect() as connection:
        assert [len(text.reviews) for text in waiting(connection)] == [1, 1, 0]


def test_only_drafts_are_submitted_and_only_open_texts_remarked(engine: Engine) -> None:
    number = submitted(engine, Change.to(organisation(1)))
    with pytest.raises(Refused, match="不是草稿"), writing(engine) as connection:
        submit(connection, [number], "clerk", NOW)
    with writing(engine) as connection:
        say(connection, number, "phone", "请核对", FIRST.name, NOW)
    take(engine, [number], FIRST, "returned", "请改")
    with pytest.raises(Refused, match="已办结"), writing(engine) as connection:
        say(connection, number, "phone", "再说", FIRST.name, NOW)


def test_an_organisation_has_its_own_rules(engine: Engine) -> None:
    approve(engine, [organisation(1), organisation(2)])
    service = PublicService(id="s-1", title="某事", competent_authority="office-1")
    own = [Rule("初审", "reviewer", own=True, days=1), Rule("复审", "reviewer", people=("钱二",))]
    with writing(engine) as connection:
        set_rules(connection, "office-1", [*own, DEFAULT["", "终审"]], "admin", NOW)
        assert rules(connection)["office-1", "初审"].days == 1
    number = submitted(engine, Change.to(service))
    assert "本单位" in take(engine, [number], FIRST)[0].reason
    assert take(engine, [number], reviewer("内审", "reviewer", "office-1")) == []
    assert "钱二" in take(engine, [number], THIRD)[0].reason
    assert take(engine, [number], SECOND) == []
    with writing(engine) as connection:
        set_rules(connection, "office-1", [], "admin", NOW)
        assert rules(connection) == DEFAULT


@pytest.mark.parametrize(
    "wanted",
    [
        [Rule("初审", "reviewer")],
        [Rule(step, "reviewer", people=("同一人",)) for step in STEPS],
        [Rule(step, "reviewer", days=0) for step in STEPS],
    ],
)
def test_rules_that_nobody_can_meet(engine: Engine, wanted: list[Rule]) -> None:
    with pytest.raises(Refused), writing(engine) as connection:
        set_rules(connection, "", wanted, "admin", NOW)
