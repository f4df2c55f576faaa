"""Every page of the desk's menu in English: nothing of it is left in Chinese but the county's own names and texts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import update

from catalog.text import encode
from county.database.accounts import person
from county.database.engine import writing
from tests.county.web.records import RECORDS
from tests.web.addresses import addresses
from tests.web.desk import RunningDesk

CHINESE = re.compile(r"[\u3400-\u9fff]+")
SAID = ("aria-label", "title", "placeholder", "alt")
RULES = Path(__file__).parents[2] / "config"
OWN = "测试县" + "".join(encode(record).decode() for record in RECORDS)
"""What the county wrote."""
OWN += "国办发"  # the sign of a paper
OWN += "".join(path.read_text(encoding="utf-8") for path in RULES.glob("*.toml"))


class Page(HTMLParser):
    """Gathers what a person reads or hears, but what is marked as Chinese."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipped: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" or (given.get("lang") or "").startswith("zh") or self._skipped:
            if tag not in ("input", "img", "br", "link", "meta", "path", "use", "circle", "line", "rect"):
                self._skipped.append(tag)
            return
        self.found += [given[name] or "" for name in SAID if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and self._skipped[-1] == tag:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.found.append(data)


def chinese(html: str) -> set[str]:
    """The pieces of a page that are Chinese and not the county's own."""
    pieces = {piece for text in Page(html).found for piece in CHINESE.findall(text)}
    return {piece for piece in pieces if piece not in OWN}


def test_what_is_left_in_chinese_is_noticed() -> None:
    page = '<p>再 <b lang="zh">中文</b><input aria-label="没有"></p><script>"字"</script>'
    assert chinese(page) == {"再", "没有"}


@pytest.mark.parametrize("address", sorted(addresses()))
def test_no_page_of_the_menu_speaks_chinese(desk: RunningDesk, address: str) -> None:
    with writing(desk.engine) as connection:
        connection.execute(update(person).values(language="en"))
    answer = desk.client(addresses()[address]).get(address)
    assert answer.status_code == 200
    assert chinese(answer.text) == set()
