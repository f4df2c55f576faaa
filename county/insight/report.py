"""The yearly report of hot topics on paper and as tables, in the language of the words that it is given."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files

from fpdf import FPDF
from fpdf.fonts import FontFace

from catalog.insight import KIOSK_DAYS, SMALLEST
from county.insight.tables import Table
from county.insight.topics import HotTopics, Line

Words = Callable[..., str]
"""The text under a key such as `insight.hotline`, with values filled in."""

_BLUE = (11, 78, 162)
_PALE = FontFace(fill_color=(232, 238, 244), emphasis="BOLD")


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
        topics = words("insight.comma").join(f"“{line.title}”" for line in report.hotline[:3])
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


def draw(report: HotTopics, county: str, made: str, words: Words) -> bytes:
    """The report as a PDF; `made` is the day on which it was made, as text."""
    title = words("insight.report-title", county=county, year=report.year)
    pdf = _blank(report, title, words("insight.html-language"))
    pdf.add_page()
    pdf.set_text_color(*_BLUE)
    pdf.set_font("report", "B", 20)
    pdf.multi_cell(0, 11, title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(90)
    pdf.set_font("report", "", 9.5)
    note = words("insight.report-note", made=made, smallest=SMALLEST, days=KIOSK_DAYS)
    pdf.multi_cell(0, 6, note, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("report", "", 11.5)
    for sentence in summary(report, words) or [words("insight.topics-none", year=report.year)]:
        pdf.multi_cell(0, 7.5, sentence, new_x="LMARGIN", new_y="NEXT")
    for table in tables(report, words):
        if table.rows:
            _table(pdf, table)
    return bytes(pdf.output())


class _Paper(FPDF):
    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-13)
        self.set_font("report", "", 9)
        self.set_text_color(90)
        self.cell(0, 6, str(self.page_no()), align="C")


def _blank(report: HotTopics, title: str, language: str) -> FPDF:
    pdf = _Paper(unit="mm", format="A4")
    pdf.set_margin(18)
    pdf.set_auto_page_break(True, margin=18)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("report", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_creation_date(datetime(report.year, 12, 31, tzinfo=UTC))
    return pdf


def _table(pdf: FPDF, table: Table) -> None:
    pdf.ln(4)
    if pdf.y > 240:
        pdf.add_page()
    pdf.set_text_color(*_BLUE)
    pdf.set_font("report", "B", 13)
    pdf.cell(0, 9, table.title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("report", "", 9.5)
    pdf.set_draw_color(200)
    others = len(table.heads) - 1
    widths = (100 - 14 * others - (10 if others > 3 else 0), *([14] * 3), *([24] * (others - 3)))
    with pdf.table(col_widths=widths, line_height=6, headings_style=_PALE, padding=(0.8, 1.5)) as drawn:
        for row in (table.heads, *table.rows):
            _row(drawn.row(), row)


def _row(drawn: object, cells: Sequence[object]) -> None:
    for at, cell in enumerate(cells):
        text = "—" if cell is None else f"{cell:,}" if isinstance(cell, int) else str(cell)
        drawn.cell(text, align="R" if 0 < at < 4 else "L")  # type: ignore[attr-defined]
