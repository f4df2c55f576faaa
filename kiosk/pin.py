"""The staff's PIN: only its salted scrypt hash is kept, and wrong tries make the next one wait.

A try is on the disk as a wrong one before it is looked at, so that pulling the plug saves nobody a delay. The delay
has an upper limit and runs out by itself: nobody can lock the staff out for good.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec

from catalog import durable

SHORTEST, LONGEST = 6, 12
FREE_TRIES = 2
FIRST_DELAY, LONGEST_DELAY = 5.0, 300.0
"""Seconds after the first wrong try that is not free; every further one doubles it, up to the longest."""
COST = 2**14
"""scrypt's n, for new PINs; kept beside the hash, so that it can be raised later."""
_BLOCK, _SALT = 8, 16


class _Kept(msgspec.Struct, frozen=True):
    cost: int
    salt: bytes
    digest: bytes


class _Tries(msgspec.Struct, frozen=True):
    wrong: int = 0
    last: datetime | None = None


class Lock:
    """The lock of one box, in the folder `staff` of its state folder."""

    def __init__(self, state: Path) -> None:
        self._folder = state / "staff"

    @property
    def has_pin(self) -> bool:
        """Whether a PIN was set. Until then nothing opens the lock."""
        return self._kept() is not None

    def set(self, pin: str, salt: Callable[[int], bytes], cost: int = COST) -> None:
        """Make `pin` the PIN and forget wrong tries. `salt` gives so many random bytes. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        grain = salt(_SALT)
        kept = _Kept(cost, grain, _digest(pin, grain, cost))
        durable.replace(self._folder / "pin.json", msgspec.json.encode(kept))
        self._write(_Tries())

    def blocked_until(self, now: datetime) -> datetime | None:
        """Until when no try counts, or None. A clock that was put back starts the delay again, once."""
        tries = self._tries()
        if tries.last is None:
            return None
        if tries.last > now:
            tries = _Tries(tries.wrong, now)
            self._write(tries)
        until = (tries.last or now) + timedelta(seconds=delay(tries.wrong))
        return until if until > now else None

    def opens(self, pin: str, now: datetime) -> bool:
        """Whether `pin` is right. A try while blocked is not looked at and does not count. Raises OSError."""
        kept = self._kept()
        if kept is None or self.blocked_until(now):
            return False
        self._write(_Tries(self._tries().wrong + 1, now))
        if not hmac.compare_digest(_digest(pin, kept.salt, kept.cost), kept.digest):
            return False
        self._write(_Tries())
        return True

    def _kept(self) -> _Kept | None:
        try:
            return msgspec.json.decode((self._folder / "pin.json").read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return None

    def _tries(self) -> _Tries:
        try:
            return msgspec.json.decode((self._folder / "tries.json").read_bytes(), type=_Tries)
        except (OSError, msgspec.DecodeError):
            return _Tries()

    def _write(self, tries: _Tries) -> None:
        durable.replace(self._folder / "tries.json", msgspec.json.encode(tries))


def delay(wrong: int) -> float:
    """Seconds to wait after so many wrong tries in a row."""
    counted = wrong - FREE_TRIES
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(counted - 1, 20)) if counted > 0 else 0.0


def weakness(pin: str) -> str:
    """Why `pin` is refused, in words, or nothing."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return f"{SHORTEST} to {LONGEST} digits, please"
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1:
        return "the same step between all digits is the first that people try"
    if len(set(pin)) < 3:
        return "at least three different digits, please"
    if any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin))):
        return "a repeated part is easily guessed"
    return ""


def _digest(pin: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=cost, r=_BLOCK, p=1, maxmem=2**28)
