"""Reading the cells of one row as the values that a record wants; each method raises Refused."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from catalog.findings import Location
from catalog.importing.header import Header
from catalog.importing.ledger import Refused, refusal
from catalog.importing.sheet import Row
from catalog.importing.words import line_list, plain, word_list
from catalog.records import TimeLimit, TimeUnit

T = TypeVar("T")

ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,95}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T?00:00(?::00)?)?")
_TIME_LIMIT = re.compile(r"(\d+)个?(工作日|自然日|日|天|小时|分钟)(?:内|以内)?")
_UNITS: dict[str, TimeUnit] = {
    "工作日": "working_day",
    "自然日": "day",
    "日": "day",
    "天": "day",
    "小时": "hour",
    "分钟": "minute",
}
_ON_THE_SPOT = ("当场", "即办", "即时", "当场办结", "即时办结", "现场办结", "立等可取")


class Cells:
    """One data row below its header."""

    def __init__(self, row: Row, header: Header) -> None:
        self.row = row
        self._columns = header.columns
        self._words = header.row

    def has(self, key: str) -> bool:
        """Whether the table has this column at all."""
        return key in self._columns

    def text(self, key: str) -> str:
        """The text, or an empty one."""
        column = self._columns.get(key)
        return "" if column is None else self.row.cell(column)

    def texts(self, *keys: str) -> dict[str, Any]:
        """Several texts by their keys."""
        return {key: self.text(key) for key in keys}

    def needed(self, key: str) -> str:
        """The text, which must not be empty."""
        text = self.text(key)
        if not text:
            raise self.bad(key, "不能为空", code="empty-cell")
        return text

    def words(self, key: str) -> tuple[str, ...]:
        return word_list(self.text(key))

    def lines(self, key: str) -> tuple[str, ...]:
        return line_list(self.text(key))

    def id(self, key: str) -> str:
        """A stable id, as in the record's own `id`."""
        text = self.needed(key)
        if not ID.fullmatch(text):
            raise self.bad(key, f"“{text}”不是有效编号", "编号只用小写字母、数字和 - . _，不超过 96 个字符")
        return text

    def ids(self, key: str) -> tuple[str, ...]:
        """Ids of other records."""
        found = self.words(key)
        for text in found:
            if not ID.fullmatch(text):
                raise self.bad(key, f"“{text}”不是有效编号", "填写对应的编号，多个用顿号隔开")
        return found

    def integer(self, key: str) -> int | None:
        text = self.text(key)
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}", text):
            raise self.bad(key, f"“{text}”不是整数", "填写阿拉伯数字")
        return int(text)

    def order(self, key: str) -> int:
        """An integer that must be there, or 0 when the table has no such column."""
        return (self.integer(key) if self.has(key) else 0) or 0

    def number(self, key: str, low: float, high: float) -> float:
        text = self.needed(key)
        if not re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", text) or not low <= float(text) <= high:
            raise self.bad(key, f"“{text}”不是 {low:g} 到 {high:g} 之间的数")
        return float(text)

    def day(self, key: str) -> date | None:
        text = self.text(key)
        if not text:
            return None
        found = _DATE.fullmatch(plain(text))
        try:
            return date(*(int(part) for part in found.groups())) if found else self._no_date(key, text)
        except ValueError as error:
            raise self.bad(key, f"“{text}”不是日期", "写成 2026-03-18 的样子") from error

    def choice(self, key: str, values: Mapping[str, T], default: T) -> T:
        """One of a code list's labels; empty is `default`."""
        text = plain(self.text(key))
        if not text:
            return default
        if text not in values:
            allowed = "、".join(word for word in values if word)
            raise self.bad(key, f"“{text}”不在规定的取值里", f"只能填：{allowed}")
        return values[text]

    def time_limit(self, key: str) -> TimeLimit | None:
        """`20工作日`, `60日`, `当场`; other text is kept without a number."""
        text = self.text(key)
        return time_limit(text) if text else None

    def common(self) -> dict[str, Any]:
        """What every record has besides its id."""
        return {
            "checked_on": self.day("checked_on"),
            "checked_by": self.text("checked_by"),
            "valid_from": self.day("valid_from"),
            "valid_to": self.day("valid_to"),
            "source": self.row.source(),
        }

    def at(self, key: str) -> Location:
        return self.row.at(self._columns.get(key))

    def bad(self, key: str, problem: str, advice: str = "", code: str = "bad-value") -> Refused:
        """The refusal of this row because of one cell."""
        column = self._columns.get(key)
        word = plain(self._words.cell(column)) if column is not None else key
        return refusal(code, f"“{word}”{problem}", self.at(key), advice, field=key)

    def _no_date(self, key: str, text: str) -> date:
        raise self.bad(key, f"“{text}”不是日期", "写成 2026-03-18 的样子")


def time_limit(text: str) -> TimeLimit:
    """Read a time limit of a service."""
    words = plain(text)
    if words in _ON_THE_SPOT:
        return TimeLimit(text=text, unit="on_the_spot")
    found = _TIME_LIMIT.fullmatch(words)
    if found is None:
        return TimeLimit(text=text)
    return TimeLimit(text=text, value=int(found[1]), unit=_UNITS[found[2]])
