"""The county server as the box sees it: what it has signed, and the objects below that.

Objects are content-addressed, so they need no signature of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.exceptions import DownloadError
from tuf.api.metadata import Targets

from catalog.rings import newest_allowed
from sync.chain import Chain, Signed, blame, is_delegated
from sync.fetcher import Source
from sync.identity import Identity
from sync.marks import Mark, Marks

_EDITION = re.compile(r"editions/([1-9][0-9]{0,8})\.json")


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition that the county has signed: its number, and its manifest's SHA-256 and size in bytes."""

    edition: int
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Offer:
    """The signed editions, newest first, when that was signed, and the time: the given one, or that if it is later."""

    editions: tuple[Listed, ...]
    issued: datetime
    time: datetime


class County:
    """One attempt's view of the county server."""

    def __init__(
        self,
        url: str,
        root: bytes,
        folder: Path,
        marks: Marks,
        source: Source,
        seat: Identity | None = None,
    ) -> None:
        """`url` ends in a slash; `folder` caches verified metadata; `root` is the root this box trusts.

        `seat` says who the box is to the rings; without one it takes the newest edition.
        """
        self._chain = Chain(url + "metadata/", root, folder, marks, source)
        self._url, self._marks, self._source, self._seat = url, marks, source, seat

    def refresh(self, time: datetime) -> Offer:
        """Ask what the county has signed. Raises SyncError, OSError. Newer roots are kept even then."""
        signed = self._chain.refresh(time)
        editions = _editions(signed.targets)
        newest = Mark("edition", "", editions[0].edition if editions else 0)
        self._marks.raise_to([newest])
        time = max(time, signed.issued)
        highest = self._highest(signed, time)
        allowed = tuple(listed for listed in editions if highest is None or listed.edition <= highest)
        return Offer(allowed, signed.issued, time)

    def _highest(self, signed: Signed, time: datetime) -> int | None:
        """The highest edition that this box's ring may take; None for any."""
        if self._seat is None or not is_delegated(signed.targets):
            return None
        plan = self._chain.plan(signed, time)
        return newest_allowed(plan, self._seat.kiosk, self._seat.group, time)

    def manifest(self, listed: Listed) -> Iterator[bytes]:
        """The manifest's bytes, unchecked. Raises Unreachable while being read."""
        return self._stream(f"targets/editions/{listed.digest}.{listed.edition}.json", 0)

    def object(self, name: str, offset: int = 0) -> Iterator[bytes]:
        """An object's bytes from `offset`, unchecked. Raises Unreachable while being read."""
        return self._stream(f"objects/{name[:2]}/{name}", offset)

    def _stream(self, path: str, offset: int) -> Iterator[bytes]:
        try:
            yield from self._source.stream(self._url + path, offset)
        except DownloadError as error:
            raise blame(error) from error


def _editions(targets: Targets) -> tuple[Listed, ...]:
    found = []
    for path, target in targets.targets.items():
        name = _EDITION.fullmatch(path)
        if name and (stated := target.hashes.get("sha256")):
            found.append(Listed(int(name[1]), stated, target.length))
    return tuple(sorted(found, key=lambda listed: -listed.edition))
