"""一本通: what stands in it, where, and the file."""

import re
import zlib
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from catalog.records import LifeStage, PublicService
from catalog.store import Store
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


def make(services: list[PublicService], audience: str = "person") -> Book:
    assert audience in ("person", "business")
    return book(audience, COUNTY, STAGES, services, {}, 3, date(2026, 11, 20))  # type: ignore[arg-type]


def service(name: str, *stages: str, audiences: tuple[str, ...] = ()) -> PublicService:
    return replace(SERVICE, id=name, title=f"事项{name}", life_stages=stages, audiences=audiences)


def wide(character: str, size: float, bold: bool) -> float:
    """As wide as a Chinese character for everything: the widest that a font can be."""
    return size * 25.4 / 72


def pages_of(content: Book) -> list[Page]:
    return Writer(wide).chapters(content)


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
    count, pdf = handbook(store, "person")
    assert (count, pdf) == handbook(store, "person")
    assert handbook(store, "business") == (0, b"")
    assert count == 9
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/FontFile2") == 2
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    drawn = [zlib.decompress(stream) for stream in streams if stream[:1] == b"x"]
    pages = len(re.findall(rb"/Type /Page\b(?!s)", pdf))
    assert sum(b"BT" in stream for stream in drawn) >= pages > count / 2.5
    store.close()


@pytest.mark.slow
def test_five_hundred_services_in_twenty_seconds(tmp_path: Path, sample_file: Path) -> None:
    store = Store.open(sample_file)
    real = store.all(PublicService)
    many = [
        replace(real[number % len(real)], id=f"s{number}", audiences=("自然人",), life_stages=("first",))
        for number in range(500)
    ]
    started = process_time()
    count, pdf = handbook(store_of((COUNTY, *STAGES, *many), tmp_path / "many.db"), "person")
    assert count == 500
    assert len(pdf) < 20_000_000
    assert process_time() - started < 30, "20 s on a machine of one's own; tests share theirs"
