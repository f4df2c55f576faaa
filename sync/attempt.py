"""One attempt, put together: state folder and settings in, outcome and status file out."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root
from tuf.api.serialization import DeserializationError

from catalog import durable
from catalog.box import Status, read_status, status_path
from catalog.text import encode
from sync.client import County
from sync.errors import SyncError
from sync.fetcher import Fetcher, Traffic
from sync.marks import Marks
from sync.pull import Outcome, pull
from sync.settings import Settings
from sync.shelf import Progress, Shelf


class Busy(Exception):
    """Another process is syncing this state folder."""


class BadRoot(Exception):
    """The trusted root is missing or cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one attempt: an outcome or an error, and what it cost."""

    outcome: Outcome | None
    error: SyncError | None
    traffic: Traffic


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Holds the state folder for this process. Raises Busy, OSError."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "sync.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"another sync is at work in {state}") from error
        yield


def attempt(state: Path, settings: Settings, root: bytes, now: datetime, progress: Progress) -> Attempt:
    """Pull once and write `status.json`, whatever comes of it. Raises OSError when not even that can be done."""
    outcome, failure = None, None
    with closing(Fetcher(settings)) as fetcher:
        try:
            with closing(Marks(state / "state.db")) as marks:
                county = County(settings.repository_url, root, state / "metadata", marks, fetcher)
                outcome = pull(county, Shelf(state, marks), now, progress)
        except SyncError as error:
            failure = error
        durable.replace(status_path(state), encode(_status(read_status(state), failure, now)))
        return Attempt(outcome, failure, fetcher.traffic)


def trusted_root(state: Path) -> bytes:
    """The root this box trusts. Raises BadRoot."""
    try:
        return _checked(state / "root.json")
    except FileNotFoundError as error:
        raise BadRoot(f"no trusted root in {state}; run: python -m sync trust ROOT.json") from error


def trust(state: Path, file: Path) -> None:
    """Make `file` the root that this box starts from. Raises BadRoot, OSError."""
    root, target = _checked(file), state / "root.json"
    if target.exists() and target.read_bytes() != root:
        raise BadRoot(f"{state} trusts another root already; use a new state folder for another county")
    state.mkdir(parents=True, exist_ok=True)
    durable.replace(target, root)


def _checked(file: Path) -> bytes:
    data = file.read_bytes()
    try:
        metadata = Metadata[Any].from_bytes(data)
        if not isinstance(metadata.signed, Root):
            raise BadRoot(f"{file}: not a root but {metadata.signed.type}")
        metadata.signed.verify_delegate(Root.type, metadata.signed_bytes, metadata.signatures)
    except (DeserializationError, RepositoryError) as error:
        raise BadRoot(f"{file}: not a signed root: {error}") from error
    return data


def _status(last: Status | None, failure: SyncError | None, now: datetime) -> Status:
    if failure is None:
        return Status(tried=now, confirmed=now)
    confirmed = last.confirmed if last else None
    return Status(tried=now, confirmed=confirmed, network=failure.network, error=str(failure))
