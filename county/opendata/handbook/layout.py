"""Where everything of a handbook stands on A4. Pure; millimetres from the top left corner, text in points.

A service begins where a good part of it has room, and goes on over the page between two of its blocks. Contents come
before the chapters, so chapters are laid out first and then numbered from where the contents end.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from catalog.line_breaks import break_lines
from catalog.sheet.layout import POINT, SPACING, Block, Text, below, beside
from catalog.sheet.page import Group, Line, Section
from county.opendata.handbook.content import Book, Chapter, Entry

Measure = Callable[[str, float, bool], float]

WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 17.0
TOP = 21.0
BOTTOM = 280.0
"""The lowest line that content may reach; below it stands the number of the page."""
INNER = WIDTH - 2 * MARGIN
TOGETHER = 72.0
"""So much of a service stands on the page where it begins."""
COLUMN_GAP = 6.0
COLUMN = (INNER - COLUMN_GAP) / 2
CODE = 21.0
BODY, SMALL, TITLE, CHAPTER = 9.2, 7.8, 12.5, 22.0
LINE = SPACING * BODY * POINT


@dataclass(slots=True)
class Page:
    """A page: `placed` are blocks with the place of their top, `rules` the heights of thin lines across.

    `starts` are ids of services that begin here.
    """

    head: str = ""
    placed: list[tuple[float, Block]] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    codes: list[tuple[float, str]] = field(default_factory=list)
    """(top, address) of a QR code at the right margin."""
    starts: list[str] = field(default_factory=list)
    y: float = TOP

    def put(self, block: Block) -> None:
        """Add a block below what is there."""
        self.placed.append((self.y, block))
        self.y += block.height


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents. `page` is the printed number; a chapter's line is bold."""

    title: str
    page: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes blocks of text with the widths of a font. `comma` stands between the names of a list."""

    measure: Measure
    comma: str

    def text(self, text: str, width: float, size: float, bold: bool = False, grey: bool = False) -> Block:
        """Text broken into lines, nothing for an empty one."""
        if not text:
            return Block(0)
        lines = break_lines(text, width, lambda character: self.measure(character, size, bold))
        step = size * POINT * SPACING
        return Block(
            step * len(lines),
            tuple(Text(0, row * step, line, size, bold, grey) for row, line in enumerate(lines)),
        )

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of one line."""
        return sum(self.measure(character, size, bold) for character in text)

    def chapters(self, book: Book) -> list[Page]:
        """The pages of all chapters; each chapter begins on a new one."""
        return [
            page for number, chapter in enumerate(book.chapters, 1) for page in self._chapter(number, chapter)
        ]

    def _chapter(self, number: int, chapter: Chapter) -> list[Page]:
        pages = [Page(head=chapter.title)]
        pages[0].put(self.text(chapter.title, INNER, CHAPTER, bold=True))
        pages[0].put(Block(3))
        for paragraph in chapter.elsewhere:
            self._flow(pages, self.text(paragraph, INNER, SMALL, grey=True))
        for count, entry in enumerate(chapter.entries, 1):
            self._place(pages, entry, list(self._entry(f"{number}.{count}  ", entry)))
        return pages

    def _place(self, pages: list[Page], entry: Entry, blocks: Sequence[Block]) -> None:
        height = sum(block.height for block in blocks)
        page = pages[-1]
        if page.y + min(height, TOGETHER) > BOTTOM:
            page = Page(head=page.head)
            pages.append(page)
        if page.starts:
            page.rules.append(page.y - 2.2)
        page.starts.append(entry.id)
        page.codes.append((page.y + 1, entry.url))
        for block in blocks:
            self._flow(pages, block)
        pages[-1].y += 4.4

    @staticmethod
    def _flow(pages: list[Page], block: Block) -> None:
        """Put a block where there is room for it, on a new page if need be."""
        if pages[-1].y + block.height > BOTTOM:
            pages.append(Page(head=pages[-1].head))
        pages[-1].put(block)

    def _entry(self, number: str, entry: Entry) -> Iterator[Block]:
        width = INNER - CODE - 5
        head = below(
            self.text(number + entry.title, width, TITLE, bold=True),
            self.text(entry.also, width, SMALL, grey=True),
            self.text(entry.facts, width, BODY, bold=True),
            *(self.text(line, width, BODY) for line in entry.where),
        )
        yield below(head, Block(max(0.0, CODE + 1 - head.height)))
        for group in entry.groups:
            yield self._group(group)
        yield from map(self._listed, entry.sections)
        yield below(Block(0.8), self.text(entry.small, INNER, SMALL, grey=True))

    def _group(self, group: Group) -> Block:
        heading = self._heading(group.title)
        if group.name == "waived":
            names = self.comma.join(line.title for line in group.lines)
            return below(heading, self.text(names, INNER, BODY))
        return below(heading, self._columns([self._paper(line, COLUMN) for line in group.lines]))

    def _paper(self, line: Line, width: float) -> Block:
        box = BODY * POINT * 0.9
        texts = self.text(f"{line.title}  {line.amount}".rstrip() + line.note, width - box - 2, BODY)
        return Block(texts.height + 0.5, texts.moved(box + 2, 0).texts, ((0, (LINE - box) / 2, box),))

    def _listed(self, section: Section) -> Block:
        lines = [self.text(f"{number}. {line}", COLUMN, BODY) for number, line in enumerate(section.lines, 1)]
        return below(self._heading(section.title), self._columns(lines))

    def _heading(self, text: str) -> Block:
        return below(Block(1.2), self.text(text, INNER, BODY, bold=True))

    def _columns(self, blocks: Sequence[Block]) -> Block:
        """Blocks in two columns of about the same height, read down and then across."""
        if not blocks:
            return Block(0)
        whole = sum(block.height for block in blocks)
        cuts = range(1, len(blocks) + 1)

        def taller(cut: int) -> float:
            left = sum(block.height for block in blocks[:cut])
            return max(left, whole - left)

        cut = min(cuts, key=taller)
        return beside(below(*blocks[:cut]), below(*blocks[cut:]), COLUMN + COLUMN_GAP)


def numbered(book: Book, chapters: Sequence[Page], first: int) -> list[ContentsLine]:
    """The lines of the contents when the chapters begin on the page with the number `first`."""
    where = {service: first + at for at, page in enumerate(chapters) for service in page.starts}
    begins: dict[str, int] = {}
    for at, page in enumerate(chapters):
        begins.setdefault(page.head, first + at)
    lines: list[ContentsLine] = []
    for chapter in book.chapters:
        lines.append(ContentsLine(chapter.title, begins[chapter.title], True))
        lines += [ContentsLine(title, where[service], False) for service, title in chapter.names]
    return lines


def contents_pages(lines: Sequence[ContentsLine]) -> list[list[ContentsLine]]:
    """The lines of the contents by page; a chapter's line never stands alone at the end of one."""
    room = int((BOTTOM - TOP - 14) / (LINE * 1.12))
    pages: list[list[ContentsLine]] = [[]]
    for at, line in enumerate(lines):
        full = len(pages[-1]) >= room or (len(pages[-1]) == room - 1 and line.bold and at + 1 < len(lines))
        if full:
            pages.append([])
        pages[-1].append(line)
    return pages
