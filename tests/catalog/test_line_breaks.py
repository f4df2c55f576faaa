"""Lines of Chinese and Latin text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.line_breaks import NOT_AT_END, NOT_AT_START, break_lines, even_lines

TEXT = st.text(alphabet="的一政务，。、（）《》“”：Aab1 -.%/\n¥℃", max_size=80)
WIDTH = st.integers(1, 24)
WHOLE = frozenset("Aab1-.%/")
"""What makes up words, numbers and codes."""


def measure(character: str) -> float:
    return 2.0 if unicodedata.east_asian_width(character) in "WF" else 1.0


def width_of(line: str) -> float:
    return sum(map(measure, line))


def may_part(before: str, after: str) -> bool:
    word = before in WHOLE and after in WHOLE
    return not (after in NOT_AT_START or before in NOT_AT_END or word or after == " ")


@given(TEXT, WIDTH)
def test_nothing_is_lost_but_spaces_where_lines_end(text: str, width: int) -> None:
    lines = break_lines(text, width, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(TEXT, WIDTH)
def test_no_line_is_too_wide_unless_it_is_one_character(text: str, width: int) -> None:
    for line in break_lines(text, width, measure):
        assert width_of(line) <= width or len(line) == 1


@given(st.text(alphabet="的一政务，。、（）《》“”：Aab1-.%¥℃", max_size=80), WIDTH)
def test_forbidden_breaks_occur_only_where_a_line_offers_no_other(text: str, width: int) -> None:
    lines = break_lines(text, width, measure)
    for line, following in pairwise(lines):
        if not may_part(line[-1], following[0]):
            assert not any(may_part(*pair) for pair in pairwise(line))


@given(st.lists(st.text(alphabet="Aab1", min_size=1, max_size=8), max_size=12), st.integers(8, 24))
def test_latin_words_stay_whole(words: list[str], width: int) -> None:
    lines = break_lines(" ".join(words), width, measure)
    assert [word for line in lines for word in line.split()] == words


@given(TEXT, WIDTH)
def test_breaking_broken_lines_again_changes_nothing(text: str, width: int) -> None:
    lines = break_lines(text, width, measure)
    assert break_lines("\n".join(lines), width, measure) == [line.rstrip(" ") for line in lines]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("办理《居住证》", 8, ["办理《居", "住证》"]),
        ("请到窗口，领取", 8, ["请到窗", "口，领取"]),
        ("一\n\n二", 10, ["一", "", "二"]),
        ("call 0990-1234567 now", 13, ["call", "0990-1234567", "now"]),
        ("满 3 年的人", 6, ["满 3", "年的人"]),
    ],
)
def test_examples(text: str, width: int, lines: list[str]) -> None:
    assert break_lines(text, width, measure) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("带走清单", 4, ["带走清单"]),
        ("带走清单", 3, ["带走", "清单"]),
        ("找工作人员", 4, ["找工作", "人员"]),
        ("Call a guide", 11, ["Call a", "guide"]),
        ("a 无障碍设施", 5, ["a 无障", "碍设施"]),
        ("extraordinarily long", 16, ["extraordinarily", "long"]),
        ("", 4, [""]),
        ("窄", 0, ["窄"]),
        ("很窄", 0, ["很", "窄"]),
    ],
)
def test_even_lines_are_as_few_and_no_word_is_broken_for_them(
    text: str, width: float, lines: list[str]
) -> None:
    assert even_lines(text, width, lambda _: 1.0) == lines
