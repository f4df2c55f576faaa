"""How often somebody may try to sign in.

Wrong passwords slow down whoever sends them and nobody else: they are counted by account and address together and
by address, never by account alone, so that nobody can lock a colleague out. A browser that has signed in to the
account before is counted by itself. What is remembered is bounded.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

FREE = 5
"""Wrong passwords for one account from one address before the first pause; pauses double from a second on."""

FREE_AT_ADDRESS = 20
"""The same for one address over all accounts: an office behind one address makes more mistakes."""

LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)
REMEMBERED = 20_000
"""So many accounts and addresses are remembered; the ones not seen for longest are forgotten first."""


@dataclass(slots=True)
class _Tries:
    wrong: int
    last: datetime


class Limits:
    """Counts tries. Safe to use from several threads."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._tries: OrderedDict[tuple[str, ...], _Tries] = OrderedDict()
        self._remembered = remembered
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._tries)

    def begin(self, account: str, address: str, device: str, now: datetime) -> timedelta:
        """Count a try that begins now. How long to wait instead, when it is not to begin; zero when it may.

        `device` names a browser that has signed in to this account before, or is empty.
        """
        keys = _keys(account, address, device)
        with self._lock:
            pauses = [self._pause(key, free, now) for key, free in keys]
            if max(pauses) > timedelta():
                return max(pauses)
            for key, _ in keys:
                tries = self._tries.setdefault(key, _Tries(0, now))
                tries.wrong, tries.last = tries.wrong + 1, now
                self._tries.move_to_end(key)
            while len(self._tries) > self._remembered:
                self._tries.popitem(last=False)
            return timedelta()

    def succeeded(self, account: str, address: str, device: str) -> None:
        """The try that began was right: it is not counted, and the account's mistakes from here are forgotten."""
        (pair, _), *others = _keys(account, address, device)
        with self._lock:
            self._tries.pop(pair, None)
            for key, _ in others:
                if key in self._tries:
                    self._tries[key].wrong -= 1

    def _pause(self, key: tuple[str, ...], free: int, now: datetime) -> timedelta:
        tries = self._tries.get(key)
        if tries is None or tries.wrong < free:
            return timedelta()
        if now - tries.last > FORGOTTEN:
            del self._tries[key]
            return timedelta()
        pause = min(timedelta(seconds=2.0 ** min(tries.wrong - free, 20)), LONGEST)
        return max(pause - (now - tries.last), timedelta())


def _keys(account: str, address: str, device: str) -> list[tuple[tuple[str, ...], int]]:
    if device:
        return [(("device", account, device), FREE)]
    place = network(address)
    return [(("pair", account[:64], place), FREE), (("address", place), FREE_AT_ADDRESS)]


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, the /64 of an IPv6 address."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else ":".join(found.exploded.split(":")[:4])
    return str(found)
