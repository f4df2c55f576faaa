"""What the county may learn of what visitors looked for in vain, and when (docs/privacy.md). Pure.

A kiosk keeps the words of a query that found nothing only when nothing in them looks as if it named a person: no
number that may be an identity number or a telephone number, nothing that may be a name. What looks so is dropped
whole, at the price of losing many harmless words. The county shows words when three kiosk-days share them, and no
number under five.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from catalog.outbox import LONGEST_WORDS
from catalog.search.pinyin import split

KIOSK_DAYS = 3
"""Different pairs of kiosk and day that must share words before anybody reads them."""
SMALLEST = 5
"""A smaller number of times is not shown."""
MOST_DIGITS = 4

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "施洪牛殷葛庞樊倪严华温季俞章鲁韦申尤毕聂丛焦向柳邢路岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛"
    "童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强丘占冷阴窦褚娄滕饶晏习"
)
"""The commonest surnames, with the first characters of double ones."""
_SYLLABLES_TEXT = (
    "bai cai cao chang chen cheng cui dai deng ding dong du duan fan fang feng fu gao gong gu guo han "
    "hao he hou hu huang jia jiang jin kang kong lai lei li liang liao lin liu long lu luo lv ma mao "
    "meng pan peng qian qiao qin qiu ren shao shen shi song su sun tan tang tian wan wang wei wen wu "
    "xia xiao xie xiong xu xue yan yang yao ye yi yin yu yuan zeng zhang zhao zheng zhong zhou zhu zou"
)
_SURNAME_SYLLABLES = frozenset(_SYLLABLES_TEXT.split())
_NUMBER = re.compile(r"[0-9〇零幺一二三四五六七八九]{5,}")
_HAN = re.compile(r"[\u3400-\u9fff]+(?: [\u3400-\u9fff]+)*")
_LATIN = re.compile(r"[a-zü]+(?: [a-zü]+)*")
_FUNCTION = frozenset("的了吗呢吧啊呀么我你您他她它们要想在是有和与给怎样哪里什办理做去到能可以请问")
"""Characters that no name goes on beyond, and that none is made of."""


def normalised(query: str) -> str:
    """The words of a query: small letters, half width, nothing but letters and digits between single spaces."""
    text = unicodedata.normalize("NFKC", query).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def nameless(query: str, known: Callable[[str], bool]) -> str:
    """The words of a query as they may be kept, or nothing when they may name somebody or are too long.

    `known` says of two characters whether the catalogue has them beside each other, which no name is made of.
    """
    words = normalised(query)
    digits = sum(character.isdecimal() for character in words)
    if (
        len(words) > LONGEST_WORDS
        or "@" in query
        or digits > MOST_DIGITS
        or _NUMBER.search(words.replace(" ", ""))
    ):
        return ""
    if sum(character.isalpha() for character in words) < 2:
        return ""
    return "" if _may_name(words, known) else words


def shared(said: Iterable[tuple[str, date, str]]) -> Mapping[str, int]:
    """Words → in how many kiosk-days, of those that enough of them share; most first.

    `said` are (kiosk, day, words) of rows, in any order and any number; what a kiosk should not have kept is left out.
    """
    days: dict[str, set[tuple[str, date]]] = {}
    for kiosk, day, words in said:
        days.setdefault(words, set()).add((kiosk, day))
    many = {words: len(found) for words, found in days.items() if len(found) >= KIOSK_DAYS}
    counts = {
        words: number for words, number in many.items() if words and words == nameless(words, lambda _: True)
    }
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def large(counts: Mapping[str, int]) -> Mapping[str, int]:
    """The counts that may be shown; of the others nobody learns more than that there may be some."""
    return {name: number for name, number in counts.items() if number >= SMALLEST}


def _may_name(words: str, known: Callable[[str], bool]) -> bool:
    if any(
        _is_surname_with_more(run)
        for han in _HAN.findall(words)
        for run in _unknown(han.replace(" ", ""), known)
    ):
        return True
    typed = _LATIN.findall(words)
    return any(_is_typed_name(one) for run in typed for one in (*run.split(), run.replace(" ", "")))


def _unknown(han: str, known: Callable[[str], bool]) -> list[str]:
    """The parts of a run that the catalogue does not know."""
    plain = [character in _FUNCTION for character in han]
    for place in range(len(han) - 1):
        if known(han[place : place + 2]):
            plain[place] = plain[place + 1] = True
    return "".join(" " if covered else c for c, covered in zip(han, plain, strict=True)).split()


def _is_surname_with_more(run: str) -> bool:
    return any(character in _SURNAMES for character in run[:-1])


def _is_typed_name(letters: str) -> bool:
    """Whether letters are two or three whole syllables of which the first is a surname."""
    return any(
        way[0] in _SURNAME_SYLLABLES and all(len(piece) > 1 for piece in way)
        for way in split(letters)
        if 2 <= len(way) <= 3
    )
