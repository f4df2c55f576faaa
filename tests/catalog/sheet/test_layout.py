"""Sheets on paper: nothing leaves the page, nothing lies on something else, all of it is there."""

import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings

from catalog.records import Evidence, ProcedureStep, PublicService
from catalog.sheet.draw import draw
from catalog.sheet.layout import FORMS, POINT, SPACING, Block, Layout
from catalog.sheet.page import Sheet, Subject, sheet
from catalog.sheet.words import Words, sheet_words
from tests.catalog.sheet.records import BIRTH, CARD, ORIGIN, services

ZH = sheet_words("zh")
MADE = datetime(2026, 11, 21, tzinfo=UTC)
EN = sheet_words("en")


def measure(character: str, size: float, _bold: bool) -> float:
    return size * POINT * (0.6 if character.isascii() else 1)


def laid(found: Sheet, paper: str) -> list[Block]:
    return Layout(FORMS[paper], measure, ZH).pages(found)


def boxes(page: Block) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of everything on a page."""
    texts = [
        (t.x, t.y, t.x + sum(measure(c, t.size, t.bold) for c in t.text), t.y + t.size * POINT * SPACING)
        for t in page.texts
    ]
    return texts + [(x, y, x + side, y + side) for x, y, side in (*page.boxes, *page.codes)]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    slack = 0.01
    return all(one[i] < other[i + 2] - slack and other[i] < one[i + 2] - slack for i in (0, 1))


@pytest.mark.slow
@pytest.mark.parametrize("paper", FORMS)
@given(found=services())
@settings(max_examples=15)
def test_nothing_leaves_the_paper_or_lies_on_something_else(
    paper: str, found: tuple[PublicService, ...]
) -> None:
    form = FORMS[paper]
    subject = sheet(Subject("题目" * 20, found, (("另一项", "电话"),)), ORIGIN, ZH)
    for page in laid(subject, paper):
        placed = sorted(boxes(page), key=lambda box: box[1])
        for left, top, right, bottom in placed:
            assert left >= form.margin - 0.01
            assert right <= form.width - form.margin + 0.01
            assert form.margin - 0.01 <= top < bottom <= page.height - form.margin + 0.01
        for index, one in enumerate(placed):
            assert not any(overlap(one, other) for other in placed[index + 1 : index + 6])


def test_overlaps_are_noticed() -> None:
    assert overlap((0, 0, 10, 10), (5, 5, 15, 15))
    assert not overlap((0, 0, 10, 10), (0, 10, 10, 20))


@pytest.mark.parametrize("paper", FORMS)
def test_every_paper_to_bring_has_a_box_and_every_text_is_there(paper: str) -> None:
    found = sheet(Subject("两件事", (BIRTH, CARD), (("图书馆",),)), ORIGIN, ZH)
    pages = laid(found, paper)
    written = "".join(text.text for page in pages for text in page.texts)
    ticked = [line.title for group in found.groups if group.name != "waived" for line in group.lines]
    assert sum(len(page.boxes) for page in pages) == len(ticked) == 3
    for text in (*ticked, "结婚证", "0000-7122001", "图书馆", "T78R5", "zone.example/k", "第 7 版", "虚构"):
        assert text in written
    assert sum(len(page.codes) for page in pages) == 1


def test_long_sheets_have_numbered_pages_and_a_foot_on_each() -> None:
    many = tuple(msgspec.structs.replace(BIRTH, id=f"b{n}", channel=replaced(n)) for n in range(40))
    pages = laid(sheet(Subject("很多", many), ORIGIN, ZH), "a4")
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        texts = [text.text for text in page.texts]
        assert f"第 {number} 页，共 {len(pages)} 页" in texts
        assert any("第 7 版" in text for text in texts)
    assert all(one.height == other.height for one, other in pairwise(pages))


@pytest.mark.parametrize(("words", "mark"), [(ZH, "、"), (EN, ", ")])
def test_what_need_not_be_brought_goes_on_on_the_next_page(words: Words, mark: str) -> None:
    titles = [f"共享得到的证明材料{number:03}" for number in range(400)]
    papers = tuple(Evidence(title=title, order=1, waiver="data_sharing") for title in titles)
    found = sheet(Subject("一", (msgspec.structs.replace(BIRTH, evidence=papers),)), ORIGIN, words)
    pages = Layout(FORMS["a4"], measure, words).pages(found)
    body = ""
    for page in pages:
        foot = next(text.y for text in page.texts if "2026-10-15" in text.text)
        listed = [text for text in page.texts if text.size == FORMS["a4"].body]
        assert listed
        body += "".join(text.text for text in listed)
        assert all(text.y + text.size * POINT * SPACING <= foot for text in listed)
    assert mark.join(titles).replace(" ", "") in body.replace(" ", "")


def test_no_page_ends_with_a_heading() -> None:
    steps = tuple(ProcedureStep(title="到窗口申报", order=1, phase="during") for _ in range(80))
    for number in range(40):
        papers = tuple(Evidence(title=f"证明{one}", order=1, originals=1) for one in range(number))
        service = msgspec.structs.replace(BIRTH, evidence=papers, steps=steps)
        for page in laid(sheet(Subject("一", (service,)), ORIGIN, ZH), "a4"):
            body = [text for text in page.texts if not text.grey]
            assert not max(body, key=lambda text: text.y).bold


def replaced(number: int) -> object:
    return msgspec.structs.replace(BIRTH.channel, address=f"{number} 楼")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("paper", "width"), [("a4", b"/MediaBox [0 0 595.28 841.89]"), ("80mm", b"[0 0 226.77 ")]
)
def test_the_program_makes_a_pdf_with_its_fonts(paper: str, width: bytes) -> None:
    found = sheet(Subject("出生登记", (BIRTH,)), ORIGIN, ZH)
    made = subprocess.run(
        [sys.executable, "-m", "catalog.sheet", paper],
        input=msgspec.json.encode(found),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert made.stdout.startswith(b"%PDF-")
    assert width in made.stdout
    assert made.stdout.count(b"/FontFile2") == 2
    assert len(made.stdout) < 200_000


@pytest.mark.slow
def test_the_same_sheet_gives_the_same_bytes() -> None:
    found = sheet(Subject("出生登记", (BIRTH,)), ORIGIN, ZH)
    assert draw(found, "80mm", ZH, MADE) == draw(found, "80mm", ZH, MADE)


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "given", "code"), [(["a4"], b"{", 1), (["a5"], b"", 2), ([], b"", 2)])
def test_the_program_refuses_what_is_no_sheet(arguments: list[str], given: bytes, code: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "catalog.sheet", *arguments], input=given, capture_output=True, timeout=60
    )
    assert (run.returncode, run.stdout) == (code, b"")
    assert run.stderr
