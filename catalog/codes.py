"""Short codes: what a visitor without a camera types to open a record. Pure.

A code is a body and one check character, of characters that nobody takes for another. The body is the beginning of
a hash of the record's kind and id, as long as it takes to tell the records of one edition apart, so that a kiosk
makes it alone and offline and the county finds the record without having been told. A body stays a beginning of
its record's hash for ever: a later edition may know several records that it fits, never none while the record is there.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import pairwise

Key = tuple[str, str]
"""Kind and id of a record."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters without 0 O, 1 I L. Their number is a prime, which the check character relies on."""

SHORTEST, LONGEST = 4, 8
"""Characters of a body. Eight tell 8 · 10¹¹ records apart."""

_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def body_of(key: Key) -> str:
    """The longest body of a record."""
    number = int.from_bytes(sha256("/".join(key).encode()).digest())
    characters = []
    for _ in range(LONGEST):
        number, value = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[value])
    return "".join(characters)


def codes(keys: Iterable[Key]) -> dict[Key, str]:
    """The code of each record of an edition: the shortest body that is its alone, with its check character."""
    bodies = sorted((body_of(key), key) for key in set(keys))
    needed = dict.fromkeys((key for _, key in bodies), SHORTEST)
    for (left, first), (right, second) in pairwise(bodies):
        alone = min(LONGEST, _shared(left, right) + 1)
        needed[first], needed[second] = max(needed[first], alone), max(needed[second], alone)
    return {key: _checked(body[: needed[key]]) for body, key in bodies}


def read(text: str) -> str:
    """The body that a typed code has; empty when it is none: a character is missing, wrong or out of order.

    Small letters are as good as capitals.
    """
    code = text.strip().upper()
    body = code[:-1]
    fits = SHORTEST <= len(body) <= LONGEST and set(code) <= _VALUE.keys()
    return body if fits and _checked(body) == code else ""


def split(text: str) -> list[str]:
    """The codes of a list, however they are separated."""
    return "".join(character if character.isalnum() else " " for character in text).split()


def find(code: str, keys: Iterable[Key]) -> list[Key]:
    """The records of an edition that a typed code can mean: none, one, or rarely several."""
    body = read(code)
    return [key for key in keys if body_of(key).startswith(body)] if body else []


def listed(keys: Iterable[Key], known: Mapping[Key, str]) -> str:
    """The codes of a list, in its order, as they are printed and stand in an address."""
    return ".".join(known[key] for key in keys if key in known)


def _shared(left: str, right: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b), len(left))


def _checked(body: str) -> str:
    """The body with the character that makes the sum of values, each times its place, divisible by the prime.

    One wrong character, or two that changed places, make the sum another.
    """
    prime = len(ALPHABET)
    total = sum(place * _VALUE[character] for place, character in enumerate(body, 1))
    return body + ALPHABET[-total * pow(len(body) + 1, -1, prime) % prime]
