"""A report as a workbook with charts. Every text is written as text, so that none is taken for a formula."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from catalog.exporting.table import fitting
from county.supervision.report import Line, Report
from county.wording import Words

_HEAD = PatternFill("solid", start_color="E8EEF4")


def workbook(report: Report, words: Words) -> bytes:
    """The file. `words` gives the words of a key such as `supervision.items`."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _summary(first, report, words)
    _states(book.create_sheet(words("supervision.by-state")), report, words)
    for key, lines in (("by-organisation", report.organisations), ("by-field", report.fields)):
        _lines(book.create_sheet(words(f"supervision.{key}")), lines, words, words(f"supervision.{key}"))
    _zones(book.create_sheet(words("supervision.zones")), report, words)
    _late(book.create_sheet(words("supervision.state-overdue")), report, words)
    if report.trend:
        _trend(book.create_sheet(words("supervision.report-trend")), report, words)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _summary(sheet: Worksheet, report: Report, words: Words) -> None:
    sheet.title = words("supervision.report-summary")
    top = [[report.title(words)], [f"{report.first} – {report.last}"]]
    if report.demonstration:
        top.append([words("paper.demonstration")])
    head = [words(f"supervision.{name}") for name in ("name", "count", "total")]
    shares = [(f"indicator-{one.name}", one.met, one.of) for one in report.indicators]
    rows: list[list[Any]] = [
        [words("supervision.punctual"), *report.punctual],
        [words("supervision.completeness"), report.complete, report.items],
        *([words(f"supervision.{name}"), met, of] for name, met, of in shares),
        *([words(f"supervision.sort-{sort}"), number, None] for sort, number in report.faults.items()),
        [words("supervision.visitors"), report.visitors, None],
        *([words(f"supervision.activity-{name}"), number, None] for name, number in report.activity.items()),
    ]
    _table(sheet, [*top, head, *rows], head=len(top) + 1)
    before = len(top) + 3
    _bars(sheet, words("supervision.indicators"), (before + 1, before + len(shares)), (2, 3), "E2")


def _states(sheet: Worksheet, report: Report, words: Words) -> None:
    rows = [[words(f"supervision.state-{state}"), number] for state, number in report.states.items()]
    _table(sheet, [[words("supervision.state"), words("supervision.count")], *rows])
    if any(report.states.values()):
        chart = PieChart()
        chart.title = words("supervision.report-states")
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=1 + len(rows)), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=1 + len(rows)))
        sheet.add_chart(chart, "D2")


def _lines(sheet: Worksheet, lines: Sequence[Line], words: Words, title: str) -> None:
    names = ("name", "items", "complete", "recorded", "services", "in-time", "total", "overdue", "problems")
    rows = [
        [
            line.title,
            line.items,
            line.complete,
            line.recorded,
            line.services,
            line.in_time,
            line.judged,
            line.overdue,
            line.faults,
        ]
        for line in lines
    ]
    _table(sheet, [[words(f"supervision.{name}") for name in names], *rows])
    if rows:
        _bars(sheet, title, (1, 1 + min(len(rows), 15)), (2, 3), "K2")


def _zones(sheet: Worksheet, report: Report, words: Words) -> None:
    names = ("name", "field", "five", "visitors", "open-follow-ups")
    head = [words(f"supervision.{name}") for name in names]
    head[1] = words("zones.level")
    rows = [
        [zone.title, words(f"supervision.level-{zone.level}"), zone.met, zone.visitors, zone.open]
        for zone in report.zones
    ]
    _table(sheet, [head, *rows])
    if rows:
        _bars(sheet, words("supervision.visitors"), (1, 1 + len(rows)), (4, 4), "G2")


def _late(sheet: Worksheet, report: Report, words: Words) -> None:
    names = ("subject", "what", "organisation", "due", "published-on")
    comma = words("supervision.comma")
    rows = [
        [late.subject, late.title, comma.join(late.organisations), late.due, late.published]
        for late in report.late
    ]
    _table(sheet, [[words(f"supervision.{name}") for name in names], *rows])


def _trend(sheet: Worksheet, report: Report, words: Words) -> None:
    names = ("period", "in-time", "total", "complete", "items", "problems", "visitors")
    head = [words(f"supervision.{name}") for name in names]
    head[0] = words("supervision.report-period")
    rows = [
        [one.period, one.in_time, one.judged, one.complete, one.items, one.faults, one.visitors]
        for one in report.trend
    ]
    _table(sheet, [head, *rows])
    chart = LineChart()
    chart.title = words("supervision.report-trend")
    chart.add_data(
        Reference(sheet, min_col=6, max_col=7, min_row=1, max_row=1 + len(rows)), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=1 + len(rows)))
    sheet.add_chart(chart, "I2")


def _bars(sheet: Worksheet, title: str, rows: tuple[int, int], columns: tuple[int, int], anchor: str) -> None:
    """A bar chart of `columns` over `rows`, of which the first has the names of the series."""
    chart = BarChart()
    chart.type, chart.title = "bar", title
    chart.height = max(7.5, 0.7 * (rows[1] - rows[0]))
    data = Reference(sheet, min_col=columns[0], max_col=columns[1], min_row=rows[0], max_row=rows[1])
    chart.add_data(data, titles_from_data=rows[0] == 1)
    first = rows[0] + (1 if rows[0] == 1 else 0)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=rows[1]))
    sheet.add_chart(chart, anchor)


def _table(sheet: Worksheet, rows: Sequence[Sequence[Any]], head: int = 1) -> None:
    """Rows of which the first `head` are headings. Numbers and dates stay what they are.

    Columns are as wide as what stands in them; rows that are shorter than others are titles, which run on beside.
    """
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="center")
            if number <= head:
                cell.font, cell.fill = Font(bold=True), _HEAD
    widest = max(map(len, rows))
    for column in range(widest):
        texts = [row[column] for row in rows if len(row) == widest]
        sheet.column_dimensions[get_column_letter(column + 1)].width = fitting(texts)
    sheet.freeze_panes = f"B{head + 1}"
