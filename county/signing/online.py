"""What the server signs by itself: rings, snapshot and timestamp.

With these keys one can hold boxes back or have them choose among the editions that people signed; no text of one's
own can be shown with them. Every function writes the timestamp last: until then nobody sees anything new.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from catalog.rings import Plan
from county.repository import Put, Repository
from county.settings import Settings
from county.signing import metadata
from county.signing.keys import read_signers

ABSURD = 1 << 30
"""No honest version is so high."""


def lead_to(
    settings: Settings, repository: Repository, versions: Mapping[str, int], now: datetime, put: Put
) -> None:
    """Put a new snapshot of these versions of targets and rings, and the timestamp that leads to it."""
    version = _after(repository.timestamp().signed.snapshot_meta.version)
    snapshot = metadata.snapshot(
        version,
        metadata.after(now, settings.snapshot_days),
        versions,
        read_signers(settings.keys, "snapshot"),
    )
    put(repository.metadata(f"{version}.snapshot.json"), snapshot.to_bytes())
    put_timestamp(settings, repository, version, now, put)


def put_timestamp(
    settings: Settings, repository: Repository, snapshot_version: int, now: datetime, put: Put
) -> None:
    """Put a new timestamp that leads to this version of the snapshot."""
    timestamp = metadata.timestamp(
        _after(repository.timestamp().signed.version),
        metadata.after(now, settings.timestamp_days),
        snapshot_version,
        now,
        read_signers(settings.keys, "timestamp"),
    )
    put(repository.metadata("timestamp.json"), timestamp.to_bytes())


def put_rings(settings: Settings, repository: Repository, plan: Plan, now: datetime, put: Put) -> int:
    """Put the rings, to which no snapshot leads yet; their version."""
    version = repository.rings().signed.version + 1
    expires = metadata.after(now, settings.rings_days)
    rings = metadata.rings(version, expires, plan, read_signers(settings.keys, metadata.RINGS))
    put(repository.metadata(f"{version}.rings.json"), rings.to_bytes())
    return version


def current(repository: Repository) -> dict[str, int]:
    """The versions of targets and rings that the snapshot names."""
    named = repository.snapshot().signed.meta.items()
    return {name.removesuffix(".json"): meta.version for name, meta in named}


def renew(settings: Settings, repository: Repository, now: datetime, put: Put) -> None:
    """Sign the timestamp anew; rings and snapshot, too, when half the time of one of them has passed."""
    rings, snapshot = repository.rings().signed, repository.snapshot().signed
    if rings.expires - now < timedelta(days=settings.rings_days) / 2:
        version = put_rings(settings, repository, repository.plan(), now, put)
        lead_to(settings, repository, {**current(repository), metadata.RINGS: version}, now, put)
    elif snapshot.expires - now < timedelta(days=settings.snapshot_days) / 2:
        lead_to(settings, repository, current(repository), now, put)
    else:
        put_timestamp(settings, repository, snapshot.version, now, put)


def _after(version: int) -> int:
    """The next version; from the beginning when a stolen key made it absurd, which boxes follow under other keys."""
    return version + 1 if version < ABSURD else 1
