"""Hashes of passwords: Argon2id with the parameters of RFC 9106, 4 (second choice: 64 MiB, 3 passes)."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash in its standard form, which carries salt and parameters. Takes some 50 ms and 64 MiB."""
    return _HASHER.hash(password)


def matches(hashed: str, password: str) -> bool:
    """Whether `password` is the one that was hashed."""
    try:
        return _HASHER.verify(hashed, password)
    except VerifyMismatchError:
        return False
