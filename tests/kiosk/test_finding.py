"""What the keys of the pad do, and the page for what was typed, over a handful of records."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from catalog.records import (
    Bulletin,
    Evidence,
    FloorPlan,
    LifeEvent,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    Synonym,
)
from catalog.records.county import Facility, Floor, Window
from kiosk.acts import ACTS
from kiosk.catalogue import Catalogue
from kiosk.pad import LONGEST_QUERY
from kiosk.pages.asked import Asked
from kiosk.pages.router import shown
from kiosk.visit import Visit
from screens.search.page import SearchPage
from screens.shared.item import Paragraph, Tile
from tests.kiosk.routes import asked
from tests.sample import COUNTY, store_of

RECORDS: list[Record] = [
    COUNTY,
    PublicOrganisation(id="police", title="某县公安局", short_title="公安局", hall_area="1 楼 A 区"),
    PublicService(
        id="id-card",
        title="居民身份证换领",
        title_en="Renew an ID card",
        competent_authority="police",
        evidence=(Evidence(title="旧证件", order=1),),
    ),
    PublicService(id="move-in", title="户口迁移审批", competent_authority="police"),
    PublicService(id="birth", title="出生登记", competent_authority="police"),
    Synonym(id="s", text="上户口", targets=("birth",)),
    LifeEvent(id="lost", title="身份证件丢失", audience="person", order=1),
    Policy(id="fees", title="身份证工本费减免办法"),
    Place(id="station", title="城关派出所身份证代办点", category="派出所", latitude=34, longitude=114),
    Bulletin(id="over", bulletin_kind="notice", title="身份证系统停机", valid_to=None),
    FloorPlan(
        id="hall",
        title="政务服务中心",
        width=10,
        depth=10,
        floors=(Floor(floor=1, title="1 楼"),),
        windows=(
            Window(
                floor=1, zone="A", code="A04", x=1, y=1, organisation="公安局", handles="居民身份证申领换领"
            ),
            Window(floor=1, zone="A", code="A05", x=2, y=1, organisation="公安局", handles="户口迁移"),
        ),
        facilities=(Facility(id="desk", floor=1, kind="咨询", title="咨询台", x=5, y=5),),
    ),
]


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    store = store_of(RECORDS, tmp_path_factory.mktemp("finding") / "1.db")
    yield asked(Catalogue(store))
    store.close()


@pytest.fixture(autouse=True)
def nobody(question: Asked) -> None:
    question.visit.erase("zh")


def do(visit: Visit, *acts: str) -> None:
    """Touch keys of the pad."""
    for act in acts:
        name, _, rest = act.partition("/")
        ACTS[name](SimpleNamespace(visit=visit), rest)  # type: ignore[arg-type]


def page(question: Asked, query: str) -> SearchPage:
    question.visit.query = query
    found = shown("search", question).page
    assert isinstance(found, SearchPage)
    return found


def headings(found: SearchPage) -> list[str]:
    return [item.text for item in found.items if isinstance(item, Paragraph)]


def tile(found: SearchPage, route: str) -> Tile:
    return next(item for item in found.items if isinstance(item, Tile) and item.route == route)


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in marks]


def test_results_stand_below_the_heading_of_their_kind_the_best_kind_first(question: Asked) -> None:
    found = page(question, "身份证")
    assert headings(found)[0] in ("办理事项", "便民点")
    assert set(headings(found)) >= {"办理事项", "一件事", "政策文件", "便民点", "大厅窗口"}
    first = found.items[1]
    assert isinstance(first, Tile)
    assert found.first == first.route


@pytest.mark.parametrize("query", ["身份证", "sfz", "shenfenzheng", "身份zheng"])
def test_the_part_that_answers_is_marked_in_whatever_script_was_typed(question: Asked, query: str) -> None:
    entry = tile(page(question, query), "service/id-card")
    assert "身份证" in "".join(marked(entry.title, entry.marks))


def test_english_titles_are_marked_where_they_answer(question: Asked) -> None:
    from dataclasses import replace

    from screens.shared.words import load_words

    english = replace(question, words=load_words("en"))
    entry = tile(page(english, "renew"), "service/id-card")
    assert (entry.title, marked(entry.title, entry.marks)) == ("Renew an ID card", ["Renew"])


def test_an_unexpected_result_says_why(question: Asked) -> None:
    entry = tile(page(question, "上户口"), "service/birth")
    assert "也叫“上户口”" in entry.hint
    assert marked(entry.hint, entry.hint_marks) == ["上户口"]


def test_what_a_record_only_mentions_is_no_name_of_it(question: Asked) -> None:
    assert "其中有“旧证件”" in tile(page(question, "旧证件"), "service/id-card").hint


def test_windows_are_found_by_their_sign_and_by_what_they_handle(question: Asked) -> None:
    assert tile(page(question, "a04"), "floor/1/A04")
    assert tile(page(question, "hukou"), "floor/1/A05")
    assert tile(page(question, "公安局"), "floor/1/A04").title == "某县公安局"


@pytest.mark.parametrize("query", ["", "qzxjvk", "？？？", "\U0001f600", "x" * 24])
def test_no_page_is_empty(question: Asked, query: str) -> None:
    found = page(question, query)
    assert tile(found, "event/lost")
    assert ("guide" in [item.route for item in found.items if isinstance(item, Tile)]) == bool(query)
    assert found.first == ""


def test_pinyin_offers_words_that_take_its_place(question: Asked) -> None:
    visit = question.visit
    do(visit, *(f"key/{letter}" for letter in "hukouqy"))
    found = page(question, visit.query)
    assert found.candidates[0].label == "户口迁移"
    do(visit, found.candidates[0].route.removeprefix("do/"))
    assert visit.query == "户口迁移"
    assert page(question, visit.query).candidates == ()


def test_a_word_leaves_the_letters_that_it_does_not_stand_for(question: Asked) -> None:
    question.visit.query = "补shenfenhk"
    do(question.visit, "write/7/身份")
    assert question.visit.query == "补身份hk"


def test_what_was_cleared_comes_back_until_something_else_is_typed(question: Asked) -> None:
    visit = question.visit
    do(visit, "key/a", "key/b", "clear", "clear", "restore")
    assert (visit.query, visit.cleared) == ("ab", "")
    do(visit, "clear", "key/c", "restore")
    assert visit.query == "c"
    do(visit, "delete", "delete")
    assert visit.query == ""


def test_a_query_ends_somewhere_and_begins_with_no_space(question: Asked) -> None:
    visit = question.visit
    do(visit, "key/ ", *["key/a"] * 50)
    assert visit.query == "a" * LONGEST_QUERY


def test_the_pad_turns_to_digits_and_goes_away(question: Asked) -> None:
    visit = question.visit
    do(visit, "pad/digits", "pad/nonsense")
    assert "do/key/7" in [key.route for row in page(question, "").rows for key in row]
    do(visit, "pad/away")
    found = page(question, "sfz")
    assert (found.rows, found.box) == ((), "do/pad/letters")


def test_after_erasing_nothing_typed_is_left(question: Asked) -> None:
    visit = question.visit
    do(visit, "key/a", "clear", "pad/digits")
    visit.erase("zh")
    assert (visit.query, visit.cleared, visit.pad) == ("", "", "letters")
