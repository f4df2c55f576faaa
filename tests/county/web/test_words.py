import re
from pathlib import Path
from string import Formatter

from hypothesis import given
from hypothesis import strategies as st

import county.web.phone
from catalog.wording import ENDINGS
from county.web.admin.records.common import field_label
from county.web.admin.words import load_words
from county.web.phone.words import LANGUAGES, preferred, words


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_is_there_in_every_language_with_the_same_holes() -> None:
    chinese, english = words("zh").texts, words("en").texts
    assert set(chinese) == {key for key in english if not key.startswith("term.")}
    assert {key: _holes(text) for key, text in chinese.items()} == {
        key: _holes(english[key]) - ENDINGS for key in chinese
    }


def test_every_text_of_the_desk_has_the_same_holes_and_counts_one_as_one() -> None:
    chinese, english = load_words("zh").texts, load_words("en").texts
    assert {key: _holes(text) for key, text in chinese.items()} == {
        key: _holes(english[key]) - ENDINGS for key in chinese
    }
    assert [load_words("en")("records.total", count=count) for count in (1, 2)] == ["1 record", "2 records"]
    plural = re.compile(r"\{count\} [a-z ]*[a-z]s\b")
    assert [text for text in english.values() if plural.search(text)] == []


def test_what_the_visitor_asks_for_comes_before_what_the_browser_says() -> None:
    assert preferred("en", "zh-CN") == "en"
    assert preferred("", "en-GB,zh;q=0.5") == "en"
    assert preferred("", "en;q=0.5,zh-CN") == "zh"
    assert preferred("fr", "fr") == "zh"
    assert preferred("", "") == "zh"


@given(st.text(), st.text())
def test_any_header_gives_a_language(asked: str, header: str) -> None:
    assert preferred(asked, header) in LANGUAGES


def test_an_unknown_term_stays_as_written() -> None:
    assert words("en").term("窗口") == "At the window"
    assert words("en").term("上门") == "上门"
    assert words("zh").term("窗口") == "窗口"


def test_every_text_that_code_and_templates_name_is_there() -> None:
    folder = Path(county.web.phone.__file__).parent
    sources = [*folder.glob("*.py"), *folder.glob("templates/*.html")]
    named = {key for path in sources for key in re.findall(r"words\([\"']([a-z_.]+)[\"']", path.read_text())}
    assert len(named) > 60
    assert named <= set(words("zh").texts)


def test_a_field_that_changed_is_called_as_in_the_form() -> None:
    zh = load_words("zh")
    assert field_label("service", "channel.phone", zh) == "办理渠道 · 咨询电话"
    assert field_label("service", "evidence[1].title", zh) == "申请材料 2 · 材料名称"
    assert field_label("service", "aliases[0]", load_words("en")).endswith(" 1")
    assert field_label("service", "no.such[2]", zh) == "no · such 3"
