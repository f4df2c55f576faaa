"""The yearly report of hot topics on paper and as tables, in Chinese as it is handed in."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files

from fpdf import FPDF
from fpdf.fonts import FontFace

from county.insight.tables import Table
from county.insight.topics import HotTopics, Line

KINDS = {"service": "政务服务事项", "life_event": "一件事", "policy": "政策文件"}
HANDLED = {"": "待处理", "aside": "无需处理", "draft": "已拟为说法", "published": "已收为说法"}
_BLUE = (11, 78, 162)
_PALE = FontFace(fill_color=(232, 238, 244), emphasis="BOLD")


def tables(report: HotTopics) -> list[Table]:
    """Every table of the report."""
    return list(_tables(report))


def _tables(report: HotTopics) -> Iterator[Table]:
    year = report.year
    heads = ("主题", f"{year}年件数", f"{year - 1}年件数", "同比", "承办最多的单位")
    yield Table("热线热点", heads, [(*_cells(line), line.note) for line in report.hotline])
    for kind, lines in report.looked_up.items():
        named = (KINDS[kind], f"{year}年次数", f"{year - 1}年次数", "同比")
        yield Table(f"查看最多的{KINDS[kind]}", named, [_cells(line) for line in lines])
    words = ("说法", f"{year}年终端日", f"{year - 1}年终端日", "同比", "处理情况")
    rows = [(*_cells(line), HANDLED[line.note]) for line in report.missed]
    yield Table("搜索未找到的说法", words, rows)


def _cells(line: Line) -> tuple[str, int, int | None, str]:
    return line.title, line.number, line.before, change_text(line.change)


def change_text(change: float | None) -> str:
    """A change beside the year before, such as +12.5%; a dash without one."""
    return "—" if change is None else f"{change:+.1%}"


def summary(report: HotTopics) -> list[str]:
    """What the report says in sentences."""
    said = []
    if report.calls is not None:
        said.append(_compared("热线受理", report.calls, report.calls_before, "件"))
    if report.visits is not None:
        said.append(_compared("终端服务", report.visits, report.visits_before, "人次"))
    if report.hotline:
        said.append("反映最多的是" + "、".join(f"“{line.title}”" for line in report.hotline[:3]) + "。")
    waiting = [line.title for line in report.missed if not line.note]
    if waiting:
        said.append(f"有 {len(waiting)} 个说法搜索不到,尚待处理。")
    return said


def _compared(what: str, number: int, before: int | None, unit: str) -> str:
    if not before:
        return f"{what} {number:,} {unit}。"
    return f"{what} {number:,} {unit},上年 {before:,} {unit},同比 {change_text((number - before) / before)}。"


def draw(report: HotTopics, county: str, made: str) -> bytes:
    """The report as a PDF; `made` is the day on which it was made, as text."""
    pdf = _blank(report, county)
    pdf.add_page()
    pdf.set_text_color(*_BLUE)
    pdf.set_font("report", "B", 20)
    pdf.multi_cell(0, 11, f"{county}{report.year}年热点问题报告", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(90)
    pdf.set_font("report", "", 9.5)
    note = f"制表日期 {made} · 5 次以下的数不列出,说法须有 3 个终端日共同出现"
    pdf.multi_cell(0, 6, note, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("report", "", 11.5)
    for sentence in summary(report) or ["这一年还没有可以列出的数据。"]:
        pdf.multi_cell(0, 7.5, sentence, new_x="LMARGIN", new_y="NEXT")
    for table in tables(report):
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


def _blank(report: HotTopics, county: str) -> FPDF:
    pdf = _Paper(unit="mm", format="A4")
    pdf.set_margin(18)
    pdf.set_auto_page_break(True, margin=18)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("report", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
    pdf.set_title(f"{county}{report.year}年热点问题报告")
    pdf.set_lang("zh-CN")
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
