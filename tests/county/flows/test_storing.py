"""What is written is kept, becomes a draft once, and is never lost to somebody else's."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from catalog.records import Evidence, GuidedFlow, LifeEvent, PublicService
from catalog.records.flow import FlowQuestion
from county.database.engine import writing
from county.editing import drafting
from county.editing.drafting import Editor, Overtaken
from county.errors import Refused
from county.flows import storing
from county.revisions import Change, add_drafts
from tests.county.catalogue import NOW

CLERK = Editor("li", "police", common=True)
SERVICE = PublicService(
    id="birth",
    title="出生登记",
    competent_authority="police",
    evidence=(Evidence(title="委托书", order=1, only_if="代办的"),),
)
OTHER = PublicService(id="card", title="社会保障卡申领", competent_authority="office")
EVENT = LifeEvent(id="baby", audience="person", title="孩子出生", services=("birth",))


@pytest.fixture
def flow(engine: Engine) -> GuidedFlow:
    with writing(engine) as connection:
        add_drafts(connection, [Change.to(record) for record in (SERVICE, OTHER, EVENT)], "tester", NOW)
        return storing.begin(connection, "baby")


def test_a_new_flow_includes_all_of_its_event(flow: GuidedFlow) -> None:
    assert (flow.id, flow.event, flow.title) == ("flow-baby", "baby", "孩子出生")
    assert flow.effects[0].do.include_services == ("birth",)


def test_what_is_written_is_kept_for_its_writer_alone(engine: Engine, flow: GuidedFlow) -> None:
    with writing(engine) as connection:
        storing.keep(connection, flow, 0, "li", NOW)
        storing.keep(connection, replace(flow, title="改过"), 0, "li", NOW + timedelta(minutes=1))
        kept = storing.unsaved(connection, flow.id, "li")
        assert kept is not None
        assert (kept.flow.title, kept.based_on) == ("改过", 0)
        assert storing.unsaved(connection, flow.id, "wang") is None
        assert drafting.current(connection, "flow", flow.id).record is None


def test_saving_makes_a_draft_and_leads_the_event_to_it(engine: Engine, flow: GuidedFlow) -> None:
    with writing(engine) as connection:
        storing.keep(connection, flow, 0, "li", NOW)
        number = storing.save(connection, flow, 0, CLERK, NOW)
        assert number is not None
        assert drafting.current(connection, "flow", flow.id).record == flow
        event = drafting.current(connection, "life_event", "baby").record
        assert isinstance(event, LifeEvent)
        assert event.flow == flow.id
        assert storing.unsaved(connection, flow.id, "li") is None
        assert storing.save(connection, flow, number, CLERK, NOW) is None
        storing.keep(connection, flow, number, "li", NOW)
        assert storing.unsaved(connection, flow.id, "li") is None


def test_two_writers_do_not_overwrite_each_other(engine: Engine, flow: GuidedFlow) -> None:
    mine, yours = replace(flow, title="我的"), replace(flow, title="你的")
    with writing(engine) as connection:
        storing.keep(connection, mine, 0, "li", NOW)
        storing.save(connection, yours, 0, Editor("wang", "police", common=True), NOW)
    with pytest.raises(Overtaken), writing(engine) as connection:
        storing.save(connection, mine, 0, CLERK, NOW)
    with writing(engine) as connection:
        kept = storing.unsaved(connection, flow.id, "li")
        assert kept is not None
        assert kept.flow == mine
        assert storing.save(
            connection, mine, drafting.current(connection, "flow", flow.id).number, CLERK, NOW
        )


def test_without_an_event_there_is_nothing_to_begin(engine: Engine) -> None:
    with pytest.raises(Refused), writing(engine) as connection:
        storing.begin(connection, "no-such")


def test_surroundings_are_the_event_what_the_flow_names_and_what_is_looked_for(
    engine: Engine, flow: GuidedFlow
) -> None:
    with engine.connect() as connection:
        assert list(storing.surroundings(connection, flow).services) == ["birth"]
        found = storing.surroundings(connection, flow, "社会保障")
        assert list(found.services) == ["birth", "card"]
        assert found.near == ("birth",)
        assert storing.surroundings(connection, flow, "100%_' OR 1=1 --").near == ("birth",)
        place = replace(flow, questions=(FlowQuestion(id="q1", kind="place", text="在哪里"),))
        assert storing.surroundings(connection, place).towns == ()
