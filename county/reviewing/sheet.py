"""The printable review sheet (审核单) of one text, for the file and for signing by hand.

Two forms as 高坪区 introduced them in 2022: 公文公开属性认定审核单 for documents, 非公文类信息发布审核单 for all else.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from importlib.resources import files
from typing import Literal

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode
from fpdf.fonts import FontFace
from fpdf.table import Table

from catalog.records import DisclosureItem, Policy
from county.clock import local
from county.editing.difference import compare_fields
from county.editing.wording import Piece
from county.reviewing.steps import STEPS, Verdict
from county.reviewing.texts import Review, Text

Form = Literal["document", "other"]
TITLES: Mapping[Form, str] = {"document": "公文公开属性认定审核单", "other": "非公文类信息发布审核单"}
LONGEST = 400
"""Characters of a text that are printed; the sheet names the revision that has all of it."""
MOST_FIELDS = 40

_VERDICTS: Mapping[Verdict, str] = {"approved": "同意", "returned": "退回"}
_DUTIES = {
    "初审": "初审(业务科室)",
    "复审": "复审(政务公开机构)",
    "终审": "终审(分管负责人)",
}


class _Paper(FPDF):
    """A4 with the number of the page below."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("sheet", "", 8)
        self.cell(0, 6, f"第 {self.page_no()} 页 / 共 {{nb}} 页", align="C")


def form_of(text: Text) -> Form:
    """Which of the two forms a text takes."""
    return "document" if isinstance(text.record or text.before, Policy) else "other"


def draw_sheet(
    text: Text,
    names: Mapping[str, str],
    offices: Sequence[str],
    label: Callable[[str], str],
    county: str,
    printed: datetime,
) -> bytes:
    """The sheet as a PDF.

    `names` are people's display names, `offices` the titles of the text's organisations, and `label` gives the
    words of a field such as `service.title`.
    """
    pdf = _paper(TITLES[form_of(text)], printed)
    pdf.set_font("sheet", "B", 16)
    pdf.cell(0, 12, f"{county}{TITLES[form_of(text)]}", align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("sheet", "", 9.5)
    with _table(pdf, (24, 62, 24, 62)) as table:
        for first, second in _particulars(text, names, offices):
            row = table.row()
            for name, value in (first, second):
                row.cell(name, style=_LABEL)
                row.cell(value)
    _content(pdf, text, label)
    _steps(pdf, text, names)
    pdf.ln(3)
    pdf.set_font("sheet", "", 8)
    pdf.multi_cell(
        0, 4.5, f"内容指纹(SHA-256):{text.content_hash}\n打印时间:{_moment(printed)}。内容如有修改,本单作废。"
    )
    return bytes(pdf.output())


_LABEL = FontFace(emphasis="BOLD", fill_color=(238, 242, 246))


def _paper(title: str, printed: datetime) -> FPDF:
    pdf = _Paper(unit="mm", format="A4")
    pdf.set_margins(19, 16, 19)
    pdf.set_auto_page_break(True, 18)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("sheet", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.set_creation_date(printed)
    pdf.add_page()
    return pdf


def _table(pdf: FPDF, widths: tuple[int, ...]) -> AbstractContextManager[Table]:
    table: AbstractContextManager[Table] = pdf.table(
        col_widths=widths,
        first_row_as_headings=False,
        borders_layout=TableBordersLayout.ALL,
        line_height=6,
        padding=1.2,
        wrapmode=WrapMode.CHAR,
        text_align="LEFT",
    )
    return table


def _particulars(
    text: Text, names: Mapping[str, str], offices: Sequence[str]
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    action = "撤下" if text.record is None else "修改" if text.before else "新增"
    return [
        (("标题", text.title), ("编号", f"{text.kind}/{text.id}")),
        (("单位", "、".join(offices) or "县级"), ("修订", f"{text.number}({action})")),
        (("起草", names[text.author]), ("提交", f"{names[text.submitted_by]} {_moment(text.submitted)}")),
        (("公开属性", _openness(text)), ("说明", text.note or "无")),
    ]


def _openness(text: Text) -> str:
    record = text.record or text.before
    item = record if isinstance(record, DisclosureItem) else None
    ticked = (item.proactive, item.on_request) if item else (True, False)
    shown = zip(("主动公开", "依申请公开"), ticked, strict=True)
    return "  ".join(f"{'■' if tick else '□'}{name}" for name, tick in shown) + "  □不予公开"


def _content(pdf: FPDF, text: Text, label: Callable[[str], str]) -> None:
    pdf.ln(2)
    with _table(pdf, (40, 66, 66)) as table:
        head = table.row()
        for name in ("审核内容", "原文", "拟发布"):
            head.cell(name, style=_LABEL)
        lines = _lines(text, label)
        for line in lines[:MOST_FIELDS]:
            row = table.row()
            for value in line:
                row.cell(value)
        if len(lines) > MOST_FIELDS:
            table.row().cell(f"另有 {len(lines) - MOST_FIELDS} 处,见系统中的修订 {text.number}", colspan=3)


def _lines(text: Text, label: Callable[[str], str]) -> list[tuple[str, str, str]]:
    if text.record is None:
        return [("整条", text.title, "撤下")]
    found = [
        (f"{label(change.words)} {change.place}".strip(), _short(change.before), _short(change.after))
        for change in compare_fields(text.kind, text.before, text.record)
    ]
    return found or [("整条", "无变化", "无变化")]


def _short(pieces: Sequence[Piece]) -> str:
    said = "".join(piece.text for piece in pieces)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}……(共 {len(said)} 字)"


def _steps(pdf: FPDF, text: Text, names: Mapping[str, str]) -> None:
    taken = {review.step: review for review in text.reviews}
    pdf.ln(2)
    with _table(pdf, (40, 80, 52)) as table:
        for step in STEPS:
            row = table.row()
            row.cell(_DUTIES[step], style=_LABEL)
            opinion, signature = _said(taken.get(step), names)
            row.cell(opinion)
            row.cell(signature)


def _said(review: Review | None, names: Mapping[str, str]) -> tuple[str, str]:
    if review is None:
        return "意见:\n\n", "签名:\n\n        年    月    日"
    opinion = _VERDICTS[review.verdict] + (f"。{review.note}" if review.note else "")
    return opinion, f"{names[review.reviewer]}\n{_moment(review.at)}"


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"
