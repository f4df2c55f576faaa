"""A sheet as a PDF: on A4, or on one strip of an 80 mm receipt printer. Fonts are embedded as subsets."""

from datetime import datetime
from functools import cache
from importlib.resources import files

from fpdf import FPDF

from catalog.qr import modules
from catalog.sheet.layout import FORMS, POINT, SPACING, Layout, Text
from catalog.sheet.page import Sheet
from catalog.sheet.words import Words


def draw(sheet: Sheet, paper: str, words: Words, made: datetime) -> bytes:
    """The PDF. `paper` is a key of FORMS; `made` is written into the file. The same sheet gives the same bytes."""
    form = FORMS[paper]
    pdf = _blank(sheet, made)

    @cache
    def width(character: str, size: float, bold: bool) -> float:
        pdf.set_font("sheet", "B" if bold else "", size)
        return float(pdf.get_string_width(character))

    for page in Layout(form, width, words).pages(sheet):
        pdf.add_page(format=(form.width, page.height))
        for text in page.texts:
            _text(pdf, text)
        for x, y, side in page.boxes:
            pdf.rect(x, y, side, side)
        for x, y, side in page.codes:
            _code(pdf, modules(sheet.url, 0), x, y, side)
    return bytes(pdf.output())


def _blank(sheet: Sheet, made: datetime) -> FPDF:
    pdf = FPDF(unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_line_width(0.35)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("sheet", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
    pdf.set_title(sheet.title)
    pdf.set_lang("zh-CN" if sheet.language == "zh" else "en")
    pdf.set_creation_date(made)
    return pdf


def _text(pdf: FPDF, at: Text) -> None:
    pdf.set_font("sheet", "B" if at.bold else "", at.size)
    pdf.set_text_color(90 if at.grey else 0)
    baseline = (SPACING / 2 + 0.38) * at.size * POINT
    pdf.text(at.x, at.y + baseline, at.text)


def _code(pdf: FPDF, rows: tuple[tuple[bool, ...], ...], x: float, y: float, side: float) -> None:
    module = side / len(rows)
    pdf.set_fill_color(0)
    for row, line in enumerate(rows):
        start = 0
        while start < len(line):
            end = next((at for at in range(start, len(line)) if line[at] != line[start]), len(line))
            if line[start]:
                pdf.rect(x + start * module, y + row * module, (end - start) * module, module, style="F")
            start = end
