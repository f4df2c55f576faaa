"""一本通: what stands in it, where, and the file."""

import re
import zlib
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from catalog.records import Evidence, LifeStage, PublicService
from catalog.records.base import Audience
from catalog.store import Store
from catalog.wording import Language
from county.opendata.handbook.content import Book, belongs, book
from county.opendata.handbook.draw import handbook
from county.opendata.handbook.layout import (
    BODY,
    BOTTOM,
    CODE,
    INNER,
    TOP,
    Page,
    Writer,
    contents_pages,
    numbered,
)
from tests.county.opendata.test_cpsv import SERVICE
from tests.sample import COUNTY, store_of

STAGES = (
    LifeStage(id="later", audience="person", title="养老", order=2),
    LifeStage(id="first", audience="person", title="出生", order=1),
    LifeStage(id="open", audience="business", title="开办", order=3),
)
EM = BODY * 25.4 / 72


def make(services: list[PublicService], audience: Audience = "person", language: Language = "zh") -> Book:
    return book(audience, language, COUNTY, STAGES, services, {}, 3, date(2026, 11, 20))


def service(name: str, *stages: str, audiences: tuple[str, ...] = ()) -> PublicService:
    return replace(SERVICE, id=name, title=f"事项{name}", life_stages=stages, audiences=audiences)


def wide(character: str, size: float, bold: bool) -> float:
    """As wide as a Chinese character for everything: the widest that a font can be."""
    return size * 25.4 / 72


def pages_of(content: Book) -> list[Page]:
    return Writer(wide, "、").chapters(content)


def test_a_service_is_printed_once_and_named_in_all_its_stages() -> None:
    content = make(
        [service("b", "first", "later"), service("c", "later"), service("d", audiences=("自然人",))]
    )
    assert [chapter.title for chapter in content.chapters] == ["出生", "养老", "其他事项"]
    assert [[name for name, _ in chapter.names] for chapter in content.chapters] == [["b"], ["b", "c"], ["d"]]
    assert [[one.id for one in chapter.entries] for chapter in content.chapters] == [["b"], ["c"], ["d"]]
    assert content.services == 3
    assert "2 个人生阶段" in content.counts
    assert "3 项" in content.counts


@pytest.mark.parametrize(
    ("one", "person", "business"),
    [
        (service("a", "first"), True, False),
        (service("a", "open"), False, True),
        (service("a", "open", audiences=("自然人", "法人")), True, True),
        (service("a", audiences=("企业",)), False, True),
        (service("a", "unknown"), True, False),
    ],
)
def test_whom_a_service_is_for(one: PublicService, person: bool, business: bool) -> None:
    assert (belongs(one, "person", STAGES), belongs(one, "business", STAGES)) == (person, business)


def test_the_english_book_has_english_titles_where_there_are_some_and_says_so() -> None:
    translated = replace(service("b", "first"), title_en="Birth registration", aliases=("上户口",))
    stages = (replace(STAGES[1], title_en="Birth"), STAGES[0])
    bare = replace(service("c", "first", "later"), title_en="")
    content = book("person", "en", COUNTY, stages, [translated, bare], {}, 3, date(2026, 11, 20))
    assert [chapter.title for chapter in content.chapters] == ["Birth", "养老"]
    first, second = content.chapters[0].entries
    assert (first.title, first.also) == ("Birth registration", "In Chinese: 事项b, 上户口")
    assert second.title == "事项c"
    assert content.chapters[1].elsewhere == ("Also of this stage (see the contents): 事项c",)
    assert sum("in Chinese" in line for line in content.advice) == 1
    assert not any("in Chinese" in line for line in make([bare]).advice)
    own = [content.title, content.counts, content.edition, content.contents, content.scan, *content.advice]
    own += [group.title for group in first.groups] + [section.title for section in first.sections]
    assert not re.search("[\u3000-\uffef]", "".join(own))


def test_without_services_there_is_no_book() -> None:
    assert make([service("a", "open")]).chapters == ()


def test_contents_lead_to_the_page() -> None:
    content = make([service(f"s{number}", "first" if number < 9 else "later") for number in range(20)])
    pages = pages_of(content)
    lines = numbered(content, pages, 5)
    for chapter in content.chapters:
        for name, title in chapter.names:
            (page,) = [line.page for line in lines if line.title == title]
            assert name in pages[page - 5].starts
    assert [line.page for line in lines if line.bold] == [
        5 + next(at for at, page in enumerate(pages) if page.head == chapter.title)
        for chapter in content.chapters
    ]


def test_a_chapter_names_what_stands_elsewhere() -> None:
    content = make([service(f"s{number}", "first", "later") for number in range(60)])
    (last,) = [page for page in pages_of(content) if page.head == "养老"]
    said = "".join(line.text for _, block in last.placed for line in block.texts)
    assert last.starts == []
    assert all(f"事项s{number}" in said for number in range(60))


def test_contents_of_many_services_go_over_pages() -> None:
    content = make([service(f"s{number}", "first") for number in range(200)])
    lines = numbered(content, pages_of(content), 1)
    split = contents_pages(lines)
    assert [line for page in split for line in page] == lines
    assert len(split) > 3
    assert not any(page[-1].bold for page in split[:-1])


TEXT = st.text(st.sampled_from("办理登记、。（）abc 1\n"), max_size=400)


@pytest.mark.slow
@given(st.lists(st.tuples(TEXT, TEXT, st.integers(0, 9)), min_size=1, max_size=12))
def test_nothing_runs_off_a_page_and_codes_stand_alone(texts: list[tuple[str, str, int]]) -> None:
    services = [
        replace(
            service(f"s{number}", "first"),
            title=title.replace("\n", "") or "名",
            requirements=(sentence,) * count,
            aliases=(sentence[:40],) * count,
        )
        for number, (title, sentence, count) in enumerate(texts)
    ]
    pages = pages_of(make(services))
    assert [name for page in pages for name in page.starts] == [one.id for one in services]
    for page in pages:
        for y, block in page.placed:
            assert y >= TOP
            assert y + block.height <= BOTTOM + 0.01 or block.height > BOTTOM - TOP
        for top, _ in page.codes:
            for y, block in page.placed:
                for line in block.texts:
                    beside = y + line.y + line.size * 0.51 > top and y + line.y < top + CODE
                    assert (
                        not beside
                        or line.x + len(line.text) * wide("", line.size, False) <= INNER - CODE + EM
                    )


@pytest.mark.slow
def test_the_file_is_the_same_each_time_and_has_its_fonts(tmp_path: Path) -> None:
    some = [service(f"s{number}", "first") for number in range(9)]
    store = store_of((COUNTY, *STAGES, *some), tmp_path / "store.db")
    count, pdf = handbook(store, "person", "zh")
    assert (count, pdf) == handbook(store, "person", "zh")
    assert handbook(store, "business", "zh") == (0, b"")
    assert b"/Lang (zh-CN)" in pdf
    assert b"/Lang (en)" in handbook(store, "person", "en")[1]
    assert count == 9
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/FontFile2") == 2
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    drawn = [zlib.decompress(stream) for stream in streams if stream[:1] == b"x"]
    pages = len(re.findall(rb"/Type /Page\b(?!s)", pdf))
    assert sum(b"BT" in stream for stream in drawn) >= pages > count / 2.5
    store.close()


@pytest.mark.parametrize("chapters", [1, 3, 40])
def test_long_names_stand_beside_the_code_of_the_cover(
    chapters: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[float, float]] = []

    def text(pdf: FPDF, x: float, y: float, text: str = "") -> None:
        if pdf.page_no() == 1 and 120 < y < 168 and x < 150:
            drawn.append((x + pdf.get_string_width(text), y))
        assert not text or x + pdf.get_string_width(text) < 210 - 16
        assert y < 290

    monkeypatch.setattr(FPDF, "text", text)
    stages = [replace(STAGES[1], id=f"s{n}", title_en="A very long name " * 20) for n in range(chapters)]
    some = [service(f"a{n}", f"s{n}") for n in range(chapters)]
    county = replace(COUNTY, title_en="The Autonomous County of a Very Long Name")
    store = store_of((county, *stages, *some), tmp_path / "store.db")
    assert handbook(store, "person", "en")[0] == chapters
    store.close()
    assert drawn
    assert max(right for right, _ in drawn) < 210 - 17 - 34


@pytest.mark.slow
def test_five_hundred_services_in_twenty_seconds(tmp_path: Path, sample_file: Path) -> None:
    store = Store.open(sample_file)
    real = store.all(PublicService)
    many = [
        replace(real[number % len(real)], id=f"s{number}", audiences=("自然人",), life_stages=("first",))
        for number in range(500)
    ]
    started = process_time()
    count, pdf = handbook(store_of((COUNTY, *STAGES, *many), tmp_path / "many.db"), "person", "zh")
    assert count == 500
    assert len(pdf) < 20_000_000
    assert process_time() - started < 30, "20 s on a machine of one's own; tests share theirs"


@pytest.mark.parametrize(("comma", "said"), [("、", "户口簿、结婚证"), (", ", "户口簿, 结婚证")])
def test_papers_that_need_not_be_brought_are_listed_in_the_books_language(comma: str, said: str) -> None:
    papers = tuple(Evidence(title=title, order=1, waiver="data_sharing") for title in ("户口簿", "结婚证"))
    pages = Writer(wide, comma).chapters(make([replace(service("a"), evidence=papers)]))
    assert said in {text.text for page in pages for _, block in page.placed for text in block.texts}
