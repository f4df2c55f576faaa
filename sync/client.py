"""The county server as the box sees it: what it has signed, and the objects below that.

python-tuf verifies the metadata, always starting from the root that was put on this box; our own marks see to
it that nothing ever goes back. Objects are content-addressed, so they need no signature of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.api.metadata import Metadata, Root, Targets
from tuf.ngclient import Updater, UpdaterConfig

from catalog import durable
from catalog.text import digest, encode
from sync.errors import Unreachable, Untrusted
from sync.fetcher import Fetcher
from sync.marks import Mark, Marks

_ROLES = ("root", "timestamp", "snapshot", "targets")
_EDITION = re.compile(r"editions/([1-9][0-9]{0,8})\.json")
_LIMITS = UpdaterConfig(root_max_length=128_000, snapshot_max_length=256_000, targets_max_length=256_000)


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition that the county has signed: its number, and its manifest's SHA-256 and size in bytes."""

    edition: int
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Offer:
    """The signed editions, newest first, and the time: this box's, or the signature's if that is later."""

    editions: tuple[Listed, ...]
    time: datetime


class County:
    """One attempt's view of the county server."""

    def __init__(self, url: str, root: bytes, folder: Path, marks: Marks, fetcher: Fetcher) -> None:
        """`url` ends in a slash; `folder` caches verified metadata; `root` is the root this box trusts."""
        self._url, self._root, self._folder, self._marks, self._fetcher = url, root, folder, marks, fetcher

    def refresh(self, now: datetime) -> Offer:
        """Ask what the county has signed. Raises SyncError, OSError. Newer roots are kept even then."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._updater().refresh()
        except DownloadError as error:
            raise Unreachable(_words(error)) from error
        except RepositoryError as error:
            raise Untrusted(_words(error)) from error
        finally:
            self._flush()
        read = {role: Metadata[Any].from_file(str(self._folder / f"{role}.json")).signed for role in _ROLES}
        editions = _editions(read["targets"])
        newest = Mark("edition", "", editions[0].edition if editions else 0)
        self._marks.raise_to([*(_mark(read["root"], role, read[role].version) for role in _ROLES), newest])
        return Offer(editions, max(now, _issued(read["timestamp"].unrecognized_fields, now)))

    def manifest(self, listed: Listed) -> Iterator[bytes]:
        """The manifest's bytes, unchecked. Raises Unreachable while being read."""
        return self._stream(f"targets/editions/{listed.digest}.{listed.edition}.json", 0)

    def object(self, name: str, offset: int = 0) -> Iterator[bytes]:
        """An object's bytes from `offset`, unchecked. Raises Unreachable while being read."""
        return self._stream(f"objects/{name[:2]}/{name}", offset)

    def _stream(self, path: str, offset: int) -> Iterator[bytes]:
        try:
            yield from self._fetcher.stream(self._url + path, offset)
        except DownloadError as error:
            raise Unreachable(_words(error)) from error

    def _updater(self) -> Updater:
        metadata = self._url + "metadata/"
        return Updater(
            str(self._folder), metadata, fetcher=self._fetcher, config=_LIMITS, bootstrap=self._root
        )

    def _flush(self) -> None:
        for path in [*self._folder.rglob("*.json"), self._folder / "root_history", self._folder]:
            if path.exists():
                durable.flush(path)


def _editions(targets: Targets) -> tuple[Listed, ...]:
    found = []
    for path, target in targets.targets.items():
        name = _EDITION.fullmatch(path)
        if name and (stated := target.hashes.get("sha256")):
            found.append(Listed(int(name[1]), stated, target.length))
    return tuple(sorted(found, key=lambda listed: -listed.edition))


def _mark(root: Root, role: str, version: int) -> Mark:
    if role == "root":
        return Mark(role, "", version)
    signers = root.roles[role]
    keys = [root.keys[keyid].to_dict() for keyid in sorted(signers.keyids)]
    return Mark(role, digest(encode([signers.threshold, keys])), version)


def _issued(fields: dict[str, Any], default: datetime) -> datetime:
    try:
        issued = datetime.fromisoformat(fields["x-issued"])
    except (KeyError, TypeError, ValueError):
        return default
    return issued if issued.tzinfo else default


def _words(error: Exception) -> str:
    return str(error) or type(error.__cause__ or error).__name__
