"""What was not found is learnt without learning who looked: hostile visitors, chatty kiosks, small numbers."""

import random
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


def _identity(chance: random.Random) -> str:
    """An 18-digit identity number with its check digit, GB 11643-1999."""
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(34_000))
    digits = f"{chance.randrange(110101, 659004)}{born:%Y%m%d}{chance.randrange(1000):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def _personal(chance: random.Random) -> str:
    """A number or an address that leads to a person, as visitors may write it."""
    number = chance.choice([
        _identity(chance),
        f"1{chance.randrange(3, 10)}{chance.randrange(10**9):09}",
        f"62{chance.randrange(10**17):017}",
        f"0{chance.randrange(951, 956)}-{chance.randrange(2_000_000, 9_000_000)}",
        f"{chance.choice('abcdkxz')}{chance.randrange(10**6):06}@mail.cn",
    ])  # fmt: skip
    spread = chance.choice(["", " ", "-"])
    written = spread.join(number[at : at + 4] for at in range(0, len(number), 4))
    form = chance.choice([str.maketrans("", ""), str.maketrans("0123456789", "０１２３４５６７８９"),
                          str.maketrans("0123456789", "零一二三四五六七八九")])  # fmt: skip
    return chance.choice(["", "低保", "身份证 "]) + written.translate(form)


def test_no_number_or_address_of_a_person_passes() -> None:
    """T-P2. Control: the words beside them pass alone."""
    chance = random.Random(22)
    assert [one for one in (_personal(chance) for _ in range(3_000)) if nameless(one, known)] == []
    assert [nameless(words, known) for words in ("低保", "身份证")] == ["低保", "身份证"]


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
