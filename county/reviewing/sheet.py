"""The printable review sheet (审核单) of one text, for the file and for signing by hand.

Its words are in the language that is asked for; the text is as it was written. Two forms as 高坪区 introduced them in
2022: 公文公开属性认定审核单 for documents, 非公文类信息发布审核单 for all else.
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
from county.reviewing.steps import STEPS
from county.reviewing.texts import Review, Text

Form = Literal["document", "other"]
Words = Callable[..., str]
"""The text under a key such as `review.step`, with values filled in."""

LONGEST = 400
"""Characters of a text that are printed; the sheet names the revision that has all of it."""
MOST_FIELDS = 40


class _Paper(FPDF):
    """A4 with the number of the page below."""

    def __init__(self, words: Words) -> None:
        super().__init__(unit="mm", format="A4")
        self._words = words

    def footer(self) -> None:
        """Drawn by the library at the end of each page."""
        self.set_y(-14)
        self.set_font("sheet", "", 8)
        self.cell(0, 6, self._words("review.sheet-page", page=self.page_no(), pages="{nb}"), align="C")


def form_of(text: Text) -> Form:
    """Which of the two forms a text takes."""
    return "document" if isinstance(text.record or text.before, Policy) else "other"


def draw_sheet(
    text: Text,
    names: Mapping[str, str],
    offices: Sequence[str],
    words: Words,
    county: str,
    printed: datetime,
) -> bytes:
    """The sheet as a PDF. `names` are people's display names, `offices` the titles of the text's organisations."""
    title = words(f"review.sheet-{form_of(text)}")
    pdf = _paper(title, printed, words)
    pdf.set_font("sheet", "B", 16)
    heading = words("review.sheet-title", county=county, title=title)
    pdf.cell(0, 12, heading, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("sheet", "", 9.5)
    with _table(pdf, (24, 62, 24, 62)) as table:
        for first, second in _particulars(text, names, offices, words):
            row = table.row()
            for name, value in (first, second):
                row.cell(name, style=_LABEL)
                row.cell(value)
    _content(pdf, text, words)
    _steps(pdf, text, names, words)
    pdf.ln(3)
    pdf.set_font("sheet", "", 8)
    foot = words("review.sheet-foot", digest=text.content_hash, printed=_moment(printed))
    pdf.multi_cell(0, 4.5, foot)
    return bytes(pdf.output())


_LABEL = FontFace(emphasis="BOLD", fill_color=(238, 242, 246))


def _paper(title: str, printed: datetime, words: Words) -> FPDF:
    pdf = _Paper(words)
    pdf.set_margins(19, 16, 19)
    pdf.set_auto_page_break(True, 18)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("sheet", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
    pdf.set_title(title)
    pdf.set_lang(words("review.sheet-language"))
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
    text: Text, names: Mapping[str, str], offices: Sequence[str], words: Words
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    def say(name: str) -> str:
        return words(f"review.sheet-{name}")

    action = say("withdrawn" if text.record is None else "changed" if text.before else "new")
    office = say("comma").join(offices) or say("county")
    return [
        ((say("text"), text.title), (say("id"), f"{text.kind}/{text.id}")),
        ((say("office"), office), (say("revision"), f"{text.number} ({action})")),
        (
            (say("author"), names[text.author]),
            (say("submitted"), f"{names[text.submitted_by]} {_moment(text.submitted)}"),
        ),
        ((say("openness"), _openness(text, words)), (say("note"), text.note or say("none"))),
    ]


def _openness(text: Text, words: Words) -> str:
    record = text.record or text.before
    item = record if isinstance(record, DisclosureItem) else None
    ticked = (item.proactive, item.on_request, False) if item else (True, False, False)
    shown = zip(("proactive", "on-request", "not-public"), ticked, strict=True)
    return "  ".join(f"{'■' if tick else '□'}{words(f'review.sheet-{name}')}" for name, tick in shown)


def _content(pdf: FPDF, text: Text, words: Words) -> None:
    pdf.ln(2)
    with _table(pdf, (40, 66, 66)) as table:
        head = table.row()
        for name in ("content", "before", "after"):
            head.cell(words(f"review.sheet-{name}"), style=_LABEL)
        lines = _lines(text, words)
        for line in lines[:MOST_FIELDS]:
            row = table.row()
            for value in line:
                row.cell(value)
        if len(lines) > MOST_FIELDS:
            more = words("review.sheet-more", count=len(lines) - MOST_FIELDS, revision=text.number)
            table.row().cell(more, colspan=3)


def _lines(text: Text, words: Words) -> list[tuple[str, str, str]]:
    whole, same = words("review.sheet-whole"), words("review.sheet-same")
    if text.record is None:
        return [(whole, text.title, words("review.sheet-withdrawn"))]
    found = [
        (
            f"{words(f'fields.{change.words}')} {change.place}".strip(),
            _short(change.before, words),
            _short(change.after, words),
        )
        for change in compare_fields(text.kind, text.before, text.record)
    ]
    return found or [(whole, same, same)]


def _short(pieces: Sequence[Piece], words: Words) -> str:
    said = "".join(piece.text for piece in pieces)
    if len(said) <= LONGEST:
        return said
    return words("review.sheet-short", text=said[:LONGEST], count=len(said))


def _steps(pdf: FPDF, text: Text, names: Mapping[str, str], words: Words) -> None:
    taken = {review.step: review for review in text.reviews}
    pdf.ln(2)
    with _table(pdf, (40, 80, 52)) as table:
        for number, step in enumerate(STEPS, 1):
            row = table.row()
            row.cell(words(f"review.sheet-duty-{number}"), style=_LABEL)
            opinion, signature = _said(taken.get(step), names, words)
            row.cell(opinion)
            row.cell(signature)


def _said(review: Review | None, names: Mapping[str, str], words: Words) -> tuple[str, str]:
    if review is None:
        return words("review.sheet-opinion") + "\n\n", words("review.sheet-signature")
    verdict = words(f"review.{review.verdict}")
    opinion = words("review.sheet-said", verdict=verdict, note=review.note) if review.note else verdict
    return opinion, f"{names[review.reviewer]}\n{_moment(review.at)}"


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"
