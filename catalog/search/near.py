"""Words that differ by one edit, found through what both look like with a letter less."""

from collections.abc import Iterator

SHORTEST = 4
"""Shorter words have too many neighbours."""


def deletions(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    yield from {word[:i] + word[i + 1 :] for i in range(len(word))}


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, left out or replaced, or two neighbours swapped, makes one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
