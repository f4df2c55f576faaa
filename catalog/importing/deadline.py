"""Reading a disclosure deadline (公开时限) as a rule; what cannot be computed safely is `unknown`."""

import re

import msgspec

from catalog.importing.words import plain
from catalog.records import DisclosureRule
from catalog.records.disclosure import DeadlineKind, DeadlineUnit

_UNITS: dict[str, DeadlineUnit] = {
    "工作日": "working_day",
    "自然日": "day",
    "日": "day",
    "天": "day",
    "小时": "hour",
}
_AMOUNT = r"(\d{1,4})个?(工作日|自然日|日|天|小时)"
_DISPLAY = re.compile(
    rf"(?:公示|公告|披露|征求意见|展示)(?:的?期限|的?时间|期|时限)?(?:一般|应当?)?(?:为|不少于|不低于|不得少于)?"
    rf"{_AMOUNT}(?!之?以?内|前)"
)
_WITHIN = re.compile(rf"{_AMOUNT}(?:之内|以内|内)|(?:不超过|最迟|不晚于){_AMOUNT}")
_BARE = re.compile(_AMOUNT)
_PERIODIC: tuple[tuple[DeadlineKind, re.Pattern[str]], ...] = (
    ("yearly", re.compile(r"按年|每年(?!度?内)|年度(?:公开|更新)|每年度|一年一次")),
    ("quarterly", re.compile(r"按季|每季|季度(?:公开|更新)")),
    ("monthly", re.compile(r"按月|每月|月度(?:公开|更新)")),
    ("permanent", re.compile(r"长期|永久|常年|常态")),
    ("at_once", re.compile(r"实时|及时|即时|立即|随时|同步")),
)
_OTHER_PERIOD = re.compile(r"半年|半月|每周|按周|每日|每天|学期|次月|次日|旬")
_START = re.compile(r"(?:之日起|之日|之后|以后|起|后)的?$")
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CHINESE = re.compile(
    r"([一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?=个?(?:工作日|自然日|日|天|小时))"
)


def read_deadline(text: str) -> DisclosureRule | None:
    """The rule in `text`, None for an empty one.

    Two different numbers, or two different rhythms, have no single date: `unknown`. A number counted back from
    an event (`活动前5个工作日`) is `unknown` too.
    """
    words = _CHINESE.sub(lambda found: str(_number(found[1])), plain(text))
    if not words:
        return None
    shown = _DISPLAY.search(words)
    rest = words.replace(shown[0], "", 1) if shown else words
    rule = _rule(rest)
    if shown is None:
        return rule
    return msgspec.structs.replace(rule, display=int(shown[1]), display_unit=_UNITS[shown[2]])


def _rule(words: str) -> DisclosureRule:
    found = {_within(segment, match) for segment in _segments(words) for match in _WITHIN.finditer(segment)}
    bare = _BARE.fullmatch(words)
    if bare:
        found = {(int(bare[1]), _UNITS[bare[2]], "")}
    dated = {entry for entry in found if entry is not None}
    if len({entry[:2] for entry in dated}) == 1:
        value, unit, start = min(dated, key=lambda entry: (len(entry[2]) == 0, entry))
        return DisclosureRule(kind="within", value=value, unit=unit, start=start)
    kinds = [kind for kind, pattern in _PERIODIC if pattern.search(words)]
    if dated or len(kinds) != 1 or _OTHER_PERIOD.search(words):
        return DisclosureRule(kind="unknown")
    return DisclosureRule(kind=kinds[0])


def _within(segment: str, match: re.Match[str]) -> tuple[int, DeadlineUnit, str] | None:
    before = segment[: match.start()]
    if re.search(r"每[年季月]|次月|按[年季月]", before):
        return None
    value, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
    start = _START.sub("", before).removeprefix("自").removeprefix("从")
    return int(value), _UNITS[unit], start


def _segments(words: str) -> list[str]:
    return [segment for segment in re.split(r"[,;。]", words) if segment]


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
