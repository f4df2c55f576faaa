"""The disclosure directories and the windows of the hall on the phone."""

import msgspec
import pytest
from starlette.applications import Starlette

from catalog.directory import directory
from catalog.records import DisclosureRule
from county.web.phone.directory import LONGEST, group_page, overview_page
from county.web.phone.disclosure import deadline, disclosure_page
from county.web.phone.words import words
from tests.county.web.client import ask
from tests.county.web.markup import read_page
from tests.county.web.records import ALLOWANCE, BIRTH, FIELD, POLICE

ZH, EN = words("zh"), words("en")
FOUND = directory([ALLOWANCE], [FIELD], [POLICE])


def test_an_entry_says_how_soon_and_who_and_where_it_stands() -> None:
    service = msgspec.structs.replace(BIRTH, field="residence")
    page = disclosure_page(ALLOWANCE, FIELD, [POLICE], [service, BIRTH], ZH)
    assert (page.title, page.kicker) == ("落户政策", "户籍管理 · 政策文件")
    assert [fact.value for fact in page.facts] == ["20 个工作日内", "甲县公安局、各乡镇"]
    assert [link.href for link in page.related] == ["/m/service/birth"]
    assert [link.href for link in page.directories] == [
        "/m/directory/field/residence",
        "/m/directory/office/police",
        "/m/directory/level/%E5%8E%BF%E7%BA%A7",
    ]


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (None, "自形成之日起"),
        (DisclosureRule(kind="unknown"), "自形成之日起"),
        (DisclosureRule(kind="within"), "自形成之日起"),
        (DisclosureRule(kind="within", value=24, unit="hour"), "24 小时内"),
        (DisclosureRule(kind="yearly"), "每年公开"),
    ],
)
def test_a_deadline_is_said_in_words_or_as_written(rule: DisclosureRule | None, shown: str) -> None:
    assert (
        deadline(msgspec.structs.replace(ALLOWANCE, deadline=rule, deadline_text="自形成之日起"), ZH) == shown
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x"])
def test_only_addresses_of_the_web_are_linked(link: str) -> None:
    item = msgspec.structs.replace(ALLOWANCE, link=link)
    assert disclosure_page(item, FIELD, [], [], ZH).link == ""


def test_a_long_group_has_several_pages() -> None:
    items = [msgspec.structs.replace(ALLOWANCE, id=f"item-{n}", number=str(n)) for n in range(LONGEST + 1)]
    found = directory(items, [FIELD], [])
    first, second = (group_page("field", "residence", number, found, ZH) for number in (1, 2))
    assert first
    assert second
    assert [link.href for link in first.turns] == ["?page=2"]
    assert [link.href for link in second.turns] == ["?page=1"]
    assert [len(links) for page in (first, second) for _, links in page.sections] == [LONGEST, 1]
    assert [group_page("field", "residence", number, found, ZH) for number in (0, 3)] == [None, None]


def test_the_overview_leads_to_groups_that_are_there(app: Starlette) -> None:
    links = [link for _, found in overview_page(FOUND, EN).sections for link in found]
    assert len(links) == 4
    for link in links:
        answer = ask(app, link.href)
        assert answer.status == 200, link.href
        assert "/m/disclosure/residence-1" in read_page(answer.text).hrefs


def test_entries_without_a_level_are_found_under_a_dash(app: Starlette) -> None:
    item = msgspec.structs.replace(ALLOWANCE, levels=())
    page = overview_page(directory([item], [FIELD], []), ZH)
    assert page.sections[-1][1][0].href == "/m/directory/level/-"


@pytest.mark.parametrize(
    "path",
    [
        "/m/directory/field/nothing",
        "/m/directory/nothing/residence",
        "/m/directory/field/residence?page=2",
        "/m/directory/field/residence?page=x",
        "/m/window/1/Z99",
        "/m/window/9/A06",
        "/m/window/x/A06",
    ],
)
def test_what_is_not_in_the_directory_or_the_hall_is_not_found(app: Starlette, path: str) -> None:
    assert ask(app, path).status == 404


def test_a_window_says_what_is_done_there(app: Starlette) -> None:
    page = read_page(ask(app, "/m/window/1/A06").text)
    assert {"1 楼 A06 窗口", "户口登记", "户籍区"} <= set(page.words)
    assert "/m/service/birth" in page.hrefs
    assert "tel:00007100000" in page.hrefs


def test_a_field_of_another_directory_still_has_a_name() -> None:
    item = msgspec.structs.replace(ALLOWANCE, directory="supplementary", field="行政执法")
    page = disclosure_page(item, None, [], [], ZH)
    assert page.directories[0].label == "行政执法"
