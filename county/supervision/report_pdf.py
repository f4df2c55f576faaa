"""A report as a PDF on A4: the figures as bars with their numbers beside them, then tables. Fonts are subsets."""

from collections.abc import Callable, Sequence
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode
from fpdf.fonts import FontFace

from county.clock import local
from county.supervision.report import Line, Report

Words = Callable[..., str]
WIDTH = 180.0
BAR = 70.0
"""Millimetres of the text, and of the longest bar."""
_GREEN, _GREY, _LIGHT = (26, 110, 82), (75, 87, 104), (223, 229, 236)


class _Paper(FPDF):
    """A4 with the page's number at its foot."""

    def __init__(self, words: Words) -> None:
        super().__init__(unit="mm", format="A4")
        self._words = words
        for style, weight in (("", "Regular"), ("B", "Bold")):
            self.add_font("report", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
        self.set_margins(15, 15)
        self.set_auto_page_break(True, 18)

    def footer(self) -> None:
        """Drawn by the library at the end of each page."""
        self.set_y(-12)
        self.set_font("report", "", 8)
        self.set_text_color(*_GREY)
        self.cell(0, 5, self._words("supervision.page-number", page=self.page_no()), align="C")


def pdf(report: Report, number: int, author: str, digest: str, words: Words) -> bytes:
    """The file; the same report gives the same bytes."""
    paper = _Paper(words)
    title = words("supervision.report-title", county=report.county, period=report.period)
    paper.set_title(title)
    paper.set_creation_date(report.made)
    paper.add_page()
    _text(paper, title, 18, bold=True)
    made = words("supervision.report-made", author=author, at=f"{local(report.made):%Y-%m-%d %H:%M}")
    _text(paper, f"No. {number} · {report.first} – {report.last} · {made}", 9, grey=True)
    _shares(paper, report, words)
    _counts(paper, report, words)
    _late(paper, report, words)
    _lines(paper, words("supervision.by-organisation"), report.organisations, words)
    _lines(paper, words("supervision.by-field"), report.fields, words)
    _zones(paper, report, words)
    _text(paper, f"{words('supervision.report-digest')}: {digest}", 7, grey=True)
    return bytes(paper.output())


def _shares(paper: FPDF, report: Report, words: Words) -> None:
    _heading(paper, words("supervision.report-summary"))
    rows = [
        (words("supervision.punctual"), *report.punctual),
        (words("supervision.completeness"), report.complete, report.items),
        *((words(f"supervision.indicator-{one.name}"), one.met, one.of) for one in report.indicators),
    ]
    for name, met, of in rows:
        share = met / of if of else 0
        _bar(paper, name, share, f"{100 * share:.1f}%  ({met} / {of})" if of else "—")
    _text(paper, words("supervision.indicators-note"), 8, grey=True)


def _counts(paper: FPDF, report: Report, words: Words) -> None:
    groups = (
        ("report-states", "state", report.states),
        ("by-sort", "sort", report.faults),
        ("report-activity", "activity", report.activity),
    )
    for heading, prefix, counts in groups:
        _heading(paper, words(f"supervision.{heading}"))
        most = max((*counts.values(), 1))
        for name, number in counts.items():
            _bar(paper, words(f"supervision.{prefix}-{name}"), number / most, str(number))


def _late(paper: FPDF, report: Report, words: Words) -> None:
    _heading(paper, words("supervision.report-late"))
    if not report.late:
        _text(paper, words("supervision.report-late-none"), 10)
        return
    head = [words(f"supervision.{name}") for name in ("what", "organisation", "due", "published-on")]
    rows = [
        [late.title, "、".join(late.organisations), str(late.due), str(late.published or "—")]
        for late in report.late
    ]
    _table(paper, head, rows, (74, 54, 26, 26))


def _lines(paper: FPDF, heading: str, lines: Sequence[Line], words: Words) -> None:
    if not lines:
        return
    _heading(paper, heading)
    names = ("name", "items", "complete", "recorded", "services", "in-time", "overdue", "problems")
    rows = [
        [
            line.title,
            str(line.items),
            str(line.complete),
            str(line.recorded),
            str(line.services),
            f"{line.in_time} / {line.judged}" if line.judged else "—",
            str(line.overdue),
            str(line.faults),
        ]
        for line in lines
    ]
    head = [words(f"supervision.{name}") for name in names]
    _table(paper, head, rows, (61, 17, 17, 17, 17, 17, 17, 17))


def _zones(paper: FPDF, report: Report, words: Words) -> None:
    if not report.zones:
        return
    _heading(paper, words("supervision.zones"))
    head = [words(f"supervision.{name}") for name in ("name", "five", "visitors", "open-follow-ups")]
    rows = [
        [
            f"{zone.title}({words(f'supervision.level-{zone.level}')})",
            words("supervision.never") if zone.met is None else f"{zone.met} / 5",
            str(zone.visitors),
            str(zone.open),
        ]
        for zone in report.zones
    ]
    _table(paper, head, rows, (90, 30, 30, 30))


def _heading(paper: FPDF, text: str) -> None:
    if paper.will_page_break(30):
        paper.add_page()
    paper.ln(4)
    _text(paper, text, 13, bold=True)


def _text(paper: FPDF, text: str, size: float, *, bold: bool = False, grey: bool = False) -> None:
    paper.set_font("report", "B" if bold else "", size)
    paper.set_text_color(*(_GREY if grey else (0, 0, 0)))
    paper.multi_cell(WIDTH, size * 0.55, text, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
    paper.ln(1)


def _bar(paper: FPDF, name: str, share: float, number: str) -> None:
    if paper.will_page_break(7):
        paper.add_page()
    paper.set_font("report", "", 10)
    paper.set_text_color(0, 0, 0)
    top = paper.get_y()
    paper.cell(62, 6, name)
    paper.set_fill_color(*_LIGHT)
    paper.rect(paper.l_margin + 64, top + 1.5, BAR, 3, style="F")
    paper.set_fill_color(*_GREEN)
    if share > 0:
        paper.rect(paper.l_margin + 64, top + 1.5, BAR * min(share, 1), 3, style="F")
    paper.set_x(paper.l_margin + 64 + BAR + 3)
    paper.cell(0, 6, number, new_x="LMARGIN", new_y="NEXT")


def _table(paper: FPDF, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    paper.set_font("report", "", 8.5)
    paper.set_text_color(0, 0, 0)
    paper.set_draw_color(*_LIGHT)
    paper.set_fill_color(255, 255, 255)
    style = FontFace(emphasis="BOLD", fill_color=_LIGHT)
    with paper.table(
        width=WIDTH,
        col_widths=tuple(widths),
        headings_style=style,
        line_height=5,
        wrapmode=WrapMode.CHAR,
        text_align=("LEFT", *["RIGHT"] * (len(head) - 1)) if len(head) > 4 else "LEFT",
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as table:
        for row in (head, *rows):
            cells = table.row()
            for cell in row:
                cells.cell(cell)
