"""What cannot be taken back asks once more; what is to be published, or is not there yet, is told in names."""

import re
import time

import pytest

from county.releasing.making import maker
from tests.web.desk import RunningDesk

SURE = re.compile(r'<form[^>]*action="([^"]+)">(?:(?!</form>).)*<details class="desk-sure">', re.S)


@pytest.mark.parametrize(
    ("role", "asked"),
    [("administrator", {"password", "disable"}), ("security", {"device"})],
)
def test_acts_on_somebodys_account_ask_once_more(desk: RunningDesk, role: str, asked: set[str]) -> None:
    with desk.client(role) as client:
        page = client.get("/admin/people/approver").text
    assert set(SURE.findall(page)) == {f"/admin/people/approver/{act}" for act in asked}


def test_errors_of_an_edition_name_the_record_and_giving_it_up_asks_once_more(desk: RunningDesk) -> None:
    with desk.client("approver") as client:
        assert client.submit("/admin/publish/make").status_code == 303
        until = time.monotonic() + 30
        while client.get("/admin/publish/progress").json()["status"] == "working":
            assert time.monotonic() < until
            time.sleep(0.05)
        page = client.get("/admin/publish").text
    assert "/admin/publish/abandon" in SURE.findall(page)
    named = re.findall(r'<a href="/admin/records/\w+/([\w-]+)">[^<]* · ([^<]+)</a>：', page)
    assert named
    assert all(title != record for record, title in named)


def test_before_the_first_edition_the_page_says_where_it_comes_from(desk: RunningDesk) -> None:
    with desk.client("supervisor") as client:
        assert "审批员在“发布”页发布第一版以后" in client.get("/admin/open-data").text


def test_a_work_that_ends_while_its_page_is_made_does_not_leave_the_page_behind(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = maker(desk.engine)
    work.stage = "building"

    def found(_connection: object) -> None:
        work.stage = ""

    monkeypatch.setattr("county.web.admin.publishing.pages.editions.candidate", found)
    with desk.client("approver") as client:
        assert 'data-progress="/admin/publish/progress"' in client.get("/admin/publish").text
