"""The disclosure directories as values."""

from datetime import date

import pytest

from catalog.directory import directory
from catalog.records import DisclosureField, DisclosureItem, DisclosureRule, Policy, PublicOrganisation
from screens.disclosure.page import deadline, group_page, item_page, overview_page
from screens.shared.item import Paragraph, Tile
from screens.shared.words import load_words

ZH, EN = load_words("zh"), load_words("en")
OFFICES = (
    PublicOrganisation(id="taxation", title="甲县税务局", short_title="县税务局"),
    PublicOrganisation(id="idle", title="甲县档案局"),
)
FIELDS = (
    DisclosureField(id="taxation", title="税收管理", order=2),
    DisclosureField(id="empty", title="扶贫", order=1),
)
ITEMS = (
    DisclosureItem(
        id="b",
        directory="standard",
        field="taxation",
        number="10",
        level1="办税",
        level2="地图",
        disclosing_body="县税务局、各乡镇人民政府",
        levels=("县级", "乡级"),
    ),
    DisclosureItem(
        id="a", directory="standard", field="taxation", number="2", level1="办税", disclosing_body="县税务局"
    ),
    DisclosureItem(
        id="c", directory="supplementary", field="机构职能", level1="领导", disclosing_body="县政府"
    ),
)
FOUND = directory(
    ITEMS, FIELDS, OFFICES, [Policy(id="p", title="通告", issuer="甲县税务局", issued=date(2026, 1, 1))]
)


def routes(rows: tuple[Paragraph | Tile, ...]) -> list[str]:
    return [row.route if isinstance(row, Tile) else row.text for row in rows]


def test_items_stand_in_the_order_of_their_directory() -> None:
    assert [item.id for item in FOUND.items] == ["a", "b", "c"]
    assert list(FOUND.fields) == ["empty", "taxation"]


def test_an_item_belongs_to_every_office_and_level_that_it_names() -> None:
    assert {key: [item.id for item in items] for key, items in FOUND.offices.items()} == {
        "taxation": ["a", "b"],
        "各乡镇人民政府": ["b"],
        "县政府": ["c"],
    }
    assert {key: len(items) for key, items in FOUND.levels.items()} == {"县级": 1, "乡级": 1, "": 2}
    assert [policy.id for policy in FOUND.policies["taxation"]] == ["p"]


def test_a_field_and_an_office_of_one_name_are_not_confused() -> None:
    fields, offices = (overview_page(view, FOUND, ZH).rows for view in ("fields", "offices"))
    assert "税收管理" in [row.title for row in fields if isinstance(row, Tile)]
    assert "甲县税务局" in [row.title for row in offices if isinstance(row, Tile)]


def test_the_overview_has_all_fields_and_the_supplementary_directory() -> None:
    page = overview_page("fields", FOUND, ZH)
    assert routes(page.rows) == [
        "disclosure/field/empty",
        "disclosure/field/taxation",
        "补充目录",
        "disclosure/category/机构职能",
    ]
    assert [tab.chosen for tab in page.tabs] == [True, False, False]
    assert overview_page("levels", directory([], [], []), EN).rows


def test_a_group_has_headings() -> None:
    assert routes(group_page("税", FOUND.fields["taxation"], FOUND, ZH).rows) == [
        "办税",
        "disclosure/item/a",
        "disclosure/item/b",
    ]
    assert group_page("扶贫", (), FOUND, ZH).rows


RULES = (
    (DisclosureRule(kind="within", value=20, unit="working_day"), "20 个工作日内", "within 20 working days"),
    (DisclosureRule(kind="at_once"), "及时公开", "without delay"),
    (DisclosureRule(kind="yearly"), "每年公开", "every year"),
    (
        DisclosureRule(kind="within", value=24, unit="hour", display=7, display_unit="day"),
        "24 小时内，至少展示 7 天",
        "within 24 hours, on display for at least 7 days",
    ),
    (DisclosureRule(kind="unknown"), "", ""),
    (None, "", ""),
)


@pytest.mark.parametrize(("rule", "chinese", "english"), RULES)
def test_a_deadline_is_said_in_words(rule: DisclosureRule | None, chinese: str, english: str) -> None:
    item = DisclosureItem(id="x", directory="standard", field="f", deadline=rule)
    assert (deadline(item, ZH), deadline(item, EN)) == (chinese, english)


def test_an_item_says_what_is_known_and_leads_to_its_offices() -> None:
    page = item_page(ITEMS[0], FOUND, [Tile("服务", "", "service/x")], ZH)
    assert (page.title, page.text) == ("地图", "税收管理 · 办税")
    assert routes(page.rows)[-3:] == [
        "disclosure/office/taxation",
        "disclosure/office/各乡镇人民政府",
        "service/x",
    ]
    assert ZH("item-link") not in routes(page.rows)
