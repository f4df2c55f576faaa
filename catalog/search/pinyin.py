"""Pinyin without tones: how characters are read, and how typed letters fall into syllables.

Syllables are folded: zh, ch, sh become z, c, s and a final ng after a, e, i becomes n, because many visitors
neither hear nor type the difference. The readings are in `readings.txt` (written by tools/readings.py).
"""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase

MAX_LETTERS = 40
"""Longer runs of letters are nobody's pinyin."""

INITIALS = frozenset("abcdefghjklmnopqrstwxyz")
"""Letters that a syllable may begin with."""

SHORT = 5
"""So few letters may also be initials throughout when they are no whole syllables: `yebt` is 育儿补贴."""

MAX_MISTYPED = 20
"""Longer runs of letters are not mended."""

MAX_WAYS = 12
"""Ways to mend letters that are looked up."""

MAX_INITIALS = 10
"""More letters in a row than this are not initials."""

_FOLD = re.compile(r"^([zcs])h|(?<=[aei]n)g$")


def fold(syllable: str) -> str:
    """The syllable, or the beginning of one, with what sounds alike made equal."""
    return _FOLD.sub(r"\1", syllable.replace("ü", "v"))


@cache
def spelt() -> dict[str, tuple[str, ...]]:
    """Character → its readings as they are typed, every one of a heteronym."""
    found: dict[str, list[str]] = {}
    for syllable, characters in _table():
        for character in characters:
            found.setdefault(character, []).append(syllable)
    return {character: tuple(known) for character, known in found.items()}


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Character → its folded readings, every one of a heteronym."""
    folded = {syllable: fold(syllable) for syllable in syllables()}
    return {
        character: tuple(dict.fromkeys(map(folded.__getitem__, known)))
        for character, known in spelt().items()
    }


@cache
def syllables() -> frozenset[str]:
    """Every syllable, as it is typed."""
    return frozenset(syllable for syllable, _ in _table())


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:end] for syllable in syllables() for end in range(1, len(syllable)))


def _table() -> list[tuple[str, str]]:
    text = files("catalog.search").joinpath("readings.txt").read_text(encoding="utf-8")
    return [(line.split()[0], line.split()[1]) for line in text.splitlines()]


@lru_cache(maxsize=256)
def split(letters: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read typed letters as syllables followed by initials, the fewest pieces win.

    `shenfen` is shen fen, `shenfenzh` is shen fen zh, `sfz` is s f z. Empty when there is no way.
    """
    if len(letters) > MAX_LETTERS:
        return ()
    ends = _whole_ways(letters)
    found: list[tuple[int, tuple[str, ...]]] = []
    for end, ways in ends.items():
        rest = letters[end:]
        tails = [()] if not rest else [(rest,)] if rest in _beginnings() else []
        if rest and len(rest) <= MAX_INITIALS and set(rest) <= INITIALS:
            tails = [*tails, tuple(rest)] if len(rest) > 1 else tails
        found += [(len(way) + len(tail) + 2 * len(tail), (*way, *tail)) for way in ways for tail in tails]
    fewest = min((cost for cost, _ in found), default=0)
    ways = [way for cost, way in found if cost == fewest][:4]
    if 1 < len(letters) <= SHORT and set(letters) <= INITIALS and not all(map(_whole, ways)):
        ways.append(tuple(letters))
    return tuple(dict.fromkeys(ways))


def _whole(way: tuple[str, ...]) -> bool:
    return all(piece in syllables() for piece in way)


def mistyped(letters: str) -> tuple[tuple[str, ...], ...]:
    """The syllables that were meant when one edit makes whole syllables of letters, the fewest syllables first."""
    if not SHORT < len(letters) <= MAX_MISTYPED:
        return ()
    meant = sorted(
        {way for other in _edits(letters) if _syllables_only().fullmatch(other) for way in split(other)[:1]}
    )
    return tuple(sorted(meant, key=len)[:MAX_WAYS])


def _edits(word: str) -> Iterator[str]:
    """The word with one edit, but for edits after which it cannot be whole syllables."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if not _begun().fullmatch(before) or not _ended().fullmatch(after[2:]):
            continue
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


@cache
def _syllables_only() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(syllables())})+")


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(f"(?:{_any(syllables())})*(?:{_any(_beginnings())})?")


@cache
def _ended() -> re.Pattern[str]:
    endings = frozenset(syllable[start:] for syllable in syllables() for start in range(1, len(syllable)))
    return re.compile(f"(?:{_any(endings)})?(?:{_any(syllables())})*")


def _any(pieces: Collection[str]) -> str:
    return "|".join(sorted(pieces, key=len, reverse=True))


def _whole_ways(letters: str) -> dict[int, list[tuple[str, ...]]]:
    """End → the ways to read the letters before it as the fewest whole syllables."""
    ways: dict[int, list[tuple[str, ...]]] = {0: [()]}
    for end in range(1, len(letters) + 1):
        candidates = [
            (*way, letters[start:end])
            for start in range(max(0, end - 6), end)
            if letters[start:end] in syllables()
            for way in ways.get(start, ())
        ]
        if candidates:
            fewest = min(map(len, candidates))
            ways[end] = [way for way in candidates if len(way) == fewest][:4]
    return ways
