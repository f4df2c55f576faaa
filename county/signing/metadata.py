"""The four TUF roles as signed bytes. Nothing here reads or writes a file.

The timestamp carries `x-issued`, the moment of signing: the floor below which a kiosk does not believe its clock.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from county.signing.keys import Signers

S = TypeVar("S", Root, Targets, Snapshot, Timestamp)


def root(signers: Signers, thresholds: Mapping[str, int], expires: datetime) -> Metadata[Root]:
    """The first root: the keys of every role, and how many must sign."""
    signed = Root(expires=expires, consistent_snapshot=True)
    for role, keys in signers.items():
        for signer in keys:
            signed.add_key(signer.public_key, role)
        signed.roles[role].threshold = thresholds.get(role, 1)
    return sign(Metadata(signed), signers["root"])


def targets(version: int, expires: datetime, listed: Mapping[str, TargetFile]) -> Metadata[Targets]:
    """The targets role, unsigned: the manifests that kiosks may take."""
    return Metadata(Targets(version=version, expires=expires, targets=dict(listed)))


def snapshot(
    version: int, expires: datetime, targets_version: int, signers: Sequence[CryptoSigner]
) -> Metadata[Snapshot]:
    """The snapshot role: which version of targets is the current one."""
    meta = {"targets.json": MetaFile(targets_version)}
    return sign(Metadata(Snapshot(version=version, expires=expires, meta=meta)), signers)


def timestamp(
    version: int,
    expires: datetime,
    snapshot_version: int,
    issued: datetime,
    signers: Sequence[CryptoSigner],
) -> Metadata[Timestamp]:
    """The timestamp role: which version of snapshot is the current one, and when that was said."""
    said = {"x-issued": issued.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    signed = Timestamp(
        version=version,
        expires=expires,
        snapshot_meta=MetaFile(snapshot_version),
        unrecognized_fields=said,
    )
    return sign(Metadata(signed), signers)


def sign(metadata: Metadata[S], signers: Sequence[CryptoSigner]) -> Metadata[S]:
    """Add the signatures of `signers`."""
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata


def after(now: datetime, days: int) -> datetime:
    """The moment `days` after `now`, in whole seconds as TUF writes it."""
    return (now.astimezone(UTC) + timedelta(days=days)).replace(microsecond=0)
