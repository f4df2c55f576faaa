"""What belongs to no office: who edits it, and that the pages say so before anybody begins."""

import pytest

from county.accounts.roles import Role
from tests.county.web.records import BIRTH, CARD
from tests.web.desk import CLERKS_ORGANISATION, RunningDesk

COMMON = "/admin/records/life_event/baby"


@pytest.mark.parametrize(
    ("name", "roles", "office", "may"),
    [
        ("hua", ["clerk"], "elsewhere", False),
        ("lan", ["clerk", "supervisor"], "elsewhere", True),
        ("mei", ["clerk", "reviewer"], "elsewhere", False),
        ("qin", ["clerk"], CLERKS_ORGANISATION, True),
    ],
)
def test_the_countys_own_texts_are_for_coordinators_and_supervisors(
    desk: RunningDesk, name: str, roles: list[Role], office: str, may: bool
) -> None:
    desk.add(name, roles, office)
    with desk.client(name) as client:
        assert client.get(f"{COMMON}/edit").status_code == (200 if may else 409)
        assert ("/edit" in client.get(COMMON).text) is may
        given_up = client.submit(COMMON, act="discard", based_on="999")
        assert ("不属于您的部门" in given_up.text) is not may
        began = client.submit("/admin/flows", event="baby")
        assert began.status_code == (303 if may else 409)
        assert ('name="event"' in client.get("/admin/flows").text) is may


def test_supervising_opens_no_other_offices_texts(desk: RunningDesk) -> None:
    desk.add("jia", ["clerk", "supervisor"], "elsewhere")
    with desk.client("jia") as client:
        for one in (BIRTH, CARD):
            assert client.get(f"/admin/records/service/{one.id}/edit").status_code == 409


@pytest.mark.parametrize(
    ("role", "sent", "above"),
    [
        ("clerk", "/admin/review/drafts/submit?x=1", "/admin/review/drafts"),
        ("clerk", "/admin/records/service/birth/forget", "/admin/records/service/birth"),
        ("administrator", "/admin/people/clerk/password", "/admin/people/clerk"),
        ("guide", "/desk/calls/take", "/desk/"),
        ("clerk", "/admin/language", "/admin/"),
    ],
)
def test_an_address_that_only_takes_what_is_sent_leads_back(
    desk: RunningDesk, role: str, sent: str, above: str
) -> None:
    answer = desk.client(role).get(sent, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, above)


def test_a_refused_form_goes_on_where_it_can_be_opened(desk: RunningDesk) -> None:
    refused = desk.client("approver").submit("/admin/publish/release", digest="")
    assert refused.status_code == 409
    assert 'data-here="/admin/publish"' in refused.text
    assert 'name="back" value="/admin/publish"' in refused.text
    kept = desk.client("clerk").get("/admin/records?q=a&page=2")
    assert 'data-here="/admin/records?q=a&amp;page=2"' in kept.text
