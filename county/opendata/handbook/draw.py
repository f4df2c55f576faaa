"""Drawing a handbook as a PDF. The same edition gives the same bytes; fonts are embedded as subsets."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files

from fpdf import FPDF

from catalog.qr import modules
from catalog.records import County, LifeStage, PublicOrganisation, PublicService
from catalog.records.base import Audience
from catalog.sheet.layout import POINT, SPACING, Block, below
from catalog.sheet.words import sheet_words
from catalog.store import Store
from catalog.wording import Language
from county.clock import local
from county.opendata.handbook.content import Book, Chapter, book
from county.opendata.handbook.layout import (
    BODY,
    CHAPTER,
    CODE,
    INNER,
    LINE,
    MARGIN,
    SMALL,
    TOP,
    WIDTH,
    ContentsLine,
    Page,
    Writer,
    contents_pages,
    numbered,
)

BLUE = (11, 78, 162)
GREY = 90
MOST_CHAPTERS = 14
"""Those named on the cover."""


def handbook(store: Store, audience: Audience, language: Language) -> tuple[int, bytes]:
    """How many services the handbook has, and the PDF; nothing when it has none."""
    county = store.get(County, "county")
    assert county is not None
    content = book(
        audience,
        language,
        county,
        store.all(LifeStage),
        store.all(PublicService),
        {office.id: office for office in store.all(PublicOrganisation)},
        store.manifest.edition,
        local(store.manifest.effective).date(),
    )
    return content.services, draw(content, store.manifest.effective) if content.services else b""


def draw(content: Book, made: datetime) -> bytes:
    """The PDF of a book; `made` is written into the file."""
    pdf = _blank(content, made)

    @cache
    def width(character: str, size: float, bold: bool) -> float:
        pdf.set_font("book", "B" if bold else "", size)
        return float(pdf.get_string_width(character))

    writer = Writer(width, sheet_words(content.language)("comma"))
    chapters = writer.chapters(content)
    before = 1 + len(contents_pages(numbered(content, chapters, 0)))
    _cover(pdf, content, writer)
    for lines in contents_pages(numbered(content, chapters, before + 1)):
        _contents(pdf, content, lines, writer)
    last = ""
    for page in chapters:
        pdf.add_page()
        if page.head != last:
            pdf.start_section(page.head)
            last = page.head
        _page(pdf, content, page, writer)
    return bytes(pdf.output())


def _blank(content: Book, made: datetime) -> FPDF:
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("book", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
    pdf.set_title(content.name)
    pdf.set_author(content.county)
    pdf.set_lang("zh-CN" if content.language == "zh" else "en")
    pdf.set_creation_date(made)
    return pdf


def _cover(pdf: FPDF, content: Book, writer: Writer) -> None:
    pdf.add_page()
    pdf.set_fill_color(*BLUE)
    pdf.rect(0, 0, WIDTH, 118, style="F")
    county = writer.text(content.county, INNER, 20)
    title = writer.text(
        content.title, INNER, min(40.0, 40 * INNER / writer.width(content.title, 40, True)), bold=True
    )
    _draw(pdf, county, 57 - county.height, MARGIN, colour=255)
    _draw(pdf, title, 62, MARGIN, colour=255)
    _line(pdf, content.counts, MARGIN, 92, 14, colour=255)
    _chapters(pdf, content.chapters, writer)
    _code(pdf, content.url, WIDTH - MARGIN - 34, 134, 34)
    _line(pdf, content.scan, WIDTH - MARGIN - 34, 169, SMALL, colour=GREY)
    advice = below(*(writer.text(one, INNER, 10) for one in content.advice))
    _draw(pdf, advice, 267 - advice.height, MARGIN)
    _line(pdf, content.edition, MARGIN, 271, 10, colour=GREY)
    _line(pdf, content.notice, MARGIN, 278, 10, colour=GREY)


def _chapters(pdf: FPDF, chapters: Sequence[Chapter], writer: Writer) -> None:
    """The first chapters with their counts, left of the code; all of them stand in the contents."""
    room = 104.0
    titles = [_cut(chapter.title, room, writer, 12) for chapter in chapters[:MOST_CHAPTERS]]
    column = MARGIN + 6 + max(54.0, *(writer.width(title, 12) for title in titles))
    for row, (chapter, title) in enumerate(zip(chapters, titles, strict=False)):
        y = 132 + 8.2 * row
        _line(pdf, title, MARGIN, y, 12)
        _line(pdf, chapter.count, column, y, 12, colour=GREY)
    if len(chapters) > len(titles):
        _line(pdf, "…", MARGIN, 132 + 8.2 * len(titles), 12)


def _contents(pdf: FPDF, content: Book, lines: Sequence[ContentsLine], writer: Writer) -> None:
    pdf.add_page()
    y = TOP
    if pdf.page_no() == 2:
        pdf.start_section(content.contents)
        _line(pdf, content.contents, MARGIN, TOP - 4, CHAPTER, bold=True)
    y += 14
    for line in lines:
        indent = 0.0 if line.bold else 5.0
        number = str(line.page)
        right = WIDTH - MARGIN - writer.width(number, BODY, line.bold)
        title = _cut(line.title, right - MARGIN - indent - 6, writer, BODY, line.bold)
        _line(pdf, title, MARGIN + indent, y, BODY, bold=line.bold)
        _line(pdf, number, right, y, BODY, bold=line.bold)
        end = MARGIN + indent + writer.width(title, BODY, line.bold)
        _dots(pdf, end + 2, right - 2, y + LINE * 0.62)
        pdf.link(MARGIN, y, INNER, LINE, pdf.add_link(page=line.page))
        y += LINE * 1.12
    _foot(pdf, content)


def _cut(title: str, width: float, writer: Writer, size: float, bold: bool = False) -> str:
    if writer.width(title, size, bold) <= width:
        return title
    while title and writer.width(f"{title}…", size, bold) > width:
        title = title[:-1]
    return f"{title}…"


def _dots(pdf: FPDF, start: float, end: float, y: float) -> None:
    if end > start:
        pdf.set_draw_color(170)
        pdf.set_line_width(0.2)
        pdf.set_dash_pattern(dash=0.3, gap=1.2)
        pdf.line(start, y, end, y)
        pdf.set_dash_pattern()


def _page(pdf: FPDF, content: Book, page: Page, writer: Writer) -> None:
    name = _cut(content.name, INNER / 2, writer, SMALL)
    left = WIDTH - MARGIN - writer.width(name, SMALL)
    _line(pdf, _cut(page.head, left - MARGIN - 6, writer, SMALL), MARGIN, 10, SMALL, colour=GREY)
    _line(pdf, name, left, 10, SMALL, colour=GREY)
    for y, block in page.placed:
        _draw(pdf, block, y, MARGIN)
    pdf.set_draw_color(217, 225, 235)
    pdf.set_line_width(0.25)
    for y in page.rules:
        pdf.line(MARGIN, y, WIDTH - MARGIN, y)
    for y, address in page.codes:
        _code(pdf, address, WIDTH - MARGIN - CODE, y, CODE)
    _foot(pdf, content)


def _foot(pdf: FPDF, content: Book) -> None:
    number = str(pdf.page_no())
    pdf.set_font("book", "", BODY)
    _line(pdf, number, (WIDTH - pdf.get_string_width(number)) / 2, 284, BODY, colour=GREY)
    _line(pdf, content.edition, MARGIN, 284.5, SMALL, colour=GREY)
    if content.notice:
        pdf.set_font("book", "", SMALL - 1)
        _line(
            pdf,
            content.notice,
            WIDTH - MARGIN - pdf.get_string_width(content.notice),
            284.5,
            SMALL - 1,
            colour=GREY,
        )


def _draw(pdf: FPDF, block: Block, y: float, x: float, colour: int = 0) -> None:
    for one in block.texts:
        own = GREY if one.grey else colour
        _line(pdf, one.text, x + one.x, y + one.y, one.size, bold=one.bold, colour=own)
    pdf.set_draw_color(60)
    pdf.set_line_width(0.25)
    for left, top, side in block.boxes:
        pdf.rect(x + left, y + top, side, side)


def _line(
    pdf: FPDF, line: str, x: float, y: float, size: float, *, bold: bool = False, colour: int = 0
) -> None:
    if not line:
        return
    pdf.set_font("book", "B" if bold else "", size)
    pdf.set_text_color(colour)
    pdf.text(x, y + (SPACING / 2 + 0.38) * size * POINT, line)


def _code(pdf: FPDF, address: str, x: float, y: float, side: float) -> None:
    """A QR code; each run of dark modules of a row is one rectangle."""
    rows = modules(address, 0)
    module = side / len(rows)
    pdf.set_fill_color(0)
    for row, cells in enumerate(rows):
        start = 0
        while start < len(cells):
            end = next((at for at in range(start, len(cells)) if cells[at] != cells[start]), len(cells))
            if cells[start]:
                pdf.rect(x + start * module, y + row * module, (end - start) * module, module, style="F")
            start = end
