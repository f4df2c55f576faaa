"""What a text is indexed by, and what a query asks for.

Terms of a text: its Chinese characters (`身`) and pairs (`身份`), pairs of folded syllables (`sen fen`), two and
three initials (`~sf`, `~sfz`), English and other words (`passport`) and what is left of them without their
endings (`passp-`).
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, product

from catalog.search.pinyin import readings

STEM = 5
"""Letters of an English word that carry its meaning: `marriage` and `married` are both `marri-`."""

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|[0-9]+|[^\w]+|_+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUNS = re.compile(r"[\u3400-\u9fff]+")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|e)$|(?<=\w{3})s$|(?<=\w{3})e$")
_STOP_TEXT = (
    "a an and are as at be by can do for from get how i in is it me my of on or the to what with you your"
)
STOP = frozenset(_STOP_TEXT.split())
"""English words that are neither indexed nor asked for."""

_FUNCTION_TEXT = (
    "我你您他她它们俺咱自己谁的了着过吗呢吧啊呀么什怎样咋哪里儿几多少啥要想能可以会得不没有无是在到去来把被给让跟和与及"
    "或就都也还再又才只这那此些之为于从向对说先后时候应该需如何请问办理做弄搞找个"
)
_FUNCTION = frozenset(_FUNCTION_TEXT)
"""Characters that carry the sentence rather than its subject."""
_WITHOUT_FUNCTION = {ord(character): None for character in _FUNCTION_TEXT}


def significance(term: str) -> float:
    """How much a Chinese character or pair says about the subject, from 0.2 to 1; 1 for every other term."""
    if not is_han(term):
        return 1.0
    share = sum(character in _FUNCTION for character in term) / len(term)
    return 1.0 - 0.8 * share


def normalise(text: str) -> str:
    """The text in the form in which it is compared: half width, small letters, simplified characters."""
    return unicodedata.normalize("NFKC", text).lower().translate(_simplified())


@cache
def _simplified() -> dict[int, int]:
    text = files("catalog.search").joinpath("traditional.txt").read_text(encoding="utf-8")
    return str.maketrans(*text.splitlines()[1:])


def stem(word: str) -> str:
    """What is left of an English word without its endings, marked by a hyphen: `marri-` for `marriage`."""
    short = _ENDING.sub("", word)
    if short.endswith("y"):
        short = short[:-1] + "i"
    return short[:STEM] + "-"


def runs(text: str) -> list[str]:
    """The normalised text as runs of Chinese characters, of letters, and of digits; "" stands for a break."""
    found = []
    for match in _RUNS.finditer(normalise(text)):
        run = match.group()
        found.append(run if run[0].isalnum() else "")
    return found


def is_han(run: str) -> bool:
    return bool(_HAN.match(run))


def pairs(run: str) -> list[str]:
    """Neighbours in a run of characters, also over function characters: 补办身份证 has 补身 like 补身份证."""
    return [a + b for line in (run, *_subject(run)) for a, b in pairwise(line)]


def _subject(run: str) -> list[str]:
    """The run without its function characters, if it has any."""
    subject = run.translate(_WITHOUT_FUNCTION)
    return [subject] if subject != run else []


def text_terms(text: str, characters: bool = True) -> list[str]:
    """The different pairs and words of a text and, unless it is long, its single characters."""
    found: list[str] = []
    for run in runs(text):
        if is_han(run):
            if characters:
                found += run
            found += pairs(run)
        elif run and run not in STOP:
            found.append(run)
            if run.isalpha():
                found.append(stem(run))
    return list(dict.fromkeys(found))


def sound_terms(text: str) -> list[str]:
    """The different syllables, pairs of syllables, and initials of the Chinese in a text."""
    found: list[str] = []
    for run in _HAN_RUNS.findall(text):
        for line in (run, *_subject(run)):
            for size, sounds in ((1, _syllables), (2, _together), (3, _initials)):
                for start in range(len(line) - size + 1):
                    found += sounds(line[start : start + size])
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1 << 13)
def _syllables(character: str) -> tuple[str, ...]:
    return tuple(f"{sound} " for sound in readings().get(character, ()))


@lru_cache(maxsize=1 << 16)
def _together(pair: str) -> tuple[str, ...]:
    first, second = (readings().get(character, ()) for character in pair)
    return (*(f"{a} {b}" for a, b in product(first, second)), *_initials(pair))


@lru_cache(maxsize=1 << 16)
def _initials(characters: str) -> tuple[str, ...]:
    letters = ({sound[0] for sound in readings().get(character, ())} for character in characters)
    return tuple(sorted("~" + "".join(way) for way in product(*letters)))
