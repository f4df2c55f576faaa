"""What a text is indexed by, and what a query asks for.

Terms of a text: its Chinese characters (`身`) and pairs (`身份`), pairs of folded syllables (`sen fen`), two and
three initials (`~sf`, `~sfz`), English and other words (`passport`) and what is left of them without their
endings (`passp-`).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

STEM = 5
"""Letters of an English word that carry its meaning: `marriage` and `married` are both `marri-`."""

FIRST_HAN, LAST_HAN = 0x3400, 0x9FFF
"""Code points of the Chinese characters that are told apart; others are letters."""

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|[0-9]+|[^\w]+|_+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUNS = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"[^\W\d_\u3400-\u9fff]+|[0-9]+")
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
FUNCTION = frozenset(_FUNCTION_TEXT)
"""Characters that carry the sentence rather than its subject."""
_WITHOUT_FUNCTION = {ord(character): None for character in _FUNCTION_TEXT}


def significance(term: str) -> float:
    """How much a Chinese character or pair says about the subject, from 0.2 to 1; 1 for every other term."""
    if not is_han(term):
        return 1.0
    share = sum(character in FUNCTION for character in term) / len(term)
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


def text_terms(text: str) -> list[str]:
    """The different characters, pairs and words of a short text."""
    found: list[str] = []
    for run in _HAN_RUNS.findall(normalise(text)):
        found += [*run, *pairs(run)]
    return list(dict.fromkeys([*found, *words(normalise(text))]))


def words(text: str) -> Iterator[str]:
    """The words and numbers of a normalised text, and what is left of words without their endings."""
    for word in _WORDS.findall(text):
        if word not in STOP:
            yield word
            if word.isalpha():
                yield stem(word)
