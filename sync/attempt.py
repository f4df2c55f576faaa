"""One attempt, put together: state folder and settings in, outcome and status file out."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root
from tuf.api.serialization import DeserializationError

from catalog import durable
from catalog.box import Status, factory, read_active, read_life, read_status, status_path
from catalog.edition import PROGRAM_VERSION
from catalog.text import encode
from sync.bundle import Folder
from sync.client import County
from sync.errors import SyncError, unstorable
from sync.fetcher import Fetcher, Traffic
from sync.identity import read_identity
from sync.marks import Marks, Trial
from sync.probation import verdict
from sync.pull import Moment, Outcome, pull
from sync.settings import Settings
from sync.shelf import Progress, Shelf

SCRUB_EVERY = timedelta(days=1)
"""So often every file of the shown edition is checked against its digest."""


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


def attempt(
    state: Path,
    settings: Settings,
    root: bytes,
    now: datetime,
    progress: Progress,
    bundle: Path | None = None,
) -> Attempt:
    """Pull once, from the county or from the folder `bundle`, and write `status.json`, whatever comes of it."""
    outcome, failure = None, None
    status = read_status(state) or Status(tried=now)
    with closing(Folder(bundle) if bundle else Fetcher(settings)) as source:
        url = Folder.url if bundle else settings.repository_url
        try:
            with _opened(state, settings) as (shelf, marks):
                settle(state, shelf, marks, now)
                status = _standing(status, shelf, marks)
                moment = _moment(state, marks, now)
                county = County(url, root, state / "metadata", marks, source, read_identity(state))
                outcome, offer = pull(county, shelf, moment, progress)
                if moment.thorough:
                    marks.remember("scrubbed", offer.time)
                confirmed = min(offer.issued, now) if bundle else now
                status = replace(_standing(status, shelf, marks), confirmed=confirmed)
        except SyncError as error:
            failure = error
        except OSError as error:
            failure = unstorable(error)
    network, event = (failure.network, failure.event) if failure else ("ok", "")
    status = replace(status, tried=now, network=network, event=event, error=str(failure or ""))
    try:
        durable.replace(status_path(state), encode(status))
    except OSError as error:
        failure = failure or unstorable(error)
    return Attempt(outcome, failure, source.traffic)


def watch(state: Path, settings: Settings, now: datetime) -> bool:
    """Decide on the edition on probation between two attempts; whether the kiosk shows another one now.

    Raises SyncError, OSError.
    """
    with _opened(state, settings) as (shelf, marks):
        moved = settle(state, shelf, marks, now)
        status = read_status(state)
        if status and (standing := _standing(status, shelf, marks)) != status:
            durable.replace(status_path(state), encode(standing))
    return moved


def settle(state: Path, shelf: Shelf, marks: Marks, now: datetime) -> bool:
    """Let the edition on probation pass, or reject it and go back. Raises Unstorable, OSError."""
    active, trial = read_active(state), marks.trial()
    if active is None:
        return False
    if trial and trial.digest == active.digest:
        said = verdict(trial, read_life(state), now)
        if trial.began > now:  # the clock was set back
            marks.begin(Trial(trial.digest, now, trial.visits))
        elif said == "passed":
            marks.begin(None)
        elif said == "failed":
            marks.reject(active.digest, PROGRAM_VERSION)
    if active.digest not in shelf.rejected():
        return False
    shelf.go_back(now)
    return True


@contextmanager
def _opened(state: Path, settings: Settings) -> Iterator[tuple[Shelf, Marks]]:
    with closing(Marks(state / "state.db")) as marks:
        yield Shelf(state, marks, settings.reserve_mb << 20), marks


def _standing(status: Status, shelf: Shelf, marks: Marks) -> Status:
    """The status with the editions on probation and rejected as they are now."""
    trial = marks.trial()
    return replace(status, probation=trial.digest if trial else "", rejected=tuple(sorted(shelf.rejected())))


def _moment(state: Path, marks: Marks, now: datetime) -> Moment:
    """This box's time, but never before the newest signed time or the making of this program."""
    built, life = read_active(factory()), read_life(state)
    time = max(now, marks.moment("issued"), built.activated if built else now)
    scrubbed = marks.moment("scrubbed")
    return Moment(time, life.visits if life else 0, not scrubbed <= time < scrubbed + SCRUB_EVERY)


def trusted_root(state: Path) -> bytes:
    """The root this box trusts. Raises BadRoot."""
    try:
        return _checked(state / "root.json")
    except FileNotFoundError as error:
        words = "run: python -m sync enrol URL CODE, or: python -m sync trust ROOT.json"
        raise BadRoot(f"{state} belongs to no county yet; {words}") from error


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
