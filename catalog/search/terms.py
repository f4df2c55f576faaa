"""What a text is indexed by, and what a query asks for.

Terms of a text: its Chinese characters (`身`) and pairs (`身份`), pairs of folded syllables (`sen fen`), two and
three initials (`~sf`, `~sfz`), English and other words (`passport`) and what is left of them without their
endings (`passp-`).
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise, product

from catalog.search.pinyin import readings

STEM = 5
"""Letters of an English word that carry its meaning: `marriage` and `married` are both `marri-`."""

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|[0-9]+|[^\w]+|_+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|e)$|(?<=\w{3})s$|(?<=\w{3})e$")
_STOP_TEXT = (
    "a an and are as at be by can do for from get how i in is it me my of on or the to what with you your"
)
STOP = frozenset(_STOP_TEXT.split())
"""English words that are neither indexed nor asked for."""

_FUNCTION = frozenset(
    "我你您他她它们俺咱自己谁的了着过吗呢吧啊呀么什怎样咋哪里儿几多少啥要想能可以会得不没有无是在到去来把被给让跟和与及"
    "或就都也还再又才只这那此些之为于从向对说先后时候应该需如何请问办理做弄搞找个"
)
"""Characters that carry the sentence rather than its subject."""


def significance(term: str) -> float:
    """How much a Chinese character or pair says about the subject, from 0.2 to 1; 1 for every other term."""
    if not is_han(term):
        return 1.0
    share = sum(character in _FUNCTION for character in term) / len(term)
    return 1.0 - 0.8 * share


def normalise(text: str) -> str:
    """The text in the form in which it is compared: full width as half width, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


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


def pairs(run: str) -> Iterator[str]:
    """Neighbours in a run of characters, also over function characters: 补办身份证 has 补身 like 补身份证."""
    yield from (a + b for a, b in pairwise(run))
    for start, first in enumerate(run[:-2]):
        if run[start + 1] in _FUNCTION and first not in _FUNCTION and run[start + 2] not in _FUNCTION:
            yield first + run[start + 2]


def text_terms(text: str, characters: bool = True) -> Iterator[str]:
    """Pairs and words of a text and, unless it is long, its single characters; once for each occurrence."""
    for run in runs(text):
        if is_han(run):
            if characters:
                yield from run
            yield from pairs(run)
        elif run and run not in STOP:
            yield run
            if run.isalpha():
                yield stem(run)


def sound_terms(text: str) -> Iterator[str]:
    """Syllables, pairs of syllables, and initials of the Chinese in a text."""
    known = readings()
    for run in runs(text):
        if not is_han(run):
            continue
        sounds = [known.get(character, ()) for character in run]
        for sound in sounds:
            yield from (f"{a} " for a in sound)
        for first, second in pairwise(sounds):
            yield from (f"{a} {b}" for a, b in product(first, second))
        initials = [sorted({reading[0] for reading in sound}) for sound in sounds]
        for size in (2, 3):
            for start in range(len(run) - size + 1):
                yield from ("~" + "".join(way) for way in product(*initials[start : start + size]))
