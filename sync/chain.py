"""What the county has signed: metadata that python-tuf verifies, always starting from the root put on this box.

Our own marks see to it that nothing ever goes back, even when the cached metadata is lost or emptied. Newer roots
are kept whatever else fails, since they may say that a key was stolen. Time is given: what python-tuf would take
from this box's clock is never earlier than the newest signed time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from tuf.api import exceptions as tuf
from tuf.api.metadata import Root, Snapshot, Targets, Timestamp
from tuf.ngclient import Updater, UpdaterConfig

from catalog import durable
from catalog.box import Event
from catalog.rings import TARGET, Plan, read_plan
from catalog.text import digest, encode
from sync.errors import Misdated, SyncError, Unreachable, Untrusted
from sync.fetcher import Source
from sync.marks import Mark, Marks

AHEAD = timedelta(days=1)
"""So much later than the county's own clock, this box's is why signatures look too old."""
_LIMITS = UpdaterConfig(root_max_length=128_000, snapshot_max_length=256_000, targets_max_length=256_000)
_VOUCHERS = {
    "timestamp": ("timestamp",),
    "snapshot": ("timestamp", "snapshot"),
    "targets": ("snapshot", "targets"),
}
"""Whose keys a role's version hangs on: TUF lets a county recover a version by rotating any of them."""
_EVENTS: tuple[tuple[type[Exception], Event], ...] = (
    (tuf.BadVersionNumberError, "rollback"),
    (tuf.ExpiredMetadataError, "expired"),
    (tuf.UnsignedMetadataError, "unsigned"),
    (tuf.LengthOrHashMismatchError, "mismatch"),
)


@dataclass(frozen=True, slots=True)
class Signed:
    """The four roles, verified. `issued` is when the timestamp was signed, or the newest such time before.

    `updater` is python-tuf's view, for what is signed by delegated roles.
    """

    root: Root
    timestamp: Timestamp
    snapshot: Snapshot
    targets: Targets
    issued: datetime
    updater: Updater


class Chain:
    """One attempt's way from the trusted root to what is signed now."""

    def __init__(self, url: str, root: bytes, folder: Path, marks: Marks, source: Source) -> None:
        """`url` of the metadata ends in a slash; `folder` caches it; `root` is the root this box trusts."""
        self._url, self._root, self._folder, self._marks, self._source = url, root, folder, marks, source

    def refresh(self, time: datetime) -> Signed:
        """Ask what is signed. Raises SyncError, OSError."""
        updater = self._updater(time)
        found = updater._trusted_set
        issued = _issued(found.timestamp.unrecognized_fields, self._marks.moment("issued"))
        signed = Signed(found.root, found.timestamp, found.snapshot, found.targets, issued, updater)
        self._marks.raise_to(_mark(signed, role) for role in ("root", *_VOUCHERS))
        if issued > self._marks.moment("issued"):
            self._marks.remember("issued", issued, _digest_of_keys(signed.root, "timestamp"))
        return signed

    def plan(self, signed: Signed, time: datetime) -> Plan:
        """Which ring may take which edition. Raises SyncError, OSError."""
        try:
            found = signed.updater.get_targetinfo(TARGET)
            return read_plan(found.unrecognized_fields["custom"]) if found else Plan()
        except (tuf.DownloadError, tuf.RepositoryError) as error:
            raise self._blame(error, time) from error
        except (KeyError, msgspec.ValidationError) as error:
            raise Untrusted(f"malformed: the plan of rings: {error}", "malformed") from error
        finally:
            self._flush()

    def _updater(self, time: datetime) -> Updater:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            updater = Updater(
                str(self._folder), self._url, fetcher=self._source, config=_LIMITS, bootstrap=self._root
            )
            updater._trusted_set.reference_time = time
            try:
                updater.refresh()
            finally:
                self._marks.keep_time_of(_digest_of_keys(updater._trusted_set.root, "timestamp"))
        except (tuf.DownloadError, tuf.RepositoryError) as error:
            raise self._blame(error, time) from error
        finally:
            self._flush()
        return updater

    def _blame(self, error: Exception, time: datetime) -> SyncError:
        said = self._source.said
        if isinstance(error, tuf.ExpiredMetadataError) and said and time - said > AHEAD:
            return Misdated(
                f"this box's time is {time:%Y-%m-%d %H:%M}, the county's {said:%Y-%m-%d %H:%M} UTC"
            )
        return blame(error)

    def _flush(self) -> None:
        for path in [*self._folder.rglob("*.json"), self._folder / "root_history", self._folder]:
            if path.exists():
                durable.flush(path)


def is_delegated(targets: Targets) -> bool:
    """Whether the approvers let the county's server spread editions in rings."""
    delegations = targets.delegations
    return delegations is not None and "rings" in (delegations.roles or {})


def blame(error: Exception) -> SyncError:
    """What an error of python-tuf means here; the message begins with the attack that it looks like."""
    words = str(error) or type(error.__cause__ or error).__name__
    if isinstance(error.__cause__, SyncError):
        return error.__cause__
    if isinstance(error, tuf.DownloadLengthMismatchError):
        return Untrusted(f"oversized: {words}", "oversized")
    if isinstance(error, tuf.DownloadError):
        return Unreachable(words)
    event: Event = next((event for kind, event in _EVENTS if isinstance(error, kind)), "malformed")
    return Untrusted(f"{event}: {words}", event)


def _mark(signed: Signed, role: str) -> Mark:
    version: int = getattr(signed, role).version
    return Mark(role, "" if role == "root" else _digest_of_keys(signed.root, role), version)


def _digest_of_keys(root: Root, role: str) -> str:
    return digest(encode([_keys(root, voucher) for voucher in _VOUCHERS[role]]))


def _keys(root: Root, role: str) -> list[Any]:
    signers = root.roles[role]
    return [
        signers.threshold,
        [root.keys[keyid].to_dict() for keyid in sorted(signers.keyids) if keyid in root.keys],
    ]


def _issued(fields: dict[str, Any], default: datetime) -> datetime:
    try:
        issued = datetime.fromisoformat(fields["x-issued"])
    except (KeyError, TypeError, ValueError):
        return default
    return issued if issued.tzinfo else default
