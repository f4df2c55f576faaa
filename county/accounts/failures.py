"""Refused tries to sign in, gathered so that a flood of them writes one line a minute into the audit log."""

from collections import Counter
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

PERIOD = timedelta(minutes=1)
NAMED = 10
"""So many accounts and addresses stand in a line, the most frequent ones."""

GATHERED = 1000
"""So many different ones are told apart between two lines."""


class Failures:
    """Counts refused tries by account and by address. Safe to use from several threads."""

    def __init__(self) -> None:
        self._accounts: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()
        self._count = 0
        self._reported: datetime | None = None
        self._lock = Lock()

    def note(self, account: str, address: str, now: datetime) -> bool:
        """Count one. Whether it is time to write a line."""
        with self._lock:
            self._count += 1
            for counter, name in ((self._accounts, account[:64]), (self._addresses, address)):
                if name in counter or len(counter) < GATHERED:
                    counter[name] += 1
            return self._reported is None or now - self._reported > PERIOD

    def taken(self, now: datetime) -> dict[str, Any]:
        """What the line says; counting begins anew."""
        with self._lock:
            line = {
                "count": self._count,
                "accounts": dict(self._accounts.most_common(NAMED)),
                "addresses": dict(self._addresses.most_common(NAMED)),
            }
            self._accounts.clear()
            self._addresses.clear()
            self._count, self._reported = 0, now
            return line
