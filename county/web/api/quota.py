"""How much one box may ask: so many requests at once, then so many a second. Pure but for what it remembers."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Quota:
    """A bucket of `burst` requests for each name, filled with `rate` a second; `monotonic` in seconds."""

    def __init__(self, burst: float, rate: float, monotonic: Callable[[], float]) -> None:
        self._burst, self._rate, self._monotonic = burst, rate, monotonic
        self._buckets: dict[str, _Bucket] = {}

    def takes(self, name: str) -> bool:
        """Whether `name` may ask once more now."""
        now = self._monotonic()
        bucket = self._buckets.setdefault(name, _Bucket(self._burst, now))
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
