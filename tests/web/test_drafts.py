"""What a clerk drafted: on to the reviewers, and back with the reason."""

import msgspec

from county.revisions import Change
from tests.county.reviewing.cases import FIRST, drafted, submitted, take
from tests.county.web.records import BIRTH, CARD
from tests.web.desk import RunningDesk


def test_what_came_back_says_why_and_is_no_draft_to_tick(desk: RunningDesk) -> None:
    back = submitted(desk.engine, Change.to(msgspec.structs.replace(BIRTH, description="改过的")))
    take(desk.engine, [back], FIRST, "returned", "电话请再核对")
    draft = drafted(desk.engine, Change.to(msgspec.structs.replace(CARD, description="改过的")))
    with desk.client("clerk") as clerk:
        page = clerk.get("/admin/review/drafts").text
        assert f'href="/admin/review/{back}"' in page
        assert "电话请再核对" in page
        assert f'name="draft" value="{draft}"' in page
        assert f'name="draft" value="{back}"' not in page
        assert f'href="/admin/review/{back}"' in clerk.get("/admin/records/service/birth").text
        assert 'href="/admin/review/drafts">去提交审核' in clerk.get("/admin/records/service/card").text


def test_a_tick_of_a_page_that_is_too_old_is_told_so(desk: RunningDesk) -> None:
    number = drafted(desk.engine, Change.to(msgspec.structs.replace(CARD, description="别人改的")), "tester")
    with desk.client("clerk") as clerk:
        assert clerk.submit("/admin/review/drafts/submit", draft=number).status_code == 303
        page = clerk.get("/admin/review/drafts").text
    assert "已经不在这里了" in page
    assert "已提交 0 条" not in page


def test_a_reviewer_reads_offices_and_choices_in_words_and_finds_the_whole_text(desk: RunningDesk) -> None:
    changed = msgspec.structs.replace(BIRTH, processing_kind="immediate")
    number = submitted(desk.engine, Change.to(changed))
    with desk.client("reviewer") as reviewer:
        page = reviewer.get(f"/admin/review/{number}").text
    assert 'href="/admin/records/service/birth"' in page
    assert ">immediate<" not in page
