"""An emergency from the first person's draft to the third one's look afterwards, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from catalog.records import Bulletin
from county import revisions
from county.bulletins import emergencies
from county.bulletins.drafting import lifted
from county.bulletins.emergencies import Emergency, activate, change, check_afterwards, confirm, refuse
from county.bulletins.tasks import record, tasks
from county.database.engine import writing
from county.errors import Refused
from county.revisions import Change
from tests.county.bulletins.plans import PLAN, bulletin, staff
from tests.county.catalogue import NOW, organisation
from tests.county.supervision.grounds import CALENDAR

HOUR = timedelta(hours=1)


@pytest.fixture
def hall(engine: Engine) -> Engine:
    """A county with two approvers, a supervisor and a clerk."""
    with writing(engine) as connection:
        for name in ("one", "two", "three"):
            staff(connection, name, "approver")
        staff(connection, "watch", "supervisor")
        staff(connection, "clerk", "clerk")
    return engine


def ask(engine: Engine, by: str = "one") -> Emergency:
    with writing(engine) as connection:
        number = activate(connection, PLAN, bulletin(), "暴雨", by, NOW)
        return emergencies.find_emergency(connection, number)


def again(engine: Engine, one: Emergency) -> Emergency:
    with engine.connect() as connection:
        return emergencies.find_emergency(connection, one.number)


def decide(engine: Engine, one: Emergency, by: str = "two", content_hash: str = "") -> Emergency:
    step = one.open_step
    assert step is not None
    with writing(engine) as connection:
        confirm(connection, step, content_hash or step.content_hash, CALENDAR, 5, by, NOW + HOUR)
    return again(engine, one)


def published(engine: Engine) -> list[Bulletin]:
    with engine.connect() as connection:
        return [record for record in revisions.published(connection) if isinstance(record, Bulletin)]


def test_two_people_put_it_into_force(hall: Engine) -> None:
    one = ask(hall, "watch")
    assert one.state == "asked"
    assert published(hall) == []
    one = decide(hall, one)
    assert one.state == "active"
    assert [record.id for record in published(hall)] == ["flood-1"]
    assert one.steps[0].check_due is not None
    assert one.steps[0].check_due.isoformat() == "2026-11-27"
    with writing(hall) as connection:
        with pytest.raises(Refused, match="第三人"):
            check_afterwards(connection, one.steps[0], "看过", "two", NOW)
        check_afterwards(connection, one.steps[0], "看过", "three", NOW)
    assert not again(hall, one).steps[0].unchecked


def test_nobody_confirms_their_own(hall: Engine) -> None:
    one = ask(hall)
    with pytest.raises(Refused, match="两个人"):
        decide(hall, one, "one")
    assert published(hall) == []


@pytest.mark.parametrize("by", ["one", "watch", "clerk", "nobody"])
def test_the_database_wants_another_approver(hall: Engine, by: str) -> None:
    one = ask(hall)
    with pytest.raises(DBAPIError, match="confirmed by an approver"), writing(hall) as connection:
        connection.execute(
            text(
                "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
                "SELECT number, content_hash, 'emergency', 'approved', :by, created FROM revision"
            ),
            {"by": by},
        )
    assert again(hall, one).state == "asked"


@pytest.mark.parametrize("by", ["clerk", "nobody"])
def test_the_database_wants_staff_to_ask(hall: Engine, by: str) -> None:
    with pytest.raises(DBAPIError, match="supervisors and approvers"):
        ask(hall, by)


def test_other_texts_have_no_short_way(hall: Engine) -> None:
    """Neither an office nor a notice is approved as an emergency, by whatever SQL."""
    notice = Bulletin(id="notice", bulletin_kind="notice", title='"bulletin_kind":"emergency"')
    with writing(hall) as connection:
        revisions.add_drafts(connection, [Change.to(notice), Change.to(organisation(1))], "one", NOW)
        connection.execute(
            text(
                "INSERT INTO activation (plan, plan_title, bulletin, author, at) "
                "SELECT 'p', 'p', record, 'one', created FROM revision"
            )
        )
    for record_id in ("notice", "office-1"):
        with pytest.raises(DBAPIError, match="emergency bulletin"), writing(hall) as connection:
            connection.execute(
                text(
                    "INSERT INTO emergency_step "
                    "(activation, action, level, revision, content_hash, asked_by, asked_at) "
                    "SELECT a.number, 'activate', 1, r.number, r.content_hash, 'one', r.created FROM activation a "
                    "JOIN revision r ON r.record = a.bulletin WHERE r.record = :id"
                ),
                {"id": record_id},
            )
        with pytest.raises(DBAPIError), writing(hall) as connection:
            connection.execute(
                text("UPDATE revision SET state = 'approved' WHERE record = :id"), {"id": record_id}
            )


FORBIDDEN = {
    "confirming without a review": (
        "UPDATE emergency_step SET verdict = 'confirmed', decided_by = 'two', decided_at = asked_at, "
        "check_due = '2026-12-01'"
    ),
    "changing who asked": "UPDATE emergency_step SET asked_by = 'two'",
    "deleting a step": "DELETE FROM emergency_step",
    "deleting an activation": "DELETE FROM activation",
    "changing a task": "UPDATE emergency_task SET deadline = ''",
    "approving without a review": "UPDATE revision SET state = 'approved'",
    "looking at what is not confirmed": (
        "UPDATE emergency_step SET checked_by = 'three', checked_at = asked_at, check_note = 'x'"
    ),
    "a second open step": (
        "INSERT INTO emergency_step (activation, action, level, revision, content_hash, asked_by, asked_at) "
        "SELECT activation, action, level, revision, content_hash, asked_by, asked_at FROM emergency_step"
    ),
}


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_database_refuses(hall: Engine, attempt: str) -> None:
    one = ask(hall)
    with pytest.raises(DBAPIError), writing(hall) as connection:
        connection.execute(text(FORBIDDEN[attempt]))
    assert again(hall, one).state == "asked"


def test_a_text_changed_after_asking_is_not_confirmed(hall: Engine) -> None:
    one = ask(hall)
    with writing(hall) as connection:
        revisions.add_drafts(connection, [Change.to(bulletin(area="全县"))], "clerk", NOW)
    with pytest.raises(Refused, match="又被修改"):
        decide(hall, one)
    with writing(hall) as connection:
        step = one.open_step
        assert step is not None
        refuse(connection, step, "范围不对", "two", NOW)
    assert again(hall, one).state == "dropped"
    assert published(hall) == []


def test_what_was_read_is_what_is_confirmed(hall: Engine) -> None:
    with pytest.raises(Refused, match="又被修改"):
        decide(hall, ask(hall), content_hash="0" * 64)


def test_level_correction_and_lifting_keep_the_id(hall: Engine) -> None:
    one = decide(hall, ask(hall))
    with writing(hall) as connection:
        change(connection, one.number, "level", bulletin(1), "水位上涨", "two", NOW)
        with pytest.raises(Refused, match="还没有确认"):
            change(connection, one.number, "lift", bulletin(), "", "one", NOW)
    assert published(hall)[0].level == "二级"
    one = decide(hall, again(hall, one), "one")
    assert (published(hall)[0].level, one.level, sorted(one.levels)) == ("一级", 1, [1, 2])
    with writing(hall) as connection:
        over = lifted(published(hall)[0], "水位回落。", NOW + 2 * HOUR)
        change(connection, one.number, "lift", over, "", "one", NOW)
    one = decide(hall, again(hall, one), "two")
    assert one.state == "lifted"
    assert [record.takeover for record in published(hall)] == [False]
    with writing(hall) as connection, pytest.raises(Refused, match="解除"):
        change(connection, one.number, "correct", bulletin(), "", "one", NOW)


def test_two_people_may_correct_each_other_in_turn(hall: Engine) -> None:
    one = decide(hall, ask(hall))
    for asked, refused in (("one", "two"), ("two", "one")):
        with writing(hall) as connection:
            change(connection, one.number, "correct", bulletin(area="全县"), "", asked, NOW)
        step = again(hall, one).open_step
        assert step is not None
        with writing(hall) as connection:
            refuse(connection, step, "再改", refused, NOW)
    with writing(hall) as connection:
        change(connection, one.number, "correct", bulletin(area="全县"), "", "one", NOW)
    assert decide(hall, again(hall, one), "two").steps[-1].verdict == "confirmed"
    assert published(hall)[0].area == "全县"


def test_a_draft_that_lacks_something_changes_nothing(hall: Engine) -> None:
    with pytest.raises(Refused, match="应当采取的措施"), writing(hall) as connection:
        activate(connection, PLAN, bulletin(measures=()), "", "one", NOW)
    with hall.connect() as connection:
        assert emergencies.emergencies(connection) == ()


def test_the_checklist_runs_against_the_clock(hall: Engine) -> None:
    one = decide(hall, ask(hall))
    started = NOW + HOUR

    def states(now: object) -> list[str]:
        with hall.connect() as connection:
            return [task.state for task in tasks(connection, again(hall, one), CALENDAR, now)]  # type: ignore[arg-type]

    assert states(started) == ["running", "waiting", "running", "waiting", "waiting", "no_clock"]
    assert states(started + 4 * HOUR) == ["overdue", "waiting", "overdue", "waiting", "waiting", "no_clock"]
    with hall.connect() as connection:
        numbers = [task.number for task in tasks(connection, one, CALENDAR, NOW)]
    with writing(hall) as connection:
        record(connection, one, numbers[0], "done", "https://x", "watch", started + 4 * HOUR)
        record(connection, one, numbers[2], "done", "", "watch", started + 4 * HOUR)
        record(connection, one, numbers[3], "started", "", "watch", started + 4 * HOUR)
        record(connection, one, numbers[5], "void", "没有疫情", "watch", started + 4 * HOUR)
        with pytest.raises(Refused):
            record(connection, one, numbers[5] + 1, "done", "", "watch", NOW)
    assert states(started + 5 * HOUR) == ["done", "waiting", "running", "overdue", "waiting", "void"]
