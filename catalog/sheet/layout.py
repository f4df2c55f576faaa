"""Where everything of a sheet stands on paper. Pure; millimetres from the top left corner, text in points.

Body text is 12 pt on A4 and 10.5 pt on a strip, because many readers are old. A sheet is a list of blocks below each
other; a page ends between two blocks, never inside one, and never right below a heading.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.line_breaks import break_lines
from catalog.sheet.page import Group, Line, Sheet
from catalog.sheet.words import Words

Measure = Callable[[str, float, bool], float]
"""Width in millimetres of one character of so many points, bold or not."""

SPACING = 1.45
"""Height of a line in sizes of its text."""
POINT = 25.4 / 72
"""Millimetres."""
_GAP = 4.0
_SMALL = 0.83
"""Size of the small print in sizes of the body."""
_TOGETHER = 8
"""Lines of a paragraph that stay on one page; a longer one may go on on the next."""


@dataclass(frozen=True, slots=True)
class Form:
    """Measures of one paper. `height` is None for a strip, which is as long as it needs to be."""

    width: float
    height: float | None
    margin: float
    body: float
    title: float
    code: float

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin


FORMS = {
    "a4": Form(width=210, height=297, margin=16, body=12, title=22, code=36),
    "80mm": Form(width=80, height=None, margin=4, body=10.5, title=15, code=42),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `y` is the top of its box, which is SPACING sizes high."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together. `boxes` are squares to tick and `codes` QR codes: (x, y, side)."""

    height: float
    texts: tuple[Text, ...] = ()
    boxes: tuple[tuple[float, float, float], ...] = ()
    codes: tuple[tuple[float, float, float], ...] = ()

    def moved(self, x: float, y: float) -> "Block":
        """The same block elsewhere."""
        return Block(
            self.height,
            tuple(replace(text, x=text.x + x, y=text.y + y) for text in self.texts),
            tuple((left + x, top + y, side) for left, top, side in self.boxes),
            tuple((left + x, top + y, side) for left, top, side in self.codes),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Writes blocks in a form."""

    form: Form
    measure: Measure
    words: Words

    def pages(self, sheet: Sheet) -> list[Block]:
        """Every page as one block, with its number, and of how many, where there are several."""
        form, foot = self.form, self._foot(sheet)
        blocks = list(self._blocks(sheet))
        if form.height is None:
            height = 2 * form.margin + sum(block.height for block in blocks)
            return [_joined(height, [below(*blocks).moved(form.margin, form.margin)])]
        end = form.height - form.margin - foot.height
        split = list(_split(blocks, end - form.margin - _GAP))
        found = []
        for number, page in enumerate(split, 1):
            number_of = self.words("leaf", leaf=number, leaves=len(split)) if len(split) > 1 else ""
            corner = self._small(number_of).moved(form.width - form.margin - self._width(number_of), end)
            placed = [below(*page).moved(form.margin, form.margin), foot.moved(form.margin, end), corner]
            found.append(_joined(form.height, placed))
        return found

    def _width(self, text: str) -> float:
        return sum(self.measure(character, self.form.body * _SMALL, False) for character in text)

    def _blocks(self, sheet: Sheet) -> Iterator[Block]:
        form = self.form
        if form.height is None:
            yield self._head(sheet, form.inner)
        else:
            left = form.inner - form.code
            yield beside(self._head(sheet, left - 2 * _GAP), self._code(sheet, form.code), left)
        for group in sheet.groups:
            yield from self._group(group)
        for title, paragraphs in self._sections(sheet):
            yield from self._headed(title, [part for text in paragraphs for part in self._paragraph(text)])
        if form.height is None:
            yield below(Block(_GAP), self._foot(sheet), Block(_GAP), self._code(sheet, form.code))

    def _foot(self, sheet: Sheet) -> Block:
        """How old the sheet is and whose: at the end of a strip, at the bottom of every page."""
        return below(*(self._small(text) for text in (sheet.checked, sheet.edition, sheet.notice)))

    def _head(self, sheet: Sheet, width: float) -> Block:
        title = self._text(sheet.title, width, self.form.title, bold=True)
        facts = [
            self._text(f"{label}  {value}", width, self.form.body, bold=True) for label, value in sheet.facts
        ]
        return below(self._small(sheet.kicker, width), title, Block(1.5), *facts)

    def _code(self, sheet: Sheet, side: float) -> Block:
        """The code, what it is for, and what to type instead; in the middle of a strip, else as wide as the code."""
        width = self.form.inner if self.form.height is None else side
        code = Block(side, codes=(((width - side) / 2, 0, side),)) if sheet.url else Block(0)
        parts = [code, Block(1), self._small(sheet.scan, width), self._small(sheet.typed, width)]
        return below(*parts, self._text(sheet.code, width, self.form.title, bold=True))

    def _group(self, group: Group) -> Iterator[Block]:
        if group.name == "waived":
            lines = self._paragraph(self.words.join([line.title for line in group.lines]))
        else:
            lines = [self._ticked(line) for line in group.lines]
        yield from self._headed(group.title, lines)

    def _headed(self, title: str, blocks: Sequence[Block]) -> Iterator[Block]:
        yield below(self._heading(title), *blocks[:1])
        yield from blocks[1:]

    def _ticked(self, line: Line) -> Block:
        box = self.form.body * POINT
        indent = box + 2.5
        width = self.form.inner - indent
        texts = below(
            self._text(f"{line.title}  {line.amount}".rstrip(), width, self.form.body),
            self._small(line.note, width),
            Block(1.2),
        ).moved(indent, 0)
        return replace(texts, boxes=((0, (SPACING - 1) / 2 * box, box),))

    def _sections(self, sheet: Sheet) -> Iterator[tuple[str, list[str]]]:
        if sheet.stops:
            yield (
                sheet.where,
                [
                    "\n".join(part for part in (stop.title, stop.hours, stop.phone, stop.does) if part)
                    for stop in sheet.stops
                ],
            )
        for section in sheet.sections:
            yield section.title, list(section.lines)

    def _heading(self, text: str) -> Block:
        return below(
            Block(3), self._text(text, self.form.inner, self.form.body * 1.15, bold=True), Block(0.8)
        )

    def _paragraph(self, text: str) -> list[Block]:
        lines = self._lines(text, self.form.inner, self.form.body)
        starts = range(0, len(lines), _TOGETHER)
        parts = [self._placed(lines[start : start + _TOGETHER], self.form.body) for start in starts]
        return [*parts[:-1], below(*parts[-1:], Block(1.2))]

    def _small(self, text: str, width: float | None = None) -> Block:
        return self._text(text, width or self.form.inner, self.form.body * _SMALL, grey=True)

    def _text(self, text: str, width: float, size: float, bold: bool = False, grey: bool = False) -> Block:
        return self._placed(self._lines(text, width, size, bold) if text else [], size, bold, grey)

    def _lines(self, text: str, width: float, size: float, bold: bool = False) -> list[str]:
        return break_lines(text, width, lambda character: self.measure(character, size, bold))

    def _placed(self, lines: Sequence[str], size: float, bold: bool = False, grey: bool = False) -> Block:
        step = size * POINT * SPACING
        texts = tuple(Text(0, row * step, line, size, bold, grey) for row, line in enumerate(lines))
        return Block(step * len(lines), texts)


def below(*blocks: Block) -> Block:
    """Blocks below each other as one."""
    y, placed = 0.0, []
    for block in blocks:
        placed.append(block.moved(0, y))
        y += block.height
    return _joined(y, placed)


def beside(left: Block, right: Block, x: float) -> Block:
    """Two blocks beside each other, the right one `x` from the left."""
    return _joined(max(left.height, right.height), [left, right.moved(x, 0)])


def _split(blocks: Sequence[Block], room: float) -> Iterator[list[Block]]:
    """As many blocks on each page as there is room for, one at least."""
    page: list[Block] = []
    for block in blocks:
        if page and sum(one.height for one in page) + block.height > room:
            yield page
            page = []
        page.append(block)
    yield page


def _joined(height: float, blocks: Sequence[Block]) -> Block:
    return Block(
        height,
        tuple(text for block in blocks for text in block.texts),
        tuple(box for block in blocks for box in block.boxes),
        tuple(code for block in blocks for code in block.codes),
    )
