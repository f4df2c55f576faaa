"""The kiosk's own words in both languages."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from catalog.records import TimeLimit
from catalog.sheet.words import sheet_words
from catalog.wording import ENDINGS
from screens.shared.words import Words, load_words

ROOT = Path(__file__).parents[2]
ZH, EN = load_words("zh"), load_words("en")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CALL = re.compile(r"""(?<!`)(?:self|words|_word|other)\(\s*(f?)"([^"]+)"(?:\s+if\s[^"]*?else\s+"([^"]+)")?""")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@cache
def used_keys() -> set[str]:
    """Keys in calls; a key that is put together ends with * where the variable part begins."""
    found: set[str] = set()
    for folder in ("kiosk", "screens"):
        for file in (ROOT / folder).rglob("*.py"):
            for formatted, key, otherwise in CALL.findall(file.read_text(encoding="utf-8")):
                found |= {re.sub(r"\{.*?\}", "*", key) if formatted else key, otherwise} - {""}
    return found


def missing(keys: Iterable[str]) -> set[str]:
    """Keys, with * where a part varies, that no word has."""
    variable = {key: re.compile(re.escape(key).replace(r"\*", ".+")) for key in keys if "*" in key}
    found = {key for key, pattern in variable.items() if any(map(pattern.fullmatch, ZH.strings))}
    return set(keys) - ZH.strings.keys() - found


def test_both_languages_have_the_same_words() -> None:
    assert ZH.strings.keys() == EN.strings.keys()
    assert all(ZH.strings.values())
    assert all(EN.strings.values())


def test_every_word_takes_the_same_names() -> None:
    dates = {"day", "full-day", "clock", "month"}
    for key in ZH.strings.keys() - dates:
        chinese, english = placeholders(ZH.strings[key]), placeholders(EN.strings[key])
        assert chinese == english - ENDINGS, key


def test_every_key_that_the_code_names_exists() -> None:
    used = used_keys()
    assert {"search-placeholder", "part-*", "visits-none", "fee-no"} <= used
    assert not missing(used)
    assert missing(["part-*", "no-such-*", "no-such"]) == {"no-such-*", "no-such"}


def test_every_word_is_used() -> None:
    used = re.compile("|".join(re.escape(key).replace(r"\*", ".+") for key in used_keys()))
    assert not {key for key in ZH.strings if not used.fullmatch(key)}


def test_english_has_no_chinese_and_chinese_little_english() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for key in ZH.strings.keys() - {"other-language"}:
        assert not chinese.search(EN.strings[key]), key
    assert chinese.search(EN.strings["other-language"])


@pytest.mark.parametrize(
    ("words", "moment", "said"),
    [
        (ZH, NOW.replace(hour=8), "今天 08:30"),
        (ZH, NOW - timedelta(days=1), "昨天 09:30"),
        (ZH, NOW - timedelta(days=3), "11月19日 09:30"),
        (EN, NOW - timedelta(days=3), "19 Nov 09:30"),
    ],
)
def test_moments(words: Words, moment: datetime, said: str) -> None:
    assert words.moment(moment, NOW) == said


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(0), "1 分钟"),
        (timedelta(minutes=59, seconds=59), "59 分钟"),
        (timedelta(hours=2, minutes=59), "2 小时"),
        (timedelta(hours=47), "47 小时"),
        (timedelta(hours=71), "2 天"),
    ],
)
def test_ages(age: timedelta, said: str) -> None:
    assert ZH.age(age) == said


def test_time_limits() -> None:
    assert ZH.time_limit(None) == ""
    assert ZH.time_limit(TimeLimit(text="当场", unit="on_the_spot")) == "当场"
    assert ZH.time_limit(TimeLimit(value=5, unit="working_day", text="5个工作日")) == "5 个工作日"
    assert ZH.time_limit(TimeLimit(text="视情况而定")) == "视情况而定"


@pytest.mark.parametrize(
    ("count", "limit", "copies"), [(1, "1 working day", "1 copy"), (2, "2 working days", "2 copies")]
)
def test_english_counts_one_and_more(count: int, limit: str, copies: str) -> None:
    for words in (EN, sheet_words("en")):
        assert words("limit-working_day", count=count) == limit
    assert EN("copies", count=count) == copies


def test_days_and_weekdays() -> None:
    assert (ZH.day(date(2026, 3, 1)), ZH.weekday(date(2026, 3, 1))) == ("3月1日", "周日")
    assert (EN.day(date(2026, 3, 1)), EN.weekday(date(2026, 3, 1))) == ("1 Mar", "Sun")


def test_a_record_without_english_is_shown_in_chinese() -> None:
    assert EN.either("出生", "Birth") == "Birth"
    assert EN.either("出生", "") == "出生"
    assert ZH.either("出生", "Birth") == "出生"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        ZH("no such key")
