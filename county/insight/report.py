"""The yearly report of hot topics on paper and as tables, in the language of the words that it is given."""

from collections.abc import Iterator
from datetime import date, datetime, time

from fpdf.fonts import FontFace

from catalog.insight import KIOSK_DAYS, SMALLEST
from catalog.records import County
from county.clock import COUNTY_TIME
from county.insight.tables import Table
from county.insight.topics import HotTopics, Line
from county.paper import GREY, WIDTH, Paper
from county.wording import Words

_BLUE = (11, 78, 162)
_PALE = FontFace(fill_color=(232, 238, 244), emphasis="BOLD")
_NUMBER, _NOTE = 25.0, 42.0
"""Millimetres of a column of numbers, and of notes."""


def tables(report: HotTopics, words: Words) -> list[Table]:
    """Every table of the report."""
    return list(_tables(report, words))


def _tables(report: HotTopics, words: Words) -> Iterator[Table]:
    def heads(what: str, number: str, *more: str) -> tuple[str, ...]:
        years = (words(f"insight.{number}-of", year=year) for year in (report.year, report.year - 1))
        return (words(f"insight.{what}"), *years, *(words(f"insight.{name}") for name in ("change", *more)))

    calls = [(*_cells(line), line.note) for line in report.hotline]
    yield Table(words("insight.hotline"), heads("topic", "calls", "office"), calls)
    for kind, lines in report.looked_up.items():
        title = words("insight.most-looked", kind=words(f"insight.kind-{kind}"))
        yield Table(title, heads(f"kind-{kind}", "times"), [_cells(line) for line in lines])
    rows = [(*_cells(line), words(f"insight.handled-{line.note or 'open'}")) for line in report.missed]
    yield Table(words("insight.words"), heads("saying", "kiosk-days", "state"), rows)


def _cells(line: Line) -> tuple[str, int, int | None, str]:
    return line.title, line.number, line.before, change_text(line.change)


def change_text(change: float | None) -> str:
    """A change beside the year before, such as +12.5%; a dash without one."""
    return "—" if change is None else f"{change:+.1%}"


def summary(report: HotTopics, words: Words) -> list[str]:
    """What the report says in sentences."""
    said = []
    if report.calls is not None:
        said.append(_compared("calls", report.calls, report.calls_before, words))
    if report.visits is not None:
        said.append(_compared("visits", report.visits, report.visits_before, words))
    if report.hotline:
        named = (words("insight.said-topic", topic=line.title) for line in report.hotline[:3])
        topics = words("insight.comma").join(named)
        said.append(words("insight.said-most", topics=topics))
    waiting = sum(not line.note for line in report.missed)
    if waiting:
        said.append(words("insight.said-waiting", count=waiting))
    return said


def _compared(what: str, number: int, before: int | None, words: Words) -> str:
    if not before:
        return words(f"insight.said-{what}", number=number)
    change = change_text((number - before) / before)
    return words(f"insight.said-{what}-before", number=number, before=before, change=change)


def draw(report: HotTopics, county: County, made: date, words: Words) -> bytes:
    """The report as a PDF."""
    named = words.pick(county.title, county.title_en)
    title = words("insight.report-title", county=named, year=report.year)
    begun = datetime.combine(made, time(), COUNTY_TIME)
    paper = Paper(title, begun, words, demonstration=county.demonstration)
    paper.write_text(title, 20, bold=True, colour=_BLUE)
    note = words("insight.report-note", made=f"{made:%Y-%m-%d}", smallest=SMALLEST, days=KIOSK_DAYS)
    paper.write_text(note, 9.5, colour=GREY)
    paper.ln(2)
    for sentence in summary(report, words) or [words("insight.topics-none", year=report.year)]:
        paper.write_text(sentence, 11.5)
    for table in tables(report, words):
        if table.rows:
            _table(paper, table)
    return bytes(paper.output())


def _table(paper: Paper, table: Table) -> None:
    paper.ln(4)
    paper.make_room(40)
    paper.write_text(table.title, 13, bold=True, colour=_BLUE)
    paper.ln(1)
    paper.set_text_color(0)
    paper.set_font("paper", "", 9.5)
    paper.set_draw_color(200)
    notes = [_NOTE] * (len(table.heads) - 4)
    widths = (WIDTH - 3 * _NUMBER - sum(notes), *[_NUMBER] * 3, *notes)
    with paper.table(
        width=WIDTH,
        col_widths=widths,
        line_height=6,
        headings_style=_PALE,
        text_align=("LEFT", *["RIGHT"] * 3, *["LEFT"] * len(notes)),
        padding=(0.8, 1.5),
    ) as drawn:
        for number, row in enumerate((table.heads, *table.rows)):
            cells = drawn.row()
            for cell, width in zip(row, widths, strict=True):
                cells.cell(paper.broken(_text(cell), width - 1, bold=number == 0))


def _text(cell: object) -> str:
    return "—" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)
