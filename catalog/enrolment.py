"""Enrolment codes: 28 characters that the county hands to whoever sets up a box, in person or by telephone.

Ten are a secret, seventeen the beginning of the SHA-256 of the root the box shall trust, the last finds slips of the
pen. So nobody between the box and the county can put another root in its place. The secret itself never travels: the
box sends a name derived from it and a proof over the key it made, with which no other key can be enrolled.

Characters are Crockford's base 32, whose letters are not mistaken for figures.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from catalog.text import digest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET, ROOT, LENGTH = 10, 17, 28
_MISREAD = str.maketrans("OIL", "011", "- \t\r\n")
_PRIME = 31


class BadCode(ValueError):
    """Not an enrolment code; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Code:
    """`secret` has 50 bits, `root` the first 85 bits of the SHA-256 of the trusted root's bytes."""

    secret: str
    root: str

    @property
    def text(self) -> str:
        """As it is read out: seven groups of four."""
        plain = self.secret + self.root
        plain += _check(plain)
        return "-".join(plain[start : start + 4] for start in range(0, LENGTH, 4))

    @property
    def name(self) -> str:
        """Under which the county finds it."""
        return digest(b"name " + self.secret.encode())[:32]

    @property
    def key(self) -> str:
        """With which keys are proven; 64 hexadecimal digits."""
        return digest(b"key " + self.secret.encode())

    def trusts(self, root: bytes) -> bool:
        """Whether these are the bytes of the root that the code names."""
        return hmac.compare_digest(self.root, _spelled(root))


def new_code(root: bytes, random: Callable[[int], bytes]) -> Code:
    """A code for boxes that shall trust `root`; `random(n)` gives n bytes."""
    return Code("".join(ALPHABET[byte % len(ALPHABET)] for byte in random(SECRET)), _spelled(root))


def read_code(text: str) -> Code:
    """The code that somebody typed, however grouped. Raises BadCode."""
    plain = text.upper().translate(_MISREAD)
    if len(plain) != LENGTH or any(character not in ALPHABET for character in plain):
        raise BadCode(f"an enrolment code has {LENGTH} letters and figures, in seven groups of four")
    if _check(plain[:-1]) != plain[-1]:
        raise BadCode("the enrolment code has a slip of the pen; compare it character by character")
    return Code(plain[:SECRET], plain[SECRET:-1])


def proof(key: str, public_key: str) -> str:
    """Proves that whoever made `public_key` knows the code with this `key`."""
    return hmac.new(bytes.fromhex(key), public_key.encode(), hashlib.sha256).hexdigest()


def _spelled(root: bytes) -> str:
    number = int(digest(root), 16) >> (256 - 5 * ROOT)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * ROOT - 5, -1, -5))


def _check(plain: str) -> str:
    """Finds one wrong character, save Z for 0, and two neighbours that changed places."""
    total = sum((place + 1) * ALPHABET.index(character) for place, character in enumerate(plain))
    return ALPHABET[total % _PRIME]
