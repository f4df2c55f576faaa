"""The printable review sheet (审核单) of one text, for the file and for signing by hand.

Its words are in the language that is asked for; the text is as it was written. Two forms as 高坪区 introduced them in
2022: 公文公开属性认定审核单 for documents, 非公文类信息发布审核单 for all else.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace
from fpdf.table import Table

from catalog.records import County, DisclosureItem, Policy
from county.clock import local
from county.editing.difference import Reader, compare_fields
from county.editing.wording import Piece
from county.paper import WIDTH, Paper
from county.reviewing.steps import STEPS
from county.reviewing.texts import Review, Text
from county.wording import Words

Form = Literal["document", "other"]

LONGEST = 400
"""Characters of a text that are printed; the sheet names the revision that has all of it."""
MOST_FIELDS = 40


def form_of(text: Text) -> Form:
    """Which of the two forms a text takes."""
    return "document" if isinstance(text.record or text.before, Policy) else "other"


def draw_sheet(
    text: Text,
    names: Mapping[str, str],
    offices: Sequence[str],
    reader: Reader,
    county: County,
    printed: datetime,
) -> bytes:
    """The sheet as a PDF. `names` are people's display names, `offices` the titles of the text's organisations."""
    words = reader.words
    form = words(f"review.sheet-{form_of(text)}")
    title = words("review.sheet-title", county=words.pick(county.title, county.title_en), title=form)
    paper = Paper(title, printed, words, demonstration=county.demonstration)
    paper.write_text(title, 16, bold=True, align="C")
    paper.ln(2)
    paper.set_font("paper", "", 9.5)
    widths = (24.0, 64.0, 24.0, 64.0)
    with _table(paper, widths) as table:
        for first, second in _particulars(text, names, offices, words):
            _row(paper, table, (*first, *second), widths, labels=(0, 2))
    _content(paper, text, reader)
    _steps(paper, text, names, words)
    paper.ln(3)
    foot = words("review.sheet-foot", digest=text.content_hash, printed=_moment(printed))
    paper.write_text(foot, 8)
    return bytes(paper.output())


_LABEL = FontFace(emphasis="BOLD", fill_color=(238, 242, 246))
_PADDING = 1.2


def _table(paper: Paper, widths: Sequence[float], *, headed: bool = False) -> AbstractContextManager[Table]:
    table: AbstractContextManager[Table] = paper.table(
        width=WIDTH,
        col_widths=tuple(widths),
        first_row_as_headings=headed,
        headings_style=_LABEL,
        borders_layout=TableBordersLayout.ALL,
        line_height=6,
        padding=_PADDING,
        text_align="LEFT",
    )
    return table


def _row(
    paper: Paper, table: Table, texts: Sequence[str], widths: Sequence[float], labels: Sequence[int] = ()
) -> None:
    row = table.row()
    for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
        lines = paper.broken(text, width - 2 * _PADDING, bold=place in labels)
        row.cell(lines, style=_LABEL if place in labels else None)


def _particulars(
    text: Text, names: Mapping[str, str], offices: Sequence[str], words: Words
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    def say(name: str, **values: object) -> str:
        return words(f"review.sheet-{name}", **values)

    action = say("withdrawn" if text.record is None else "changed" if text.before else "new")
    office = say("comma").join(offices) or say("county")
    return [
        ((say("text"), text.title), (say("id"), f"{text.kind}/{text.id}")),
        ((say("office"), office), (say("revision"), say("revision-of", number=text.number, action=action))),
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


def _content(paper: Paper, text: Text, reader: Reader) -> None:
    words = reader.words
    paper.ln(2)
    widths = (40.0, 68.0, 68.0)
    with _table(paper, widths, headed=True) as table:
        head = [words(f"review.sheet-{name}") for name in ("content", "before", "after")]
        _row(paper, table, head, widths, labels=(0, 1, 2))
        lines = _lines(text, reader)
        for line in lines[:MOST_FIELDS]:
            _row(paper, table, line, widths)
        if len(lines) > MOST_FIELDS:
            more = words("review.sheet-more", count=len(lines) - MOST_FIELDS, revision=text.number)
            table.row().cell(more, colspan=3)


def _lines(text: Text, reader: Reader) -> list[tuple[str, str, str]]:
    words = reader.words
    whole, same = words("review.sheet-whole"), words("review.sheet-same")
    if text.record is None:
        return [(whole, text.title, words("review.sheet-withdrawn"))]
    found = [
        (
            f"{words(f'fields.{change.words}')} {change.place}".strip(),
            _short(change.before, words),
            _short(change.after, words),
        )
        for change in compare_fields(text.kind, text.before, text.record, reader)
    ]
    return found or [(whole, same, same)]


def _short(pieces: Sequence[Piece], words: Words) -> str:
    said = "".join(piece.text for piece in pieces)
    if len(said) <= LONGEST:
        return said
    return words("review.sheet-short", text=said[:LONGEST], count=len(said))


def _steps(paper: Paper, text: Text, names: Mapping[str, str], words: Words) -> None:
    """What is signed, all on one page."""
    taken = {review.step: review for review in text.reviews}
    rows = [
        (words(f"review.sheet-duty-{number}"), *_said(taken.get(step), names, words))
        for number, step in enumerate(STEPS, 1)
    ]
    paper.ln(2)
    with paper.offset_rendering() as tried:
        _signed(paper, rows)
    if tried.page_break_triggered:
        paper.add_page()
    _signed(paper, rows)


def _signed(paper: Paper, rows: Sequence[Sequence[str]]) -> None:
    widths = (46.0, 78.0, 52.0)
    with _table(paper, widths) as table:
        for row in rows:
            _row(paper, table, row, widths, labels=(0,))


def _said(review: Review | None, names: Mapping[str, str], words: Words) -> tuple[str, str]:
    if review is None:
        return words("review.sheet-opinion") + "\n\n", words("review.sheet-signature")
    verdict = words(f"review.{review.verdict}")
    opinion = words("review.sheet-said", verdict=verdict, note=review.note) if review.note else verdict
    return opinion, f"{names[review.reviewer]}\n{_moment(review.at)}"


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"
