"""Chinese words for typed pinyin, out of what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.candidates import LONGEST, Candidate, candidates, typed_letters

TEXTS = [
    "居民身份证换领",
    "身份证丢了",
    "户口迁移",
    "上户口",
    "户口簿补领",
    "办户口证明",
    "房屋互换",
    "失业登记",
    "税费政策",
] + ["身份证"] * 8


def offered(letters: str) -> list[str]:
    return [word.text for word in candidates(letters, TEXTS, 16)]


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("shenfenzheng", Candidate("身份证", 12)),
        ("shenfenz", Candidate("身份证", 8)),
        ("senfenzen", Candidate("身份证", 9)),
        ("sfz", Candidate("身份证", 3)),
        ("hukou", Candidate("户口", 5)),
        ("hukouz", Candidate("户口证", 6)),
        ("hukoupeng", Candidate("户口", 5)),
        ("hkqy", Candidate("户口迁移", 4)),
    ],
)
def test_the_longest_word_comes_first(letters: str, first: Candidate) -> None:
    assert candidates(letters, TEXTS, 16)[0] == first


def test_of_words_of_one_length_the_frequent_one_comes_first() -> None:
    assert offered("hu") == ["户", "互"]


def test_a_rare_word_for_the_same_initials_is_none() -> None:
    assert offered("sfz") == ["身份证"]


def test_initials_leave_none_over_where_a_word_takes_all() -> None:
    assert "户口" not in offered("hkqy")
    assert offered("hkq") == ["户口迁"]


@pytest.mark.parametrize("letters", ["", "h", "qzxjvk", "passport", "x" * 60])
def test_letters_that_nothing_is_read_as_offer_nothing(letters: str) -> None:
    assert offered(letters) == []


@pytest.mark.parametrize(
    ("query", "letters"),
    [("", ""), ("sfz", "sfz"), ("补shenf", "shenf"), ("户口", ""), ("sfz 2", ""), ("a b", "b")],
)
def test_only_the_letters_at_the_end_wait_for_a_word(query: str, letters: str) -> None:
    assert typed_letters(query) == letters


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=30), st.lists(st.text(max_size=12), max_size=3))
def test_every_word_is_in_a_text_and_stands_for_letters_that_were_typed(
    letters: str, texts: list[str]
) -> None:
    found = candidates(letters, [*texts, *TEXTS], 7)
    assert len(found) <= 7
    for word in found:
        assert any(word.text in text for text in [*texts, *TEXTS])
        assert 0 < word.letters <= len(letters)
        assert 0 < len(word.text) <= min(LONGEST, word.letters)
