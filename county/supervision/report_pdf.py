"""A report as a PDF on A4: the figures as bars with their numbers beside them, then tables. Fonts are subsets."""

from collections.abc import Sequence

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from county.clock import local
from county.paper import GREY, LIGHT, WIDTH, Paper
from county.supervision.report import Line, Report
from county.wording import Words

LABEL, BAR = 60.0, 70.0
"""Millimetres of what a bar is about, and of the longest bar."""
_GREEN = (26, 110, 82)


def pdf(report: Report, number: int, author: str, digest: str, words: Words) -> bytes:
    """The file; the same report gives the same bytes. `author` is the name of whoever made it."""
    title = report.title(words)
    paper = Paper(title, report.made, words, demonstration=report.demonstration)
    paper.write_text(title, 18, bold=True)
    made = words("supervision.report-made", author=author, at=f"{local(report.made):%Y-%m-%d %H:%M}")
    of = words("supervision.report-number", number=number)
    paper.write_text(f"{of} · {report.first} – {report.last} · {made}", 9, colour=GREY)
    paper.write_text(f"{words('supervision.report-digest')} {digest}", 7, colour=GREY)
    _shares(paper, report, words)
    _counts(paper, report, words)
    _late(paper, report, words)
    _lines(paper, words("supervision.by-organisation"), report.organisations, words)
    _lines(paper, words("supervision.by-field"), report.fields, words)
    _zones(paper, report, words)
    return bytes(paper.output())


def _shares(paper: Paper, report: Report, words: Words) -> None:
    _heading(paper, words("supervision.report-summary"))
    rows = [
        (words("supervision.punctual"), *report.punctual),
        (words("supervision.completeness"), report.complete, report.items),
        *((words(f"supervision.indicator-{one.name}"), one.met, one.of) for one in report.indicators),
    ]
    for name, met, of in rows:
        share = met / of if of else 0
        _bar(paper, name, share, f"{100 * share:.1f}%  ({met} / {of})" if of else "—")
    paper.write_text(words("supervision.indicators-note"), 8, colour=GREY)


def _counts(paper: Paper, report: Report, words: Words) -> None:
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


def _late(paper: Paper, report: Report, words: Words) -> None:
    _heading(paper, words("supervision.report-late"))
    if not report.late:
        paper.write_text(words("supervision.report-late-none"), 10)
        return
    head = [words(f"supervision.{name}") for name in ("what", "organisation", "due", "published-on")]
    comma = words("supervision.comma")
    rows = [
        [late.title, comma.join(late.organisations), str(late.due), str(late.published or "—")]
        for late in report.late
    ]
    _table(paper, head, rows, (74, 54, 24, 24))


def _lines(paper: Paper, heading: str, lines: Sequence[Line], words: Words) -> None:
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
    _table(paper, head, rows, (50, *[18] * 7))


def _zones(paper: Paper, report: Report, words: Words) -> None:
    if not report.zones:
        return
    _heading(paper, words("supervision.zones"))
    head = [words(f"supervision.{name}") for name in ("name", "five", "visitors", "open-follow-ups")]
    rows = [
        [
            words("supervision.zone-of", zone=zone.title, level=words(f"supervision.level-{zone.level}")),
            words("supervision.never") if zone.met is None else f"{zone.met} / 5",
            str(zone.visitors),
            str(zone.open),
        ]
        for zone in report.zones
    ]
    _table(paper, head, rows, (86, 30, 30, 30))


def _heading(paper: Paper, text: str) -> None:
    paper.make_room(30)
    paper.ln(4)
    paper.write_text(text, 13, bold=True)
    paper.ln(1)


def _bar(paper: Paper, name: str, share: float, number: str) -> None:
    paper.set_font("paper", "", 10)
    lines = paper.broken(name, LABEL)
    paper.make_room(6 * (1 + lines.count("\n")))
    paper.set_text_color(0, 0, 0)
    top = paper.get_y()
    paper.multi_cell(LABEL, 6, lines, align="L", new_x="RIGHT", new_y="NEXT")
    below, left = paper.get_y(), paper.l_margin + LABEL + 2
    paper.set_fill_color(*LIGHT)
    paper.rect(left, top + 1.5, BAR, 3, style="F")
    paper.set_fill_color(*_GREEN)
    if share > 0:
        paper.rect(left, top + 1.5, BAR * min(share, 1), 3, style="F")
    paper.set_xy(left + BAR + 3, top)
    paper.cell(0, 6, number)
    paper.set_xy(paper.l_margin, below)


def _table(paper: Paper, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A table; columns over 40 mm hold words, the others numbers and days."""
    paper.set_font("paper", "", 8.5)
    paper.set_text_color(0, 0, 0)
    paper.set_draw_color(*LIGHT)
    paper.set_fill_color(255, 255, 255)
    with paper.table(
        width=WIDTH,
        col_widths=tuple(widths),
        headings_style=FontFace(emphasis="BOLD", fill_color=LIGHT),
        line_height=5,
        text_align=tuple("LEFT" if width > 40 else "RIGHT" for width in widths),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as table:
        for number, row in enumerate((head, *rows)):
            cells = table.row()
            for cell, width in zip(row, widths, strict=True):
                cells.cell(paper.broken(cell, width, bold=number == 0))
