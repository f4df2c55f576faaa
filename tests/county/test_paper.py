"""Papers of the desk: every page says what it is, and no line is broken where it may not be."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fpdf import FPDF

from catalog.line_breaks import NOT_AT_START
from county.paper import Paper
from county.web.admin.words import load_words

MADE = datetime(2026, 11, 22, tzinfo=UTC)
NOTICE = {
    "zh": "演示内容：本县及所载内容均为虚构",
    "en": "Demonstration: this county and all that is said of it",
}


@pytest.fixture
def foot(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written at the foot of pages from now on."""
    written: list[str] = []
    cell = FPDF.cell

    def noted(pdf: FPDF, *given: Any, **more: Any) -> Any:
        written.append(given[2])
        return cell(pdf, *given, **more)

    monkeypatch.setattr(FPDF, "cell", noted)
    return written


@pytest.mark.parametrize("language", NOTICE)
def test_a_paper_says_what_it_is(language: str, foot: list[str]) -> None:
    paper = Paper("题", MADE, load_words(language), demonstration=True)
    paper.add_page()
    data = bytes(paper.output())
    assert [text.startswith(NOTICE[language]) for text in foot] == [True, False, True, False]
    assert [page in text and "{nb}" in text for page, text in zip("12", foot[1::2], strict=True)] == [
        True,
        True,
    ]
    assert (b"/Lang (zh-CN)" if language == "zh" else b"/Lang (en)") in data
    assert b"/Title" in data


def test_a_county_that_is_real_is_not_called_fictional(foot: list[str]) -> None:
    Paper("题", MADE, load_words("zh"), demonstration=False).output()
    assert foot[0] == ""


def test_lines_fit_and_are_broken_where_they_may_be() -> None:
    paper = Paper("题", MADE, load_words("zh"), demonstration=True)
    paper.set_font("paper", "", 9.5)
    text = "政策文件，公开（全文）。Second review of open government, and more：https://example.cn/a"
    for width in range(14, 60, 3):
        for line in paper.broken(text, width).split("\n"):
            assert len(line) == 1 or paper.get_string_width(line) <= width - 2 * paper.c_margin
            assert line[0] not in NOT_AT_START or width < 20
    assert paper.broken("on request not public", 26).split("\n") == ["on request not", "public"]
    paper.output()
