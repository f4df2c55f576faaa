"""Which bulletins are in force, which come first, and that what the law wants is said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.levels import level
from catalog.records import Bulletin
from screens.bulletin.current import emergencies, in_force, ordered, ordinary
from screens.bulletin.page import bulletin_page
from screens.emergency.page import emergency_page
from screens.home.page import home_page
from screens.shared.words import LANGUAGES, load_words

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def bulletin(name: str = "a", **given: Any) -> Bulletin:
    return Bulletin(**{"id": name, "bulletin_kind": "emergency", "title": name, "takeover": True, **given})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一级", 1),
        ("Ⅰ级", 1),
        ("I级响应", 1),
        ("特别重大", 1),
        ("重大（II级）", 2),
        ("橙色预警", 2),
        ("较大", 3),
        ("黄色", 3),
        ("Ⅳ级", 4),
        ("IV 级", 4),
        ("一般", 4),
        ("", None),
        ("关注", None),
    ],
)
def test_levels_as_offices_write_them(text: str, expected: int | None) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({}, True),
        ({"starts": NOW}, True),
        ({"starts": NOW + HOUR}, False),
        ({"ends": NOW}, False),
        ({"ends": NOW + HOUR}, True),
        ({"valid_to": date(2026, 11, 22)}, True),
        ({"valid_to": date(2026, 11, 21)}, False),
        ({"valid_from": date(2026, 11, 23)}, False),
        ({"ends": datetime(2026, 11, 22, 9, 31)}, True),
        ({"ends": datetime(2026, 11, 22, 9, 29)}, False),
    ],
)
def test_times_bound_a_bulletin(times: dict[str, Any], expected: bool) -> None:
    assert in_force(bulletin(**times), NOW) is expected


def test_the_gravest_comes_first_and_of_one_level_the_newest() -> None:
    issued = [
        bulletin("old", level="二级", issued=NOW - 2 * HOUR),
        bulletin("new", level="橙色", issued=NOW - HOUR),
        bulletin("red", level="一级", issued=NOW - 9 * HOUR),
        bulletin("odd", level="?", issued=NOW),
        bulletin("over", level="一级", ends=NOW),
        bulletin("notice", bulletin_kind="notice", takeover=False),
    ]
    assert [one.id for one in emergencies(issued, NOW)] == ["red", "new", "old", "odd"]
    assert [one.id for one in ordinary(issued, NOW)] == ["notice"]


@pytest.mark.slow
@given(
    st.lists(
        st.builds(
            bulletin,
            name=st.text("abc", min_size=1, max_size=3),
            level=st.text(max_size=6),
            starts=st.none() | st.datetimes(),
            ends=st.none() | st.datetimes(timezones=st.just(UTC)),
            issued=st.none() | st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)),
        ),
        max_size=4,
    )
)
def test_whatever_offices_write_can_be_ordered_and_shown(bulletins: list[Bulletin]) -> None:
    for one in ordered(bulletins, NOW):
        assert bulletin_page(one, NOW, load_words("zh")).title == one.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_article_64_names_is_said(language: str) -> None:
    full = bulletin(
        event_type="暴雨洪涝",
        level="二级",
        area="石河乡",
        starts=NOW - HOUR,
        ends=NOW + HOUR,
        body="东河水位上涨",
        measures=("转移",),
        issuer="指挥部",
        issued=NOW,
        phone="0000-1",
    )
    words = load_words(language)
    page = bulletin_page(full, NOW, words)
    told = " ".join((page.source, page.body, *page.measures, page.phone, *(f.text for f in page.facts)))
    for part in (
        "暴雨洪涝",
        words("level-2"),
        "石河乡",
        "08:30",
        "东河水位上涨",
        "转移",
        "指挥部",
        "09:30",
        "0000-1",
    ):
        assert part in told
    assert bool(page.note) is (language == "en")


def test_without_an_end_it_holds_until_it_is_lifted() -> None:
    words = load_words("zh")
    assert words("bulletin-until-lifted") in {f.text for f in bulletin_page(bulletin(), NOW, words).facts}


def test_several_are_counted_and_lead_round() -> None:
    words, keys = load_words("zh"), ("a@1", "b@2", "c@3")
    page = emergency_page(bulletin(), keys, 0, NOW, words, "ready")
    assert page.count == "第 1 条，共 3 条"
    assert [tile.route for tile in page.pager] == ["do/alarm/c@3", "do/alarm/b@2"]
    assert page.hide_route == "do/heard/a@1/b@2/c@3"
    assert not emergency_page(bulletin(), keys[:1], 0, NOW, words, "ready").pager


def test_home_has_a_strip_for_ordinary_bulletins_only() -> None:
    words = load_words("zh")
    notices = [bulletin(n, bulletin_kind="notice", takeover=False, ends=NOW + HOUR) for n in ("n1", "n2")]
    none = home_page("person", (), [bulletin()], NOW, words)
    one = home_page("person", (), [bulletin(), notices[0]], NOW, words)
    two = home_page("person", (), notices, NOW, words)
    assert (none.bulletin, one.bulletin_route, two.bulletin_route) == ("", "bulletin/n1", "bulletins")
    assert home_page("person", (), notices, NOW + HOUR, words).bulletin == ""
