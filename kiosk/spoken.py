"""How written text is said: numbers, dates, telephone numbers and signs in words, and a text in sentences. Pure.

Whole numbers stay in digits, since every voice can say them; what a voice would say wrongly is written out.
"""

import re
from collections.abc import Callable

from catalog.wording import Language

LONGEST = 120
"""Characters after which a sentence is said in parts, so that stopping and highlighting stay close to the voice."""

_DIGITS = {"zh": "零一二三四五六七八九", "en": "0123456789"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{3}")
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])(?![。！？!?；;\n])|(?<=[a-z\d)]\.)\s+(?=[A-Z\d])")
_PART = re.compile(r"[^，,：:、]*[，,：:、]?")
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\[\]{}<>|\\^~`*_#@]+")
"""Control characters and signs with a meaning of their own to a voice are never handed to one."""

Said = Callable[[re.Match[str]], str] | str
Rule = tuple[str, Said]


def language_of(text: str, language: str) -> Language:
    """The language to say a text in: that of its words, else `language`, zh or en."""
    if _CHINESE.search(text):
        return "zh"
    return "en" if language == "en" or _WORD.search(text) else "zh"


def sentences(text: str) -> list[str]:
    """A text in sentences, long ones at their commas, none longer than `LONGEST`; nothing that cannot be said."""
    found = []
    for sentence in _SENTENCE_END.split(text):
        parts = _PART.findall(sentence) if len(sentence) > LONGEST else [sentence]
        found += [part[i : i + LONGEST] for part in parts for i in range(0, len(part), LONGEST)]
    return [part.strip() for part in found if any(character.isalnum() for character in part)]


def spoken(text: str, language: str) -> str:
    """`text` as it is to be said in `language`, zh or en."""
    for pattern, said in _RULES[language_of(text, language)]:
        text = pattern.sub(said, text)
    return _UNSAYABLE.sub(" ", text).strip()


def _each(digits: str, one: str = "") -> str:
    """Digits one by one in Chinese; a telephone's 1 is said 幺."""
    said = "".join(_DIGITS["zh"][int(digit)] for digit in digits)
    return said.replace("一", one) if one else said


def _telephone_zh(match: re.Match[str]) -> str:
    return "，".join(_each(part, "幺") for part in re.findall(r"\d+", match[0]))


def _telephone_en(match: re.Match[str]) -> str:
    return ", ".join(" ".join(part) for part in re.findall(r"\d+", match[0]))


def _date_zh(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{_each(year)}年{int(month)}月{int(day)}日"


def _date_en(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _time_zh(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    if minute == 0:
        return f"{hour}点"
    return f"{hour}点零{minute}分" if minute < 10 else f"{hour}点{minute}分"


def _time_en(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    minutes = "" if minute == 0 else f" oh {minute}" if minute < 10 else f" {minute}"
    return f"{(hour - 1) % 12 + 1}{minutes} {'p m' if 12 <= hour < 24 else 'a m'}"


def _decimal_zh(match: re.Match[str]) -> str:
    return f"{match[1]}点{_each(match[2])}"


def _circled(character: str) -> int:
    """The number in ①, ⑴, ⒈ or ㈠, or 0."""
    for start, number in (("①", 1), ("⑴", 1), ("⒈", 1), ("㈠", 1)):
        if 0 <= ord(character) - ord(start) < (10 if start == "㈠" else 20):
            return ord(character) - ord(start) + number
    return 0


def _circled_said(match: re.Match[str]) -> str:
    return f"{_circled(match[0])}，"


def _spelled(match: re.Match[str]) -> str:
    return " ".join(match[0])


_DATE = r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)"
_TIME = r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?!\d)"
_TELEPHONE = (
    r"(?<![\d.])(?:0\d{2,3}[-—]\d{7,8}|0\d{9,11}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00-?\d{3}-?\d{4})(?!\d)"
)
_ASKED = (
    r"(?:拨打|致电|电话|热线|报警|急救|火警|求助)[^\d。]{0,4}|[Cc]all |[Dd]ial |[Pp]hone:? |[Hh]otline:? "
)
_KNOWN = r"(?<!\d)(?:123\d\d|9[56]\d{3})(?=热线|平台| hotline|$|[^\w\s])"
_HOTLINE = _KNOWN + rf"|(?P<asked>{_ASKED})(?P<number>\d{{3,6}})(?!\d)"
_YEAR = r"(?<!\d)(?:19|20)\d\d(?=\s*年(?!限)|\s*[-–—~～至]+\s*(?:19|20)\d\d\s*年(?!限))"
_RANGE = r"(?<=[\d点分时日月年号%零一二三四五六七八九m])\s*[-–—~～至]+\s*(?=[\d零一二三四五六七八九])"
_ROUND = r"[①-⑳⑴-⒇⒈-⒛㈠-㈩]"


def _hotline_zh(match: re.Match[str]) -> str:
    return (match["asked"] or "") + _each(match["number"] or match[0], "幺")


def _hotline_en(match: re.Match[str]) -> str:
    return (match["asked"] or "") + " ".join(match["number"] or match[0])


_CHINESE_RULES: tuple[Rule, ...] = (
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (_TELEPHONE, _telephone_zh),
    (_HOTLINE, _hotline_zh),
    (r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{12,}(?!\d)", lambda match: _each(match[0].rstrip("Xx"), "幺")),
    (_DATE, _date_zh),
    (_TIME, _time_zh),
    (_YEAR, lambda match: _each(match[0])),
    (r"〔(\d{4})〕\s*", lambda match: _each(match[1]) + "年，"),
    (
        r"(?<![A-Za-z])([A-Z])-?(\d{2,4})(?!\d|\.\d|[%A-Za-z])",
        lambda match: f"{match[1]} {_each(match[2], '幺')}",
    ),
    (_RANGE, "到"),
    (r"(\d+(?:\.\d+)?)\s*[%％]", r"百分之\1"),
    (r"(?<![\d.])(\d+)\.(\d+)(?![\d.])", _decimal_zh),
    (r"零下 ?|(?<![\w.])[-−](?=\d)", "零下"),
    (_ROUND, _circled_said),
    (r"(?<=元)[/／](?=[\u4e00-\u9fff])", "每"),
    (r"㎡|m²|平方m", "平方米"),
    (r"(?<=\d)\s*(?:km|千米)\b", "公里"),
    (r"℃|°C", "摄氏度"),
    (r"≥", "不少于"),
    (r"≤", "不超过"),
    (r"[×✕]", "乘"),
    (r"→", "，到"),
    (r"[&＆]", "和"),
    (r"(?<=[A-Za-z])\.(?=[A-Za-z])", " 点 "),
    (r"(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])", _spelled),
    (r"[（(【《〈〔“「『]", "，"),
    (r"[）)】》〉〕”」』·•/／|■□▪—…\n]+", "，"),
    (r"，(?:\s*，)+", "，"),
    (r"^[\s，]+|[\s，]+$|[\s，]+(?=[。！？；])", ""),
)
_ENGLISH_RULES: tuple[Rule, ...] = (
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (_TELEPHONE, _telephone_en),
    (_HOTLINE, _hotline_en),
    (_DATE, _date_en),
    (_TIME, _time_en),
    (
        r"(?<![A-Za-z])([A-Z])-?(\d{2,4})(?!\d|\.\d|[%A-Za-z])",
        lambda match: f"{match[1]} {' '.join(match[2])}",
    ),
    (_RANGE, " to "),
    (_ROUND, _circled_said),
    (r"\bNo\.\s*(?=\d)", "number "),
    (r"\be\.g\.", "for example"),
    (r"\bi\.e\.", "that is"),
    (r"\bID\b", "I D"),
    (r"\bQR\b", "Q R"),
    (r"(?<=\d)\s*km\b", " kilometres"),
    (r"(?<=\d)\s*m²", " square metres"),
    (r"≥", "at least "),
    (r"≤", "at most "),
    (r"→", ", to "),
    (r"&", " and "),
    (r"[·•■□▪|\n]+", ", "),
)
_RULES: dict[str, list[tuple[re.Pattern[str], Said]]] = {
    "zh": [(re.compile(pattern), said) for pattern, said in _CHINESE_RULES],
    "en": [(re.compile(pattern), said) for pattern, said in _ENGLISH_RULES],
}
