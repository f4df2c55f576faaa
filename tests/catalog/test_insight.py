"""What was not found is learnt without learning who looked: hostile visitors, chatty kiosks, small numbers."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.insight import KIOSK_DAYS, SMALLEST, large, nameless, normalised, shared
from catalog.outbox import LONGEST_WORDS, NotFound

DAY = date(2026, 11, 22)
CATALOGUE = "低保身份证出生登记高考"


def known(pair: str) -> bool:
    return pair in CATALOGUE


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("滑雪场", "滑雪场"),
        (" Ｄianjing  Guan! ", "dianjing guan"),
        ("sfz", "sfz"),
        ("养老院 90岁", "养老院 90岁"),
        ("2026高考", "2026高考"),
        ("低保王", "低保王"),
    ],
)
def test_words_are_kept(query: str, words: str) -> None:
    assert nameless(query, known) == words


@pytest.mark.parametrize(
    "query",
    [
        *(
            "张三",
            "王小明的低保",
            "给李雷办身份证",
            "欧阳修",
            "zhangwei",
            "zhang wei",
            "ZhangWei 低保",
            "张 三丰",
        ),
        *("13800138000", "电话 138 0013 8000", "11010519491231002X", "低保１３８００１３８０００"),
        *("一三八零零一三八零零零", "138-0013-8000 低保", "车牌 a12345", "me@mail.cn", "12345"),
        *("", "?", "1 2 3", "x", "低" * (LONGEST_WORDS + 1)),
    ],
)
def test_words_that_may_name_somebody_or_say_nothing_are_dropped(query: str) -> None:
    assert nameless(query, known) == ""


@given(st.text(max_size=60))
def test_what_passes_can_be_kept_and_passes_again(query: str) -> None:
    words = nameless(query, known)
    if words:
        NotFound(day=DAY, words=words)
        assert words == normalised(words) == nameless(words, known)
        assert msgspec.json.decode(msgspec.json.encode(NotFound(day=DAY, words=words)), type=NotFound)


def test_three_kiosk_days_share_words() -> None:
    rows = [("a", DAY, "滑雪场"), ("b", DAY, "滑雪场")]
    assert shared(rows) == {}
    assert shared([*rows, ("a", DAY + timedelta(1), "滑雪场")]) == {"滑雪场": 3}
    assert shared([*rows, ("c", DAY, "滑雪场")]) == {"滑雪场": 3}


def test_one_kiosk_that_repeats_itself_is_one() -> None:
    assert shared([("a", DAY, "滑雪场")] * 1000) == {}
    assert shared([("a", DAY, "滑雪场"), ("a", DAY + timedelta(1), "滑雪场")] * 1000) == {}


def test_a_kiosk_that_keeps_what_it_should_not_is_not_believed() -> None:
    hostile = ("zhangwei", "13800138000", "滑雪场 ", "滑雪 场!", "", "x" * 33)
    rows = [(str(kiosk), DAY, words) for kiosk in range(KIOSK_DAYS) for words in hostile]
    assert shared(rows) == {}


def test_the_most_shared_come_first() -> None:
    rows = [
        (str(k), DAY, words)
        for words, many in (("b", 3), ("aa", 4), ("bb", 4), ("cc", 5))
        for k in range(many)
    ]
    assert list(shared(rows)) == ["cc", "aa", "bb"]


def test_small_numbers_are_not_shown() -> None:
    assert large({"a": SMALLEST, "b": SMALLEST - 1, "c": 0}) == {"a": SMALLEST}
