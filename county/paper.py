"""What the desk puts on paper: A4 in one language, each page with its number and how many there are.

Every page of a demonstration county says that it is one. Fonts are subsets, and text is broken by the rules of
Chinese typesetting. The same content made at the same moment gives the same bytes.
"""

from datetime import datetime
from importlib.resources import files

from fpdf import FPDF

from catalog.line_breaks import break_lines
from county.wording import Words

MARGIN, WIDTH = 17.0, 176.0
"""Millimetres beside the text, and of the text."""
GREY, LIGHT = (75, 87, 104), (223, 229, 236)
_SLACK = 0.3


class Paper(FPDF):
    """One document, with its first page begun. `made` is written into the file."""

    def __init__(self, title: str, made: datetime, words: Words, *, demonstration: bool) -> None:
        super().__init__(unit="mm", format="A4")
        self._number_of = words
        self._notice = words("paper.demonstration") if demonstration else ""
        self._widths: dict[tuple[str, float, str], float] = {}
        for style, weight in (("", "Regular"), ("B", "Bold")):
            self.add_font("paper", style, str(files("assets").joinpath("fonts", f"NotoSansSC-{weight}.ttf")))
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, 17)
        self.set_title(title)
        self.set_lang("zh-CN" if words.language == "zh" else words.language)
        self.set_creation_date(made)
        self.add_page()

    def footer(self) -> None:
        """Drawn by the library at the end of each page."""
        self.set_y(-14)
        self.set_font("paper", "", 8)
        self.set_text_color(*GREY)
        self.cell(0, 5, self._notice, new_x="LMARGIN", new_y="TOP")
        self.cell(0, 5, self._number_of("paper.page", page=self.page_no(), pages="{nb}"), align="R")

    def broken(self, text: str, width: float, *, bold: bool = False) -> str:
        """The text with line ends so that it fits into a cell of so many millimetres, at the size that is set."""
        style, size = self.font_style, self.font_size_pt
        self.set_font("paper", "B" if bold else "", size)
        lines = break_lines(text, width - 2 * self.c_margin - _SLACK, self._width)
        self.set_font("paper", style, size)
        return "\n".join(lines)

    def write_text(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = (0, 0, 0),
        align: str = "L",
    ) -> None:
        """A paragraph over the whole width."""
        self.set_font("paper", "B" if bold else "", size)
        self.set_text_color(*colour)
        lines = self.broken(text, WIDTH, bold=bold)
        self.multi_cell(WIDTH, size * 0.55, lines, align=align, new_x="LMARGIN", new_y="NEXT")

    def make_room(self, height: float) -> None:
        """Begin a page unless there is room for so many millimetres."""
        if self.will_page_break(height):
            self.add_page()

    def _width(self, character: str) -> float:
        key = (self.font_style, self.font_size_pt, character)
        if key not in self._widths:
            self._widths[key] = float(self.get_string_width(character))
        return self._widths[key]
